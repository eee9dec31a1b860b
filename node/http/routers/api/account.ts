import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { may, rights, roles, TOKEN_DAYS, type AccessToken, type Person } from '../../../accounts/index.ts';
import { HttpError } from '../../errors.ts';
import { operation, route } from '../../openapi/index.ts';
import type { HttpParts } from '../../parts.ts';
import { callerOf } from './caller.ts';
import { time, timeText } from './values.ts';

/** Longer ones are refused with why, and no password has a megabyte. */
const LONGEST_PASSWORD = 1_000;

const password = z.string('is missing').max(LONGEST_PASSWORD, 'is too long');
const token = z
  .object({ id: z.string(), name: z.string().describe('What it is for.'), since: time, expires: time })
  .meta({ id: 'AccessToken' });
const nobody = { 409: ['ACCOUNT_OF_NOBODY'] } as const;
const unproved = {
  403: ['ACCOUNT_WRONG_LOGIN', 'ACCOUNT_PROOF_NEEDED'],
  429: ['ACCOUNT_LOCKED'],
  503: ['ACCOUNT_BUSY'],
} as const;

export const accountOperations = {
  see: operation({
    method: 'GET',
    path: '/api/account',
    group: 'account',
    right: 'see',
    summary: 'Whose token this is, and what it may',
    answers: {
      200: {
        what: 'The person, or nobody where it is the node’s own token.',
        schema: z.object({
          person: z.object({ id: z.string(), mail: z.string(), name: z.string(), since: time }).optional(),
          role: z.enum(roles),
          rights: z.array(z.enum(rights)),
        }),
      },
    },
  }),
  tokens: operation({
    method: 'GET',
    path: '/api/account/tokens',
    group: 'account',
    right: 'see',
    summary: 'One’s own tokens',
    answers: {
      200: { what: 'All of them, without their secrets.', schema: z.object({ tokens: z.array(token) }) },
    },
    problems: nobody,
  }),
  makeToken: operation({
    method: 'POST',
    path: '/api/account/tokens',
    group: 'account',
    right: 'see',
    summary: 'Make a token',
    description: 'With the password of the account: who has found a token is not to make others.',
    body: z.strictObject({
      name: z.string('is missing').max(200, 'is longer than 200 characters').describe('What it is for.'),
      days: z.literal(TOKEN_DAYS, `is none of ${TOKEN_DAYS.join(', ')}`).describe('How long it is good.'),
      password,
    }),
    example: { name: 'nightly report', days: 90, password: 'correct horse battery' },
    answers: {
      201: {
        what: 'The token with its secret, which is told this once.',
        schema: token.extend({ secret: z.string() }),
      },
    },
    problems: { ...unproved, 400: ['ACCOUNT_NAME'], 409: ['ACCOUNT_OF_NOBODY', 'ACCOUNT_TOO_MANY'] },
  }),
  takeBackToken: operation({
    method: 'DELETE',
    path: '/api/account/tokens/:id',
    group: 'account',
    right: 'see',
    summary: 'Take a token back',
    parameters: { id: 'The id of the token.' },
    answers: { 204: { what: 'It is not good any more.' } },
    problems: { 404: ['ACCOUNT_UNKNOWN'], ...nobody },
  }),
  changePassword: operation({
    method: 'PUT',
    path: '/api/account/password',
    group: 'account',
    right: 'see',
    summary: 'Change one’s own password',
    description: 'All sessions and tokens end by that, the one that is used for it, too.',
    body: z.strictObject({ present: password, next: password }),
    example: { present: 'correct horse battery', next: 'staple of the battery' },
    answers: { 204: { what: 'It is changed.' } },
    problems: {
      ...unproved,
      400: ['ACCOUNT_PASSWORD'],
      403: [...unproved[403], 'ACCOUNT_NO_PASSWORDS'],
      ...nobody,
    },
  }),
};

/** `/api/account`: one’s own account. Whoever has a token has one, but for the node’s own. */
export function accountRoutes(
  router: Router,
  { accounts, letters }: Pick<HttpParts, 'accounts' | 'letters'>,
): void {
  route(router, accountOperations.see, ({ ctx }) => {
    const { person, role } = callerOf(ctx);
    return {
      ...(person && { person: personView(person) }),
      role,
      rights: rights.filter((right) => may(role, right)),
    };
  });

  route(router, accountOperations.tokens, ({ ctx }) => ({
    tokens: accounts.tokensOf(personOf(ctx).id).map(tokenView),
  }));

  route(router, accountOperations.makeToken, async ({ ctx, body: { name, days, password } }) => {
    const person = personOf(ctx);
    await accounts.prove({ person }, password);
    const { secret, ...made } = await accounts.makeToken(person.id, { name, days });
    return { ...tokenView(made), secret };
  });

  route(router, accountOperations.takeBackToken, async ({ ctx, path }) => {
    await accounts.takeBackToken(personOf(ctx).id, path.id);
  });

  route(router, accountOperations.changePassword, async ({ ctx, body }) => {
    const person = personOf(ctx);
    // The session that begins by that is nobody's.
    await accounts.logout(await accounts.changePassword({ person }, body));
    letters?.changed(person.mail, 'en');
  });
}

/** @throws HttpError `ACCOUNT_OF_NOBODY` (409) */
function personOf(ctx: Context): Person {
  const { person } = callerOf(ctx);
  if (person !== undefined) return person;
  const detail = 'The node’s own token belongs to nobody.';
  throw new HttpError(409, 'ACCOUNT_OF_NOBODY', 'Nobody’s account', detail, {
    remedy: 'Use a token that a person has made under My account.',
  });
}

function personView({ id, mail, name, since }: Person): {
  id: string;
  mail: string;
  name: string;
  since: string;
} {
  return { id, mail, name, since: timeText(since) };
}

function tokenView({ id, name, since, expires }: Omit<AccessToken, 'person'>): z.input<typeof token> {
  return { id, name, since: timeText(since), expires: timeText(expires) };
}
