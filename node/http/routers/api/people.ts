import type Router from '@koa/router';
import { z } from 'zod';
import { roles, type Invitation, type Person } from '../../../accounts/index.ts';
import type { HttpParts } from '../../parts.ts';
import { readQuery, whole, words } from '../../query.ts';
import { readJson } from '../../request-body.ts';
import { BODY_LIMIT } from './limits.ts';

const ENTRIES = 100;

const role = z.enum(roles, `is none of ${roles.join(', ')}`);
const invited = z.strictObject({ mail: words(254), name: words(200), role: role.default('standard') });
const changed = z.strictObject({ role });
const auditQuery = z.strictObject({
  before: z
    .string()
    .regex(/^[0-9a-f]{12}![0-9a-f]{12}$/, 'is no place in the log')
    .optional(),
  limit: whole(1, 1_000).optional(),
});

/** `/api/people` and `/api/audit`: who works with the node, and who did what. */
export function peopleRoutes(router: Router, { accounts, site }: Pick<HttpParts, 'accounts' | 'site'>): void {
  router.get('/api/people', (ctx) => {
    ctx.body = {
      people: accounts.people.map(personView),
      invitations: accounts.invitations.map(invitationView),
    };
  });

  router.post('/api/people/invitations', async (ctx) => {
    const { secret, ...invitation } = await accounts.invite(await readJson(ctx, invited, BODY_LIMIT));
    const link = `${site.base}/dashboard/invitation?code=${secret}`;
    ctx.status = 201;
    ctx.body = { ...invitationView(invitation), link };
  });

  router.delete('/api/people/invitations/:id', async (ctx) => {
    await accounts.takeBackInvitation(String(ctx.params['id']));
    ctx.status = 204;
  });

  router.put('/api/people/:id/role', async (ctx) => {
    const { role } = await readJson(ctx, changed, BODY_LIMIT);
    ctx.body = personView(await accounts.setRole(String(ctx.params['id']), role));
  });

  router.delete('/api/people/:id', async (ctx) => {
    await accounts.remove(String(ctx.params['id']));
    ctx.status = 204;
  });

  router.get('/api/audit', async (ctx) => {
    const { before, limit = ENTRIES } = readQuery(ctx, auditQuery);
    const entries = await accounts.audit.read({ limit, ...(before !== undefined && { before }) });
    const next = entries.length < limit ? undefined : entries.at(-1)?.key;
    ctx.body = {
      entries: entries.map(({ key: _, at, ...entry }) => ({ at: new Date(at).toISOString(), ...entry })),
      ...(next !== undefined && { next }),
    };
  });
}

function personView({ since, ...person }: Person): object {
  return { ...person, since: new Date(since).toISOString() };
}

function invitationView({ expires, ...invitation }: Invitation): object {
  return { ...invitation, expires: new Date(expires).toISOString() };
}
