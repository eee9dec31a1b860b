import type Router from '@koa/router';
import { policySchema, type PublishedPolicy } from '../../../../vocab/oa-policy/index.ts';
import type { HttpParts } from '../../parts.ts';
import { compareWith, groupsToCompare } from '../../policy-groups.ts';
import { readJson } from '../../request-body.ts';

/** Fourteen statements of some pages each. */
const POLICY_LIMIT = 256 * 1024;

/** `/api/policy`: states the institution's open access policy, and holds it against those of others. */
export function policyRoutes(
  router: Router,
  parts: Pick<HttpParts, 'policies' | 'federation' | 'site'>,
): void {
  const { policies } = parts;

  router.get('/api/policy', (ctx) => {
    const comparisons = groupsToCompare(parts).map((group) => compareWith(group, parts));
    ctx.body = { ...(policies.own !== undefined && view(policies.own)), comparisons };
  });

  router.put('/api/policy', async (ctx) => {
    const policy = await readJson(ctx, policySchema, POLICY_LIMIT);
    ctx.body = view(await policies.state(policy));
  });
}

function view({ policy, updated }: PublishedPolicy): object {
  return { policy, updated: new Date(updated).toISOString() };
}
