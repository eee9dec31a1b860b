import type Router from '@koa/router';
import { HttpError } from '../../http/index.ts';
import type { DashboardParts } from '../dashboard.ts';
import type { Door, Visit } from '../door.ts';
import { accountPage, TOKEN_DAYS } from '../pages/account.ts';

/** One's own password and tokens: whoever is logged in has them. */
export function accountRoutes(router: Router, door: Door, { accounts }: DashboardParts): void {
  const page = (visit: Visit, options: { secret?: string; isChanged?: boolean } = {}): string =>
    accountPage(visit, { tokens: accounts.tokensOf(visit.who.person.id), isChanged: false, ...options });

  router.get(
    '/dashboard/account',
    door.page(undefined, (visit) => page(visit)),
  );

  router.post(
    '/dashboard/account/password',
    door.answer(undefined, 'account.password', async (submission) => {
      const { ctx, fields, who } = submission;
      const [present, next] = [fields.get('present') ?? '', fields.get('next') ?? ''];
      const secret = await accounts.changePassword(who.person.id, { present, next });
      door.cookie.give(ctx, secret);
      const again = (await accounts.ofCookie(secret)) ?? who;
      return { page: page({ ...submission, who: again }, { isChanged: true }) };
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
