import type { Context } from 'koa';
import type { LoggedIn } from '../../accounts/index.ts';
import { html, type View } from '../../http/index.ts';
import { messagesIn } from '../messages/index.ts';
import { dashboardLayout } from './layout.ts';

/**
 * Leads the browser on to another system. Not by the answer to the form itself: forms of these pages may lead to this site only
 * (`form-action` of the Content Security Policy), and browsers hold that against where an answer leads, too.
 */
export function onwardPage(
  ctx: Context,
  { view, who }: { view: View; who?: LoggedIn | undefined },
  { address, title, isLogout = false }: { address: string; title: string; isLogout?: boolean },
): string {
  ctx.set('Refresh', `0; url=${address}`);
  const { onward: words } = messagesIn(view.locale.language).logins;
  const main = html`<h1>${words.title(title)}</h1>
    <p class="lede">${isLogout ? words.logoutText : words.text}</p>
    <p><a href="${address}">${words.link(title)}</a></p>`;
  return dashboardLayout(view, who, { title: words.title(title), main });
}
