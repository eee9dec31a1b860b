import { type Draft, eachRecord } from './stage.ts';

/**
 * Opens what a record says was closed until a day that has come: repositories keep the statement when the embargo is over.
 * The day of the harvest counts, so the next full harvest finds those that end meanwhile.
 */
export const endedEmbargo = eachRecord('ended-embargo', (draft) => {
  const { access, files } = draft.record;
  if (access?.right !== 'embargoed' || access.embargoEnds === undefined) return;
  if (access.embargoEnds > dayOf(draft)) return;
  draft.record.access = { right: 'open' };
  draft.record.files = files.map((file) =>
    file.access === 'embargoed' ? { ...file, access: 'open' } : file,
  );
  draft.report({
    code: 'EMBARGO_ENDED',
    severity: 'info',
    message: `The embargo of this record ended on ${access.embargoEnds}; it is taken for open.`,
    repairs: [{ before: `embargoed until ${access.embargoEnds}`, after: 'open' }],
    remedy:
      'Set the access right to open where the record is kept; if the embargo was prolonged, correct its end.',
  });
});

function dayOf({ record }: Draft): string {
  return new Date(record.provenance.harvestedAt).toISOString().slice(0, 10);
}
