import type Router from '@koa/router';
import { z } from 'zod';
import { policyElements, policySchema, type PublishedPolicy } from '../../../../vocab/oa-policy/index.ts';
import { compareWith, groupsToCompare, POLICY_GROUPS } from '../../institution/policy-groups.ts';
import { operation, route } from '../../openapi/index.ts';
import type { HttpParts } from '../../parts.ts';
import { count, time, timeText } from './values.ts';

/** Fourteen statements of some pages each. */
const POLICY_LIMIT = 256 * 1024;

const stated = { policy: policySchema, updated: time };
const comparison = z
  .object({
    group: z.enum(POLICY_GROUPS),
    institutions: count.describe('How many institutions the group has.'),
    elements: z.array(
      z.object({
        element: z.enum(policyElements),
        isStated: z.boolean().describe('Whether this institution states a policy on it.'),
        institutions: count.describe('How many of the group do.'),
        codes: z.array(z.object({ code: z.string(), institutions: count, isStated: z.boolean() })),
      }),
    ),
  })
  .meta({ id: 'PolicyComparison' });

export const policyOperations = {
  see: operation({
    method: 'GET',
    path: '/api/policy',
    group: 'policy',
    right: 'see',
    summary: 'The institution’s open access policy beside those of others',
    answers: {
      200: {
        what: 'What is stated, where anything is, and how it compares.',
        schema: z
          .object({ ...stated, comparisons: z.array(comparison) })
          .partial({ policy: true, updated: true }),
      },
    },
  }),
  state: operation({
    method: 'PUT',
    path: '/api/policy',
    group: 'policy',
    right: 'policy',
    summary: 'State the institution’s open access policy',
    description: 'It is published at `/policy`, and told to the network.',
    body: policySchema,
    limit: POLICY_LIMIT,
    example: { elements: { embargo: { codes: ['f1'] } }, url: 'https://www.example.edu/oa-policy' },
    answers: { 200: { what: 'As it is published.', schema: z.object(stated) } },
  }),
};

/** `/api/policy`: states the institution's open access policy, and holds it against those of others. */
export function policyRoutes(
  router: Router,
  parts: Pick<HttpParts, 'policies' | 'federation' | 'site'>,
): void {
  const { policies } = parts;

  route(router, policyOperations.see, () => {
    const comparisons = groupsToCompare(parts).map((group) => ({ ...compareWith(group, parts), group }));
    return { ...(policies.own !== undefined && view(policies.own)), comparisons };
  });

  route(router, policyOperations.state, async ({ body }) => view(await policies.state(body)));
}

function view({ policy, updated }: PublishedPolicy): { policy: PublishedPolicy['policy']; updated: string } {
  return { policy, updated: timeText(updated) };
}
