import { eachRecord } from './stage.ts';

/** Tells of records that lack what they are found and recognised by. */
export const completeness = eachRecord('completeness', (draft) => {
  if (draft.record.titles.length > 0) return;
  draft.report({
    code: 'RECORD_NO_TITLE',
    severity: 'warning',
    message: 'The record has no title.',
    remedy: 'Enter a title in the repository.',
  });
});
