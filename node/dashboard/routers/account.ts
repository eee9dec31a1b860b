import type Router from '@koa/router';
import { TOKEN_DAYS } from '../../accounts/index.ts';
import { HttpError } from '../../http/index.ts';
import type { Door, Submission, Visit } from '../door.ts';
import { accountPage, type AccountData } from '../pages/account.ts';
import { onwardPage } from '../pages/onward.ts';
import type { DashboardParts } from '../parts.ts';

/** One's own password, logins at other systems and tokens: whoever is logged in has them. */
export function accountRoutes(
  router: Router,
  door: Door,
  { accounts, externalLogins, letters }: DashboardParts,
): void {
  const page = (visit: Visit, news: Pick<AccountData, 'secret' | 'isChanged'> = {}): string =>
    accountPage(visit, {
      tokens: accounts.tokensOf(visit.who.person.id),
      providers: externalLogins.offered,
      hasPasswords: accounts.hasPasswords,
      ...news,
    });

  /** Goes on in a new session: those before have ended. */
  async function renewed(submission: Submission, secret: string): Promise<Submission> {
    door.cookie.give(submission.ctx, secret);
    return { ...submission, who: (await accounts.ofCookie(secret)) ?? submission.who };
  }

  async function sentOn(submission: Submission, to: 'link' | 'prove'): Promise<{ page: string; on: string }> {
    const { ctx, view, who, fields } = submission;
    const purpose = { to, person: who.person.id, language: view.chosen } as const;
    const begun = await externalLogins.begin(fields.get('provider') ?? '', purpose, ctx.ip);
    door.underWay.give(ctx, begun.secret);
    return { page: onwardPage(ctx, submission, begun), on: begun.title };
  }

  router.get(
    '/dashboard/account',
    door.page(undefined, (visit) => page(visit)),
  );

  router.post(
    '/dashboard/account/password',
    door.answer(undefined, 'account.password', async (submission) => {
      const { fields, who, view } = submission;
      const [present, next] = [fields.get('present') ?? '', fields.get('next') ?? ''];
      const secret = await accounts.changePassword(who, { present, next });
      letters?.changed(who.person.mail, view.locale.language);
      return { page: page(await renewed(submission, secret), { isChanged: true }) };
    }),
  );

  router.post(
    '/dashboard/account/link',
    door.answer(undefined, 'account.elsewhere', async (submission) => {
      await accounts.prove(submission.who, submission.fields.get('password-for-login') ?? '');
      return await sentOn(submission, 'link');
    }),
  );

  router.post(
    '/dashboard/account/prove',
    door.answer(undefined, 'account.elsewhere', (submission) => sentOn(submission, 'prove')),
  );

  router.post(
    '/dashboard/account/unlink',
    door.answer(undefined, 'account.unlink', async (submission) => {
      const { fields, who } = submission;
      const identity = { issuer: fields.get('issuer') ?? '', subject: fields.get('subject') ?? '' };
      const secret = await accounts.elsewhere.unlink(who.person.id, identity);
      return { page: page(await renewed(submission, secret)), on: identity.issuer };
    }),
  );

  router.post(
    '/dashboard/account/token',
    door.answer(undefined, 'token.make', async (submission) => {
      const { fields, who } = submission;
      const days = TOKEN_DAYS.find((some) => String(some) === fields.get('days'));
      if (days === undefined) {
        const detail = `A token is good for ${TOKEN_DAYS.join(', ')} days.`;
        throw new HttpError(400, 'TOKEN_DAYS', 'Not so long', detail, { remedy: 'Choose one of them.' });
      }
      await accounts.prove(who, fields.get('password-for-token') ?? '');
      const { secret, name } = await accounts.makeToken(who.person.id, {
        name: fields.get('name') ?? '',
        days,
      });
      return { page: page(submission, { secret }), on: name };
    }),
  );

  router.post(
    '/dashboard/account/take-back',
    door.form(undefined, 'token.take-back', async ({ fields, who }) => {
      const id = fields.get('token') ?? '';
      const on = accounts.tokensOf(who.person.id).find((token) => token.id === id)?.name;
      await accounts.takeBackToken(who.person.id, id);
      return { to: '/dashboard/account', ...(on !== undefined && { on }) };
    }),
  );
}
