import type Router from '@koa/router';
import { AccountError } from '../../accounts/index.ts';
import { readForm } from '../../http/index.ts';
import type { Door } from '../door.ts';
import { onwardPage } from '../pages/onward.ts';
import type { DashboardParts } from '../parts.ts';
import { FORM_LIMIT, ownPath } from './login.ts';

/** Those who came from elsewhere and were turned away are written down; who only tries addresses is not. */
const TURNED_AWAY: ReadonlySet<string> = new Set(['ACCOUNT_NOT_INVITED', 'ACCOUNT_NOT_LINKED']);

/** Logging in at another system (OpenID Connect), and coming back from there. */
export function loginElsewhereRoutes(
  router: Router,
  door: Door,
  { accounts, externalLogins }: DashboardParts,
): void {
  router.post('/dashboard/login/oidc/:provider', async (ctx) => {
    door.refuseOtherSites(ctx);
    const fields = await readForm(ctx, FORM_LIMIT);
    const view = door.view(ctx);
    const language = view.chosen;
    const invitation = fields.get('invitation') ?? undefined;
    const next = ownPath(fields.get('next'));
    try {
      if (invitation !== undefined) accounts.invitationOf(invitation);
      const purpose = { to: 'log-in', next, invitation, language } as const;
      const begun = await externalLogins.begin(ctx.params['provider'] ?? '', purpose, ctx.ip);
      door.underWay.give(ctx, begun.secret);
      door.show(ctx, view, onwardPage(ctx, { view }, begun));
    } catch (error) {
      if (!(error instanceof AccountError)) throw error;
      door.tell(ctx, view, error);
    }
  });

  router.get('/dashboard/login/oidc/:provider/callback', async (ctx) => {
    const begun = door.underWay.read(ctx);
    door.underWay.take(ctx);
    let view = door.view(ctx);
    try {
      const { purpose, arrival } = await externalLogins.end(
        ctx.params['provider'] ?? '',
        begun,
        ctx.querystring,
      );
      view = door.view(ctx, purpose.language);
      if (purpose.to === 'log-in') {
        const { invitation, next } = purpose;
        const secret = await accounts.elsewhere.login(arrival, { from: ctx.ip, invitation });
        await door.enter(ctx, secret, invitation === undefined ? 'account.login' : 'account.accept');
        door.leadTo(ctx, view, next);
        return;
      }
      const session = door.cookie.read(ctx) ?? '';
      if (purpose.to === 'link') await accounts.elsewhere.link(session, purpose.person, arrival);
      else await accounts.elsewhere.prove(session, arrival);
      const { id: person = '', name = '' } = (await accounts.ofCookie(session))?.person ?? {};
      const on = externalLogins.offered.find(({ issuer }) => issuer === arrival.issuer)?.title;
      const what = { action: purpose.to === 'link' ? 'account.link' : 'account.prove', person, name };
      await accounts.audit.note({ ...what, ...(on !== undefined && { on }) });
      door.leadTo(ctx, view, '/dashboard/account');
    } catch (error) {
      if (!(error instanceof AccountError)) throw error;
      if (TURNED_AWAY.has(error.code)) await accounts.audit.turnedAway('account.login', error.code);
      door.tell(ctx, view, error);
    }
  });
}
