import type { HarvestedRecord } from '../../catalogue/index.ts';
import { issueKind } from '../issues/kinds/index.ts';
import { type Draft, eachRecord } from './stage.ts';

/** What a record is found, recognised and opened by. */
const checks: readonly { code: string; fails: (record: HarvestedRecord) => boolean }[] = [
  { code: 'RECORD_NO_TITLE', fails: ({ titles }) => titles.length === 0 },
  {
    code: 'RECORD_NO_CREATOR',
    fails: ({ creators, contributors }) => creators.length + contributors.length === 0,
  },
  { code: 'RECORD_NO_DATE', fails: ({ published }) => published === undefined },
  { code: 'RECORD_NO_LINK', fails: ({ identifiers, files }) => identifiers.length + files.length === 0 },
  { code: 'TEXT_DAMAGED', fails: ({ titles, abstracts }) => [...titles, ...abstracts].some(isDamaged) },
];

/** What stands for a character that some system could not read. */
function isDamaged({ value }: { value: string }): boolean {
  return value.includes('\ufffd');
}

/** Tells of records that lack what they are found and recognised by, and takes out dates that lie far ahead. */
export const completeness = eachRecord('completeness', (draft) => {
  refuseFuture(draft);
  for (const { code, fails } of checks) {
    if (!fails(draft.record)) continue;
    const { severity = 'warning', title = code, remedy = '' } = issueKind(code) ?? {};
    draft.report({ code, severity, message: `${title}.`, remedy });
  }
});

/** Journals date ahead, into the next year. */
function refuseFuture(draft: Draft): void {
  const { published, provenance } = draft.record;
  if (published === undefined) return;
  const thisYear = new Date(provenance.harvestedAt).getUTCFullYear();
  if (Number(published.slice(0, 4)) <= thisYear + 1) return;
  delete draft.record.published;
  const { severity = 'warning', remedy = '' } = issueKind('DATE_REFUSED') ?? {};
  draft.report({
    code: 'DATE_REFUSED',
    severity,
    message: 'The date of publication lies in the future, and was left out.',
    repairs: [{ before: published, after: '' }],
    remedy,
    about: 'published',
  });
}
