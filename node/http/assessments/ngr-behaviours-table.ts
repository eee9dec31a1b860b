import { csvHead, csvLine } from '../../../vocab/csv.ts';
import { BEHAVIOURS, type CheckName, type Report } from '../../assessment/index.ts';
import { localeOf } from '../messages/index.ts';
import { seenInEnglish } from './documents.ts';

const { assessments: english } = localeOf('en').messages;

/** What the node found when it looked at itself: a line a check, in English. */
export function ngrBehavioursTable({ verdicts }: Pick<Report<CheckName>, 'verdicts'>): string {
  const lines = BEHAVIOURS.flatMap(({ name, extent, checks }) =>
    checks.map((check) => {
      const verdict = verdicts.get(check) ?? { outcome: 'untested' as const };
      const { title, advice } = english.checks[check];
      return csvLine([
        name,
        extent,
        check,
        title,
        verdict.outcome,
        seenInEnglish(verdict).join('\n'),
        verdict.outcome === 'failed' ? advice : undefined,
      ]);
    }),
  );
  return csvHead(['behaviour', 'extent', 'check', 'title', 'outcome', 'seen', 'advice']) + lines.join('');
}
