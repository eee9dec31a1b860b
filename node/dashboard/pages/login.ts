import type { Invitation, LoginProvider } from '../../accounts/index.ts';
import { html, type Html, type View } from '../../http/index.ts';
import { messagesIn } from '../messages/index.ts';
import { field } from './field.ts';
import { dashboardLayout } from './layout.ts';

export interface LoginData {
  /** How people can log in here. */
  ways: {
    hasPasswords: boolean;
    providers: readonly Pick<LoginProvider, 'name' | 'title'>[];
    /** Whether links for new passwords can be mailed. */
    canReset: boolean;
  };
  /** The page to go on to. */
  next: string;
  mail?: string;
  /** The code of what was wrong with the last attempt. */
  problem?: string;
}

export function loginPage(view: View, { ways, next, mail, problem }: LoginData): string {
  const words = messagesIn(view.locale.language);
  const main = html`<h1>${words.login.title}</h1>
    <p class="lede">${words.login.text}</p>
    ${problem !== undefined && html`<p class="warning" role="alert">${words.problem.texts[problem] ?? problem}</p>`}
    ${providerForms(view, ways.providers, words.logins.with, { next })}
    ${
      ways.hasPasswords &&
      html`<form class="sheet" method="post" action="${view.link('/dashboard/login')}">
          <input type="hidden" name="next" value="${next}" />
          ${field({ id: 'mail', label: words.mail, type: 'email', value: mail, autocomplete: 'username', maxlength: 254 })}
          ${field({ id: 'password', label: words.password, type: 'password', autocomplete: 'current-password' })}
          <button>${words.login.button}</button>
        </form>
        ${
          ways.canReset &&
          html`<p><a href="${view.link('/dashboard/forgotten')}">${words.logins.forgotten.title}</a></p>`
        }`
    }`;
  return dashboardLayout(view, undefined, { title: words.login.title, main });
}

/** Where the link of an invitation leads to. */
export function invitationPage(
  view: View,
  {
    ways,
    invitation,
    code,
    problem,
  }: Pick<LoginData, 'ways' | 'problem'> & { invitation: Invitation; code: string },
): string {
  const words = messagesIn(view.locale.language);
  const main = html`<h1>${words.invitation.title}</h1>
    <p class="lede">${words.invitation.text(view.site.name, words.roles[invitation.role])}</p>
    ${problem !== undefined && html`<p class="warning" role="alert">${words.problem.texts[problem] ?? problem}</p>`}
    ${ways.providers.length > 0 && html`<p>${words.logins.beginText}</p>`}
    ${providerForms(view, ways.providers, words.logins.begin, { invitation: code })}
    ${ways.hasPasswords && passwordForm(view, invitation, code)}`;
  return dashboardLayout(view, undefined, { title: words.invitation.title, main });
}

function passwordForm(view: View, invitation: Invitation, code: string): Html {
  const words = messagesIn(view.locale.language);
  return html`<form class="sheet" method="post" action="${view.link('/dashboard/invitation')}">
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
}

/** A button for each system where people can log in. */
function providerForms(
  view: View,
  providers: LoginData['ways']['providers'],
  label: (title: string) => string,
  hidden: Readonly<Record<string, string>>,
): Html {
  return html`${providers.map(
    ({ name, title }) =>
      html`<form class="sheet" method="post" action="${view.link(`/dashboard/login/oidc/${name}`)}">
        ${Object.entries(hidden).map(
          ([field, value]) => html`<input type="hidden" name="${field}" value="${value}" />`,
        )}
        <button>${label(title)}</button>
      </form>`,
  )}`;
}
