import type { AccessToken } from '../../accounts/index.ts';
import { html, type Html } from '../../http/index.ts';
import type { Visit } from '../door.ts';
import { messagesIn } from '../messages/index.ts';
import { choice, field } from './field.ts';
import { dashboardLayout, formToken } from './layout.ts';

export const TOKEN_DAYS = [30, 90, 365] as const;

/** One's own password and tokens. @param data.secret of the token that was just made */
export function accountPage(
  visit: Visit,
  { tokens, secret, isChanged }: { tokens: readonly AccessToken[]; secret?: string; isChanged: boolean },
): string {
  const { view, who } = visit;
  const { account: words, ...common } = messagesIn(view.locale.language);
  const { name, mail, role, external } = who.person;
  const main = html`<h1>${words.title}</h1>
    <p class="lede">${name} · ${mail} · ${common.roles[role]}</p>
    ${isChanged && html`<p class="notice" role="status">${words.changed}</p>`}
    <section aria-labelledby="change">
      <h2 id="change">${words.changePassword}</h2>
      ${external === undefined ? passwordForm(visit) : html`<p>${words.external}</p>`}
    </section>
    <section aria-labelledby="tokens">
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
      <form class="sheet" method="post" action="${view.link('/dashboard/account/token')}">
        ${formToken(who)}
        ${field({ id: 'name', label: words.tokenName, maxlength: 200, autocomplete: 'off' })}
        <p class="form-field">
          ${choice(
            { name: 'days', label: words.days },
            TOKEN_DAYS.map((days) => ({
              value: String(days),
              label: words.daysOf(view.locale.number(days)),
            })),
            String(TOKEN_DAYS[1]),
          )}
        </p>
        <button>${words.make}</button>
      </form>
    </section>`;
  return dashboardLayout(view, who, { title: words.title, main });
}

function passwordForm({ view, who }: Visit): Html {
  const { account: words, ...common } = messagesIn(view.locale.language);
  return html`<p>${words.changeText}</p>
    <form class="sheet" method="post" action="${view.link('/dashboard/account/password')}">
      ${formToken(who)}<input
        type="hidden"
        name="username"
        value="${who.person.mail}"
        autocomplete="username"
      />
      ${field({ id: 'present', label: words.present, type: 'password', autocomplete: 'current-password' })}
      ${field({
        id: 'next',
        label: words.next,
        type: 'password',
        hint: common.passwordHint,
        autocomplete: 'new-password',
        maxlength: 200,
      })}
      <button>${words.changePassword}</button>
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
