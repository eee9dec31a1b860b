import { loginName, type ExternalIdentity, type LoggedIn, type LoginProvider } from '../../accounts/index.ts';
import { html, type Html } from '../../http/index.ts';
import type { Visit } from '../door.ts';
import { messagesIn } from '../messages/index.ts';
import { choice, field } from './field.ts';
import { formToken } from './layout.ts';

/** Other systems where people can log in. */
export type Providers = readonly Pick<LoginProvider, 'name' | 'title' | 'issuer'>[];

/** Whether she can be asked for her password, or has shown a moment ago that it is she. */
export function mayAct({ person, isProved = false }: LoggedIn): boolean {
  return person.hasPassword || isProved;
}

/** Where who has no password shows that it is she: by a new login at one of her systems. */
export function proofSection({ view, who }: Visit, providers: Providers): Html {
  const { account: words } = messagesIn(view.locale.language).logins;
  if (who.isProved) return html`<p class="notice" role="status">${words.proved}</p>`;
  const own = providers.filter(({ issuer }) => who.person.logins.some((login) => login.issuer === issuer));
  return html`<section aria-labelledby="proof">
    <h2 id="proof">${words.prove}</h2>
    <p>${words.proveText}</p>
    ${own.map(
      ({ name, title }) =>
        html`<form class="sheet" method="post" action="${view.link('/dashboard/account/prove')}">
          ${formToken(who)}<input type="hidden" name="provider" value="${name}" />
          <button>${words.again(title)}</button>
        </form>`,
    )}
  </section>`;
}

/** One's logins at other systems. Where there are none to be had, nothing is said of them. */
export function loginsSection(visit: Visit, providers: Providers): Html | false {
  const { view, who } = visit;
  const { logins } = who.person;
  if (providers.length === 0 && logins.length === 0) return false;
  const { account: words } = messagesIn(view.locale.language).logins;
  return html`<section aria-labelledby="logins">
    <h2 id="logins">${words.title}</h2>
    <p>${words.text}</p>
    ${
      logins.length === 0
        ? html`<p>${words.none}</p>`
        : html`<ul class="plain people">
            ${logins.map((login) => loginLine(visit, login, providers))}
          </ul>`
    }
    ${providers.length > 0 && (mayAct(who) ? linkForm(visit, providers) : html`<p>${words.proveFirst}</p>`)}
  </section>`;
}

function loginLine({ view, who }: Visit, login: ExternalIdentity, providers: Providers): Html {
  const { account: words } = messagesIn(view.locale.language).logins;
  const name = loginName(login, providers);
  return html`<li>
    <h3>${name}</h3>
    <form class="acts" method="post" action="${view.link('/dashboard/account/unlink')}">
      ${formToken(who)}<input type="hidden" name="issuer" value="${login.issuer}" />
      <input type="hidden" name="subject" value="${login.subject}" />
      <button class="quiet" aria-label="${words.removeOf(name)}">${words.remove}</button>
    </form>
  </li>`;
}

function linkForm({ view, who }: Visit, providers: Providers): Html {
  const { account: words } = messagesIn(view.locale.language).logins;
  const choices = providers.map(({ name, title }) => ({ value: name, label: title }));
  return html`<form class="sheet" method="post" action="${view.link('/dashboard/account/link')}">
    ${formToken(who)}
    <p class="form-field">
      ${choice({ name: 'provider', label: words.which }, choices, choices[0]?.value ?? '')}
    </p>
    ${
      who.person.hasPassword &&
      field({
        id: 'password-for-login',
        label: words.passwordAgain,
        type: 'password',
        autocomplete: 'current-password',
      })
    }
    <button>${words.add}</button>
  </form>`;
}
