import { z } from 'zod';
import type { Operation } from './operation.ts';

/** A problem document (RFC 9457), as `problem.ts` writes them. */
export const problemSchema = z
  .looseObject({
    type: z.string().describe('A URN that names the kind of problem.'),
    title: z.string().describe('The kind of problem, the same each time.'),
    status: z.int().min(400).max(599),
    detail: z.string().optional().describe('What is wrong with this request.'),
    code: z.string().describe('What scripts match on.'),
    remedy: z.string().optional().describe('What to do next.'),
    errors: z
      .array(
        z.object({ parameter: z.string().optional(), property: z.string().optional(), detail: z.string() }),
      )
      .optional()
      .describe('Each parameter or property that is wrong.'),
  })
  .meta({ id: 'Problem' });

/** The codes of the refusals that an operation may be answered with, by status: its own, and those that follow from what it needs. */
export function problemsOf({ right, query, body, problems = {} }: Operation): Map<number, string[]> {
  const all: (readonly [status: number, codes: readonly string[]])[] = [
    ...(query === undefined ? [] : [[400, ['PARAMETER_INVALID']] as const]),
    ...(body === undefined
      ? []
      : ([
          [400, ['BODY_INVALID', 'BODY_INCOMPLETE']],
          [413, ['BODY_TOO_LARGE']],
          [415, ['BODY_TYPE']],
        ] as const)),
    ...(right === undefined
      ? []
      : ([
          [401, ['UNAUTHORIZED']],
          [403, ['NOT_YOURS_TO_DO']],
        ] as const)),
    ...Object.entries(problems).map(([status, codes]) => [Number(status), codes] as const),
  ];
  const byStatus = new Map<number, string[]>();
  for (const [status, codes] of all.toSorted(([a], [b]) => a - b))
    byStatus.set(status, [...new Set([...(byStatus.get(status) ?? []), ...codes])]);
  return byStatus;
}
