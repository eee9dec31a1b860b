import type { Person } from '../../accounts/index.ts';
import { html, type View } from '../../http/index.ts';
import { messagesIn } from '../messages/index.ts';
import { field } from './field.ts';
import { dashboardLayout } from './layout.ts';

export interface ForgottenData {
  /** Whether links can be mailed. */
  canReset: boolean;
  isAsked?: boolean;
  mail?: string;
  /** The code of what was wrong. */
  problem?: string;
}

/** Where one asks for a new password. */
export function forgottenPage(view: View, { canReset, isAsked, mail, problem }: ForgottenData): string {
  const { forgotten: words } = messagesIn(view.locale.language).logins;
  const common = messagesIn(view.locale.language);
  const main = html`<h1>${words.title}</h1>
    ${problem !== undefined && html`<p class="warning" role="alert">${common.problem.texts[problem] ?? problem}</p>`}
    ${isAsked && html`<p class="notice" role="status">${words.asked}</p>`}
    ${
      canReset
        ? html`<p class="lede">${words.text}</p>
            <form class="sheet" method="post" action="${view.link('/dashboard/forgotten')}">
              ${field({ id: 'mail', label: common.mail, type: 'email', value: mail, autocomplete: 'username', maxlength: 254 })}
              <button>${words.button}</button>
            </form>`
        : html`<p class="lede">${words.noMail}</p>`
    }
    <p><a href="${view.link('/dashboard/login')}">${common.login.title}</a></p>`;
  return dashboardLayout(view, undefined, { title: words.title, main });
}

/** Where the mailed link leads to. @param data absent when the password is set */
export function newPasswordPage(
  view: View,
  data: { person: Person; code: string; problem?: string } | undefined,
): string {
  const common = messagesIn(view.locale.language);
  const { forgotten: words } = common.logins;
  const main =
    data === undefined
      ? html`<h1>${words.newTitle}</h1>
          <p class="notice" role="status">${words.done}</p>
          <p><a href="${view.link('/dashboard/login')}">${common.login.title}</a></p>`
      : html`<h1>${words.newTitle}</h1>
          ${data.problem !== undefined && html`<p class="warning" role="alert">${common.problem.texts[data.problem] ?? data.problem}</p>`}
          <form class="sheet" method="post" action="${view.link('/dashboard/new-password')}">
            <input type="hidden" name="code" value="${data.code}" />
            <p>${common.mail}: <strong>${data.person.mail}</strong></p>
            <input type="hidden" name="username" value="${data.person.mail}" autocomplete="username" />
            ${field({
              id: 'password',
              label: common.account.next,
              type: 'password',
              hint: common.passwordHint,
              autocomplete: 'new-password',
              maxlength: 200,
            })}
            <button>${words.set}</button>
          </form>`;
  return dashboardLayout(view, undefined, { title: words.newTitle, main });
}
