import type Router from '@koa/router';
import { AccountError } from '../../accounts/index.ts';
import { readForm } from '../../http/index.ts';
import type { Door } from '../door.ts';
import { forgottenPage, newPasswordPage, type ForgottenData } from '../pages/forgotten.ts';
import { problemPage } from '../pages/problem.ts';
import type { DashboardParts } from '../parts.ts';
import { FORM_LIMIT } from './login.ts';

/** A new password by a mailed link. What is answered is the same whether there is an account or not. */
export function forgottenRoutes(
  router: Router,
  door: Door,
  { accounts, letters, site }: DashboardParts,
): void {
  const canReset = letters !== undefined && accounts.hasPasswords;
  const page = (data: Omit<ForgottenData, 'canReset'> = {}): ForgottenData => ({ canReset, ...data });

  router.get('/dashboard/forgotten', (ctx) => {
    const view = door.view(ctx);
    door.show(ctx, view, forgottenPage(view, page()));
  });

  router.post('/dashboard/forgotten', async (ctx) => {
    door.refuseOtherSites(ctx);
    const mail = (await readForm(ctx, FORM_LIMIT)).get('mail') ?? '';
    const view = door.view(ctx);
    try {
      const person = canReset ? accounts.forgotten.who({ mail, from: ctx.ip }) : undefined;
      if (person !== undefined) {
        const link = async (): Promise<string> => {
          const { id, name } = person;
          await accounts.audit.note({ person: id, name, action: 'account.forgotten' });
          return `${site.base}/dashboard/new-password?code=${await accounts.forgotten.makeLink(id)}`;
        };
        letters?.reset(person.mail, link, view.locale.language);
      }
      door.show(ctx, view, forgottenPage(view, page({ isAsked: canReset })));
    } catch (error) {
      if (!(error instanceof AccountError)) throw error;
      door.tell(ctx, view, error, forgottenPage(view, page({ mail, problem: error.code })));
    }
  });

  router.get('/dashboard/new-password', (ctx) => {
    const code = String(ctx.query['code'] ?? '');
    const view = door.view(ctx);
    try {
      door.show(ctx, view, newPasswordPage(view, { person: accounts.forgotten.personOf(code), code }));
    } catch (error) {
      if (!(error instanceof AccountError)) throw error;
      door.tell(ctx, view, error);
    }
  });

  router.post('/dashboard/new-password', async (ctx) => {
    door.refuseOtherSites(ctx);
    const fields = await readForm(ctx, FORM_LIMIT);
    const code = fields.get('code') ?? '';
    const view = door.view(ctx);
    try {
      const { id, name, mail } = await accounts.forgotten.reset(code, fields.get('password') ?? '');
      await accounts.audit.note({ person: id, name, action: 'account.reset' });
      letters?.changed(mail, view.locale.language);
      door.show(ctx, view, newPasswordPage(view, undefined));
    } catch (error) {
      if (!(error instanceof AccountError)) throw error;
      const page =
        error.code === 'ACCOUNT_PASSWORD'
          ? newPasswordPage(view, { person: accounts.forgotten.personOf(code), code, problem: error.code })
          : problemPage({ view }, error);
      door.tell(ctx, view, error, page);
    }
  });
}
