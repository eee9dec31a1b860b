import type Router from '@koa/router';
import { AccountError } from '../../accounts/index.ts';
import { readForm } from '../../http/index.ts';
import type { Door } from '../door.ts';
import { invitationPage, loginPage, type LoginData } from '../pages/login.ts';
import { onwardPage } from '../pages/onward.ts';
import { problemPage } from '../pages/problem.ts';
import type { DashboardParts } from '../parts.ts';

export const FORM_LIMIT = 8 * 1024;

/** Logging in and out, and taking an invitation: what is done before it is known who somebody is. */
export function loginRoutes(
  router: Router,
  door: Door,
  { accounts, externalLogins, letters }: DashboardParts,
): void {
  const ways: LoginData['ways'] = {
    hasPasswords: accounts.hasPasswords,
    providers: externalLogins.offered,
    canReset: letters !== undefined,
  };

  router.get('/dashboard/login', (ctx) => {
    const view = door.view(ctx);
    door.show(ctx, view, loginPage(view, { ways, next: ownPath(ctx.query['next']) }));
  });

  router.post('/dashboard/login', async (ctx) => {
    door.refuseOtherSites(ctx);
    const fields = await readForm(ctx, FORM_LIMIT);
    const [mail, password] = [fields.get('mail') ?? '', fields.get('password') ?? ''];
    const next = ownPath(fields.get('next'));
    const view = door.view(ctx);
    try {
      const attempt = { mail, password, from: ctx.ip, device: door.device.read(ctx) };
      await door.enter(ctx, await accounts.login(attempt), 'account.login');
      door.leadTo(ctx, view, next);
    } catch (error) {
      if (!(error instanceof AccountError)) throw error;
      // Who is not even tried is not written down: else anybody could fill the disk, and the log with nothing.
      if (error.code === 'ACCOUNT_WRONG_LOGIN') await accounts.audit.turnedAway('account.login', error.code);
      door.tell(ctx, view, error, loginPage(view, { ways, next, mail, problem: error.code }));
    }
  });

  router.post('/dashboard/logout', async (ctx) => {
    door.refuseOtherSites(ctx);
    const secret = door.cookie.read(ctx);
    const issuer = secret === undefined ? undefined : await accounts.logout(secret);
    door.cookie.take(ctx);
    const view = door.view(ctx);
    const onward = issuer === undefined ? undefined : await externalLogins.logout(issuer);
    if (onward === undefined) door.leadTo(ctx, view, '/dashboard/login');
    else door.show(ctx, view, onwardPage(ctx, { view }, { ...onward, isLogout: true }));
  });

  router.get('/dashboard/invitation', (ctx) => {
    const code = String(ctx.query['code'] ?? '');
    const view = door.view(ctx);
    try {
      const invitation = accounts.invitationOf(code);
      door.show(ctx, view, invitationPage(view, { ways, invitation, code }));
    } catch (error) {
      if (!(error instanceof AccountError)) throw error;
      door.tell(ctx, view, error);
    }
  });

  router.post('/dashboard/invitation', async (ctx) => {
    door.refuseOtherSites(ctx);
    const fields = await readForm(ctx, FORM_LIMIT);
    const code = fields.get('code') ?? '';
    const [name, password] = [fields.get('name') ?? '', fields.get('password') ?? ''];
    const view = door.view(ctx);
    try {
      await door.enter(ctx, await accounts.accept(code, { name, password }), 'account.accept');
      door.leadTo(ctx, view, '/dashboard');
    } catch (error) {
      if (!(error instanceof AccountError)) throw error;
      const isAnswerable = error.code === 'ACCOUNT_PASSWORD' || error.code === 'ACCOUNT_NAME';
      const page = isAnswerable
        ? invitationPage(view, { ways, invitation: accounts.invitationOf(code), code, problem: error.code })
        : problemPage({ view }, error);
      door.tell(ctx, view, error, page);
    }
  });
}

/** Where a login leads to: a page of the dashboard, and never another site. */
export function ownPath(next: unknown): string {
  return typeof next === 'string' && /^\/dashboard(\/[a-z/-]*)?$/.test(next) ? next : '/dashboard';
}
