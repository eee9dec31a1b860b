import { loginName, roles, type Invitation, type LoginProvider, type Person } from '../../accounts/index.ts';
import { html, type Html, type HtmlValue } from '../../http/index.ts';
import type { Visit } from '../door.ts';
import { messagesIn } from '../messages/index.ts';
import { choice, field } from './field.ts';
import { dashboardLayout, formToken } from './layout.ts';

interface PeopleData {
  people: readonly Person[];
  invitations: readonly Invitation[];
  providers: readonly Pick<LoginProvider, 'title' | 'issuer'>[];
  /** Whether invitations are mailed. */
  mails: boolean;
  /** What became of the invitation that was just made. */
  made?: MadeInvitation;
}

/** An invitation was mailed; or it was not, and there is its link. */
export type MadeInvitation = { mailed: string } | { link: string };

/** Who works with the node, and who is invited to. */
export function peoplePage(visit: Visit, data: PeopleData): string {
  const { people, invitations, mails, made } = data;
  const { view, who } = visit;
  const { people: words, ...common } = messagesIn(view.locale.language);
  const { letters } = common.logins;
  const main = html`<h1>${words.title}</h1>
    <p class="lede">${words.text}</p>
    ${made !== undefined && madeNotice(visit, made, mails)}
    <ul class="plain people">
      ${people.map((person) => personLine(visit, person, data.providers))}
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
      <p>${mails ? letters.inviteText : words.inviteText}</p>
      <form class="sheet" method="post" action="${view.link('/dashboard/people/invite')}">
        ${formToken(who)} ${field({ id: 'name', label: common.name, maxlength: 200, autocomplete: 'off' })}
        ${field({ id: 'mail', label: common.mail, type: 'email', maxlength: 254, autocomplete: 'off' })}
        <p class="form-field">${roleChoice(visit, { id: 'role', label: common.role }, 'standard')}</p>
        <button>${mails ? letters.inviteButton : words.inviteButton}</button>
      </form>
    </section>`;
  return dashboardLayout(view, who, { title: words.title, main });
}

function madeNotice({ view }: Visit, made: MadeInvitation, mails: boolean): Html {
  const { people: words, logins } = messagesIn(view.locale.language);
  if ('mailed' in made)
    return html`<p class="notice" role="status">${logins.letters.mailed(made.mailed)}</p>`;
  return html`<div class="${mails ? 'warning' : 'notice'}" role="${mails ? 'alert' : 'status'}">
    <p>${mails ? logins.letters.failed : words.link}</p>
    <p><code>${made.link}</code></p>
  </div>`;
}

function personLine(visit: Visit, person: Person, providers: PeopleData['providers']): Html {
  const { id, name, mail, role, since, logins } = person;
  const { view, who } = visit;
  const { people: words, ...common } = messagesIn(view.locale.language);
  const isSelf = id === who.person.id;
  return html`<li>
    <h2>${name} ${isSelf && words.you}</h2>
    <p class="aside">${mail} · ${common.roles[role]} · ${words.since} ${view.locale.day(since)}</p>
    ${logins.length > 0 && html`<p class="aside">${logins.map((login) => loginName(login, providers)).join(' · ')}</p>`}
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
