import { roles, type Invitation, type Person } from '../../accounts/index.ts';
import { html, type Html, type HtmlValue } from '../../http/index.ts';
import type { Visit } from '../door.ts';
import { messagesIn } from '../messages/index.ts';
import { choice, field } from './field.ts';
import { dashboardLayout, formToken } from './layout.ts';

export interface PeopleData {
  people: readonly Person[];
  invitations: readonly Invitation[];
  /** The link of the invitation that was just made. */
  link?: string;
}

/** Who works with the node, and who is invited to. */
export function peoplePage(visit: Visit, { people, invitations, link }: PeopleData): string {
  const { view, who } = visit;
  const { people: words, ...common } = messagesIn(view.locale.language);
  const main = html`<h1>${words.title}</h1>
    <p class="lede">${words.text}</p>
    ${
      link !== undefined &&
      html`<div class="notice" role="status">
        <p>${words.link}</p>
        <p><code>${link}</code></p>
      </div>`
    }
    <ul class="plain people">
      ${people.map((person) => personLine(visit, person))}
    </ul>
    <section aria-labelledby="invited">
      <h2 id="invited">${words.invited}</h2>
      ${
        invitations.length === 0
          ? html`<p>${words.noLog}</p>`
          : html`<ul class="plain people">
              ${invitations.map((invitation) => invitationLine(visit, invitation))}
            </ul>`
      }
    </section>
    <section aria-labelledby="invite">
      <h2 id="invite">${words.invite}</h2>
      <p>${words.inviteText}</p>
      <form class="sheet" method="post" action="${view.link('/dashboard/people/invite')}">
        ${formToken(who)} ${field({ id: 'name', label: common.name, maxlength: 200, autocomplete: 'off' })}
        ${field({ id: 'mail', label: common.mail, type: 'email', maxlength: 254, autocomplete: 'off' })}
        <p class="form-field">${roleChoice(visit, { id: 'role', label: common.role }, 'standard')}</p>
        <button>${words.inviteButton}</button>
      </form>
    </section>`;
  return dashboardLayout(view, who, { title: words.title, main });
}

function personLine(visit: Visit, { id, name, mail, role, since }: Person): Html {
  const { view, who } = visit;
  const { people: words, ...common } = messagesIn(view.locale.language);
  const isSelf = id === who.person.id;
  return html`<li>
    <h2>${name} ${isSelf && words.you}</h2>
    <p class="aside">${mail} · ${common.roles[role]} · ${words.since} ${view.locale.day(since)}</p>
    ${
      !isSelf &&
      html`<div class="acts">
        <form method="post" action="${view.link('/dashboard/people/role')}">
          ${formToken(who)}<input type="hidden" name="person" value="${id}" />
          ${roleChoice(visit, { id: `role-${id}`, label: words.roleOf(name), isUnseen: true }, role)}
          <button class="quiet">${words.change}</button>
        </form>
        <form method="post" action="${view.link('/dashboard/people/remove')}">
          ${formToken(who)}<input type="hidden" name="person" value="${id}" />
          <button class="quiet" aria-label="${words.removeOf(name)}">${words.remove}</button>
        </form>
      </div>`
    }
  </li>`;
}

function invitationLine({ view, who }: Visit, { id, name, mail, role, expires }: Invitation): Html {
  const { people: words, ...common } = messagesIn(view.locale.language);
  return html`<li>
    <h3>${name}</h3>
    <p class="aside">${mail} · ${common.roles[role]} · ${words.until(view.locale.day(expires))}</p>
    <form class="acts" method="post" action="${view.link('/dashboard/people/take-back')}">
      ${formToken(who)}<input type="hidden" name="invitation" value="${id}" />
      <button class="quiet" aria-label="${words.takeBackOf(name)}">${words.takeBack}</button>
    </form>
  </li>`;
}

function roleChoice(
  { view }: Visit,
  options: { id: string; label: HtmlValue; isUnseen?: boolean },
  chosen: string,
): Html {
  const words = messagesIn(view.locale.language);
  const choices = roles.map((role) => ({ value: role, label: words.roles[role] }));
  return choice({ name: 'role', ...options }, choices, chosen);
}
