import { TOKEN_DAYS, type AccessToken } from '../../accounts/index.ts';
import { html, type Html } from '../../http/index.ts';
import type { Visit } from '../door.ts';
import { messagesIn } from '../messages/index.ts';
import { choice, field } from './field.ts';
import { dashboardLayout, formToken } from './layout.ts';
import { loginsSection, mayAct, proofSection, type Providers } from './own-logins.ts';

export interface AccountData {
  tokens: readonly AccessToken[];
  providers: Providers;
  /** Whether people can log in by a password here. */
  hasPasswords: boolean;
  /** Of the token that was just made. */
  secret?: string;
  isChanged?: boolean;
}

/** One's own password, logins and tokens. */
export function accountPage(visit: Visit, data: AccountData): string {
  const { view, who } = visit;
  const { account: words, ...common } = messagesIn(view.locale.language);
  const { name, mail, role, hasPassword } = who.person;
  const main = html`<h1>${words.title}</h1>
    <p class="lede">${name} · ${mail} · ${common.roles[role]}</p>
    ${data.isChanged && html`<p class="notice" role="status">${words.changed}</p>`}
    ${!hasPassword && proofSection(visit, data.providers)}
    ${
      data.hasPasswords &&
      html`<section aria-labelledby="change">
        <h2 id="change">${hasPassword ? words.changePassword : common.logins.account.setPassword}</h2>
        ${mayAct(who) ? passwordForm(visit) : html`<p>${common.logins.account.proveFirst}</p>`}
      </section>`
    }
    ${loginsSection(visit, data.providers)} ${tokensSection(visit, data)}`;
  return dashboardLayout(view, who, { title: words.title, main });
}

function passwordForm({ view, who }: Visit): Html {
  const { account: words, ...common } = messagesIn(view.locale.language);
  const { hasPassword, mail } = who.person;
  return html`<p>${words.changeText}</p>
    <form class="sheet" method="post" action="${view.link('/dashboard/account/password')}">
      ${formToken(who)}<input type="hidden" name="username" value="${mail}" autocomplete="username" />
      ${
        hasPassword &&
        field({ id: 'present', label: words.present, type: 'password', autocomplete: 'current-password' })
      }
      ${field({
        id: 'next',
        label: words.next,
        type: 'password',
        hint: common.passwordHint,
        autocomplete: 'new-password',
        maxlength: 200,
      })}
      <button>${hasPassword ? words.changePassword : common.logins.account.setPassword}</button>
    </form>`;
}

function tokensSection(visit: Visit, { tokens, secret }: AccountData): Html {
  const { account: words, ...common } = messagesIn(visit.view.locale.language);
  return html`<section aria-labelledby="tokens">
    <h2 id="tokens">${words.tokens}</h2>
    <p>${words.tokensText}</p>
    ${
      secret !== undefined &&
      html`<div class="notice" role="status">
        <p>${words.token}</p>
        <p><code>${secret}</code></p>
      </div>`
    }
    ${
      tokens.length === 0
        ? html`<p>${words.none}</p>`
        : html`<ul class="plain people">
            ${tokens.map((token) => tokenLine(visit, token))}
          </ul>`
    }
    ${mayAct(visit.who) ? tokenForm(visit) : html`<p>${common.logins.account.proveFirst}</p>`}
  </section>`;
}

function tokenForm({ view, who }: Visit): Html {
  const { account: words, ...common } = messagesIn(view.locale.language);
  return html`<form class="sheet" method="post" action="${view.link('/dashboard/account/token')}">
    ${formToken(who)} ${field({ id: 'name', label: words.tokenName, maxlength: 200, autocomplete: 'off' })}
    <p class="form-field">
      ${choice(
        { name: 'days', label: words.days },
        TOKEN_DAYS.map((days) => ({ value: String(days), label: words.daysOf(view.locale.number(days)) })),
        String(TOKEN_DAYS[1]),
      )}
    </p>
    ${
      who.person.hasPassword &&
      field({
        id: 'password-for-token',
        label: common.logins.account.passwordAgain,
        type: 'password',
        autocomplete: 'current-password',
      })
    }
    <button>${words.make}</button>
  </form>`;
}

function tokenLine({ view, who }: Visit, { id, name, expires }: AccessToken): Html {
  const { account: words } = messagesIn(view.locale.language);
  return html`<li>
    <h3>${name}</h3>
    <p class="aside">${words.expires(view.locale.day(expires))}</p>
    <form class="acts" method="post" action="${view.link('/dashboard/account/take-back')}">
      ${formToken(who)}<input type="hidden" name="token" value="${id}" />
      <button class="quiet" aria-label="${words.takeBackOf(name)}">${words.takeBack}</button>
    </form>
  </li>`;
}
