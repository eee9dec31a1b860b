import { z } from 'zod';
import { oneLine } from './print.ts';

const count = z.number().int().min(0);

/** How the node's records stand by a profile of metadata, as it tells of it. */
export const metadataAssessmentSchema = z.looseObject({
  name: z.string(),
  records: count,
  recordsPassed: count,
  rules: z.array(
    z.looseObject({
      name: z.string(),
      element: z.string(),
      requirement: z.string(),
      isDecisive: z.boolean(),
      advice: z.string(),
      recordsPassed: count,
      recordsFailed: count,
    }),
  ),
});
type MetadataStanding = z.output<typeof metadataAssessmentSchema>;

/** Rule by rule, with what to do where records fail. */
export function metadataAssessmentLines({ name, records, recordsPassed, rules }: MetadataStanding): string[] {
  return [
    `${oneLine(name)}: ${recordsPassed} of ${records} records meet it${shareOf(recordsPassed, records)}`,
    '',
    ...rules.flatMap((rule) => {
      const of = rule.recordsPassed + rule.recordsFailed;
      const counts =
        of === 0 ? 'no record' : `${rule.recordsPassed} of ${of}${shareOf(rule.recordsPassed, of)}`;
      const weight = rule.isDecisive ? '' : ', for information';
      return [
        `${oneLine(rule.element)} (${oneLine(rule.requirement)}${weight}): ${counts}`,
        `  ${oneLine(rule.name)}`,
        ...(rule.recordsFailed === 0 ? [] : [`  What to do: ${oneLine(rule.advice)}`]),
      ];
    }),
  ];
}

/** Whole per cent; never 100 while one fails. */
function shareOf(passed: number, of: number): string {
  return of === 0 ? '' : `, ${Math.floor((100 * passed) / of)}%`;
}
