import { z } from 'zod';
import { oneLine } from './print.ts';

const share = z.number().min(0).max(1);
const resultSchema = z.looseObject({
  seen: z.array(z.string()).optional(),
  statement: z.string().optional(),
  evidence: z.string().optional(),
  advice: z.string().optional(),
});

/** How the repository stands by Plan S, as the node tells of it. */
export const planSSchema = z.looseObject({
  name: z.string(),
  requirements: z.array(
    z.looseObject({
      name: z.string(),
      weight: z.string(),
      standing: z.string(),
      criteria: z.array(
        z.looseObject({
          name: z.string(),
          standing: z.string(),
          share: share.optional(),
          threshold: share.optional(),
          assertion: z.array(z.looseObject({ mode: z.string(), result: resultSchema })),
        }),
      ),
    }),
  ),
});
export type PlanSStanding = z.output<typeof planSSchema>;
type Criterion = PlanSStanding['requirements'][number]['criteria'][number];

/** Requirement by requirement, with what was seen or said, and what to do. */
export function planSLines({ name, requirements }: PlanSStanding): string[] {
  const mandatory = requirements.filter(({ weight }) => weight === 'mandatory');
  const met = mandatory.filter(({ standing }) => standing === 'met' || standing === 'declared');
  return [
    `${oneLine(name)}: ${met.length} of ${mandatory.length} mandatory requirements met`,
    ...requirements.flatMap(({ name: title, weight, standing, criteria }) => [
      '',
      `${oneLine(title)} (${oneLine(weight)}): ${oneLine(standing)}`,
      ...criteria.flatMap(criterionLines),
    ]),
  ];
}

/** Whether a mandatory requirement is known not to be met. */
export function failsPlanS({ requirements }: PlanSStanding): boolean {
  return requirements.some(({ weight, standing }) => weight === 'mandatory' && standing === 'not-met');
}

function criterionLines({ name, standing, share: measured, threshold, assertion }: Criterion): string[] {
  const shares =
    measured === undefined
      ? ''
      : ` ${perCent(measured)}${threshold === undefined ? '' : ` of ${perCent(threshold)}`}`;
  const more = assertion.flatMap(({ result: { seen = [], statement, evidence, advice } }) => [
    ...seen,
    ...(statement === undefined ? [] : [`The institution says: ${statement} ${evidence ?? ''}`]),
    ...(advice === undefined ? [] : [`What to do: ${advice}`]),
  ]);
  return [
    `  ${oneLine(standing)}:${shares} ${oneLine(name)}`,
    ...more.map((line) => `    ${oneLine(line).trim()}`),
  ];
}

/** Down to a tenth, so that nothing looks as if it were reached. */
function perCent(part: number): string {
  return `${Math.floor(part * 1_000 + 1e-9) / 10}%`;
}
