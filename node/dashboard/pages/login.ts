import type { Invitation } from '../../accounts/index.ts';
import { html, type View } from '../../http/index.ts';
import { messagesIn } from '../messages/index.ts';
import { field } from './field.ts';
import { dashboardLayout } from './layout.ts';

/** @param data.problem the code of what was wrong with the last attempt */
export function loginPage(
  view: View,
  { next, mail, problem }: { next: string; mail?: string; problem?: string },
): string {
  const words = messagesIn(view.locale.language);
  const main = html`<h1>${words.login.title}</h1>
    <p class="lede">${words.login.text}</p>
    ${problem !== undefined && html`<p class="warning" role="alert">${words.problem.texts[problem] ?? problem}</p>`}
    <form class="sheet" method="post" action="${view.link('/dashboard/login')}">
      <input type="hidden" name="next" value="${next}" />
      ${field({ id: 'mail', label: words.mail, type: 'email', value: mail, autocomplete: 'username', maxlength: 254 })}
      ${field({ id: 'password', label: words.password, type: 'password', autocomplete: 'current-password' })}
      <button>${words.login.button}</button>
    </form>`;
  return dashboardLayout(view, undefined, { title: words.login.title, main });
}

/** Where the link of an invitation leads to. */
export function invitationPage(
  view: View,
  { invitation, code, problem }: { invitation: Invitation; code: string; problem?: string },
): string {
  const words = messagesIn(view.locale.language);
  const main = html`<h1>${words.invitation.title}</h1>
    <p class="lede">${words.invitation.text(view.site.name, words.roles[invitation.role])}</p>
    ${problem !== undefined && html`<p class="warning" role="alert">${words.problem.texts[problem] ?? problem}</p>`}
    <form class="sheet" method="post" action="${view.link('/dashboard/invitation')}">
      <input type="hidden" name="code" value="${code}" />
      <p>${words.mail}: <strong>${invitation.mail}</strong></p>
      <input type="hidden" name="username" value="${invitation.mail}" autocomplete="username" />
      ${field({ id: 'name', label: words.name, value: invitation.name, autocomplete: 'name', maxlength: 200 })}
      ${field({
        id: 'password',
        label: words.password,
        type: 'password',
        hint: words.passwordHint,
        autocomplete: 'new-password',
        maxlength: 200,
      })}
      <button>${words.invitation.button}</button>
    </form>`;
  return dashboardLayout(view, undefined, { title: words.invitation.title, main });
}
