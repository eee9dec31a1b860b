import type Router from '@koa/router';
import { z } from 'zod';
import { roles, type Invitation, type Person } from '../../../accounts/index.ts';
import { mailInvitation } from '../../institution/mailed-invitation.ts';
import { LANGUAGES } from '../../messages/index.ts';
import { operation, route } from '../../openapi/index.ts';
import type { HttpParts } from '../../parts.ts';
import { whole, words } from '../../requests/query.ts';
import { callerOf } from './caller.ts';
import { next, time, timeText } from './values.ts';

const ENTRIES = 100;

const role = z.enum(roles, `is none of ${roles.join(', ')}`);
const named = { id: z.string(), mail: z.string(), name: z.string(), role };
const person = z
  .object({
    ...named,
    since: time,
    hasPassword: z.boolean().describe('Whether she can log in by a password.'),
    logins: z
      .array(z.object({ issuer: z.string(), subject: z.string() }))
      .describe('Who she is at other systems where she can log in (OpenID Connect); at ORCID, her iD.'),
  })
  .meta({ id: 'Person' });
const invitation = z.object({ ...named, expires: time }).meta({ id: 'Invitation' });
const auditEntry = z
  .object({
    at: time,
    person: z.string().optional().describe('The id of who did it; absent of the node’s own token.'),
    name: z.string().optional(),
    action: z.string(),
    on: z.string().optional().describe('What it was done to.'),
    refused: z.string().optional().describe('The code, where it was refused.'),
  })
  .meta({ id: 'AuditEntry' });

export const peopleOperations = {
  list: operation({
    method: 'GET',
    path: '/api/people',
    group: 'people',
    right: 'people',
    summary: 'Who works with the node, and who is invited to',
    answers: {
      200: {
        what: 'People and open invitations.',
        schema: z.object({ people: z.array(person), invitations: z.array(invitation) }),
      },
    },
  }),
  invite: operation({
    method: 'POST',
    path: '/api/people/invitations',
    group: 'people',
    right: 'people',
    summary: 'Invite somebody',
    description: 'The link is good once, for a week. Where the node has a mail server, it is mailed, too.',
    body: z.strictObject({
      mail: words(254),
      name: words(200),
      role: role.default('standard'),
      language: z
        .enum(LANGUAGES, `is none of ${LANGUAGES.join(', ')}`)
        .default('en')
        .describe('Of the letter.'),
    }),
    example: { mail: 'ana@example.edu', name: 'Ana Silva', role: 'advanced' },
    answers: {
      201: {
        what: 'The invitation, with its link, which is told this once.',
        schema: invitation.extend({ link: z.url(), isMailed: z.boolean() }),
      },
    },
    problems: { 400: ['ACCOUNT_MAIL', 'ACCOUNT_NAME'], 409: ['ACCOUNT_MAIL_TAKEN', 'ACCOUNT_TOO_MANY'] },
  }),
  takeBack: operation({
    method: 'DELETE',
    path: '/api/people/invitations/:id',
    group: 'people',
    right: 'people',
    summary: 'Take an invitation back',
    parameters: { id: 'The id of the invitation.' },
    answers: { 204: { what: 'Its link is not good any more.' } },
    problems: { 404: ['ACCOUNT_UNKNOWN'] },
  }),
  setRole: operation({
    method: 'PUT',
    path: '/api/people/:id/role',
    group: 'people',
    right: 'people',
    summary: 'Give somebody another role',
    description: 'Her sessions end by that.',
    parameters: { id: 'The id of the person.' },
    body: z.strictObject({ role }),
    example: { role: 'advanced' },
    answers: { 200: { what: 'The person.', schema: person } },
    problems: { 404: ['ACCOUNT_UNKNOWN'], 409: ['ACCOUNT_LAST_ADMINISTRATOR'] },
  }),
  remove: operation({
    method: 'DELETE',
    path: '/api/people/:id',
    group: 'people',
    right: 'people',
    summary: 'Take somebody out',
    parameters: { id: 'The id of the person.' },
    answers: { 204: { what: 'She cannot log in any more; her tokens have ended.' } },
    problems: { 404: ['ACCOUNT_UNKNOWN'], 409: ['ACCOUNT_LAST_ADMINISTRATOR'] },
  }),
  audit: operation({
    method: 'GET',
    path: '/api/audit',
    group: 'people',
    right: 'audit',
    summary: 'Who did what, the latest first',
    query: z.strictObject({
      before: z
        .string()
        .regex(/^[0-9a-f]{12}![0-9a-f]{12}$/, 'is no place in the log')
        .describe('`next` of the page before.')
        .optional(),
      limit: whole(1, 1_000).optional(),
    }),
    goesOnBy: 'before',
    answers: {
      200: { what: 'A page of the log.', schema: z.object({ entries: z.array(auditEntry), next }) },
    },
  }),
};

/** `/api/people` and `/api/audit`: who works with the node, and who did what. */
export function peopleRoutes(
  router: Router,
  parts: Pick<HttpParts, 'accounts' | 'letters' | 'log' | 'site'>,
): void {
  const { accounts, site } = parts;

  route(router, peopleOperations.list, () => ({
    people: accounts.people.map(personView),
    invitations: accounts.invitations.map(invitationView),
  }));

  route(router, peopleOperations.invite, async ({ ctx, body: { language, ...invited } }) => {
    const { secret, ...made } = await accounts.invite(invited);
    // Who runs the node invites by its own token, which has no name.
    const by = callerOf(ctx).person?.name ?? site.name;
    const mailed = await mailInvitation(parts, { ...made, secret }, { by, language });
    return { ...invitationView(made), ...mailed };
  });

  route(router, peopleOperations.takeBack, ({ path: { id } }) => accounts.takeBackInvitation(id));

  route(router, peopleOperations.setRole, async ({ path: { id }, body: { role } }) =>
    personView(await accounts.setRole(id, role)),
  );

  route(router, peopleOperations.remove, ({ path: { id } }) => accounts.remove(id));

  route(router, peopleOperations.audit, async ({ query: { before, limit = ENTRIES } }) => {
    const entries = await accounts.audit.read({ limit, ...(before !== undefined && { before }) });
    const last = entries.length < limit ? undefined : entries.at(-1)?.key;
    return {
      entries: entries.map(({ key: _, at, ...entry }) => ({ at: timeText(at), ...entry })),
      ...(last !== undefined && { next: last }),
    };
  });
}

function personView({ since, ...person }: Person): Omit<Person, 'since'> & { since: string } {
  return { ...person, since: timeText(since) };
}

function invitationView({
  expires,
  ...invitation
}: Invitation): Omit<Invitation, 'expires'> & { expires: string } {
  return { ...invitation, expires: timeText(expires) };
}
