import { csvHead, csvLine } from '../../../vocab/csv.ts';
import type { PlanSReport } from '../../assessment/index.ts';
import { localeOf } from '../messages/index.ts';
import { toldEvidence } from './evidence.ts';

const COLUMNS = [
  'requirement',
  'weight',
  'criterion',
  'title',
  'outcome',
  'share',
  'threshold',
  'seen',
  'statement',
  'evidence',
  'date',
  'by',
  'advice',
];

const english = localeOf('en');

/** A line a criterion, for a spreadsheet; in English. */
export function* planSTable({ requirements }: Pick<PlanSReport, 'requirements'>): Generator<string> {
  yield csvHead(COLUMNS);
  for (const { requirement, criteria } of requirements) {
    for (const { criterion, outcome, share, evidence, declaration } of criteria) {
      const { title, advice } = english.messages.planS.criteria[criterion.id];
      yield csvLine([
        requirement.id,
        requirement.weight,
        criterion.id,
        title,
        outcome,
        share,
        criterion.threshold,
        evidence
          .map((one) => toldEvidence(english, one))
          .map(({ text, quoted, address }) => [text, quoted, address].filter(Boolean).join(' '))
          .join('\n'),
        declaration?.statement,
        declaration?.evidence,
        declaration?.date,
        declaration?.by,
        outcome === 'met' || outcome === 'declared' ? undefined : advice,
      ]);
    }
  }
}
