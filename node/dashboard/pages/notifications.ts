import { may } from '../../accounts/index.ts';
import { html, pagination, titleText, type HeldItem, type Html } from '../../http/index.ts';
import { REQUESTS, type Party, type Service, type StoredNotification } from '../../notifications/index.ts';
import type { Visit } from '../door.ts';
import { messagesIn, type DashboardMessages } from '../messages/index.ts';
import { choice, field } from './field.ts';
import { dashboardLayout, formToken } from './layout.ts';

/** Which notifications are listed, in the order of the form. */
export const LISTS = [
  'waiting',
  'received',
  'accepted',
  'rejected',
  'undone',
  'sent',
  'pending',
  'delivered',
  'failed',
  'all',
] as const satisfies readonly (keyof DashboardMessages['notifications']['lists'])[];
type NotificationList = (typeof LISTS)[number];

/** The records that notifications are about, by key. */
export type Records = ReadonlyMap<string, HeldItem>;

interface NotificationsData {
  list: NotificationList;
  notifications: readonly StoredNotification[];
  records: Records;
  services: readonly Pick<Service, 'name'>[];
  /** After which the next page begins. */
  next: string | undefined;
}

/** What came in by the inbox and what went out, the newest first. */
export function notificationsPage(visit: Visit, data: NotificationsData): string {
  const { view, who } = visit;
  const { notifications: words } = messagesIn(view.locale.language);
  const { list, notifications, records, services, next } = data;
  const main = html`<h1>${words.title}</h1>
    <p class="lede">${words.text}</p>
    <form class="acts" method="get" action="${view.action('/dashboard/notifications')}">
      ${choice(
        { name: 'list', label: words.list },
        LISTS.map((one) => ({ value: one, label: words.lists[one] })),
        list,
      )}
      ${view.chosen !== undefined && html`<input type="hidden" name="lang" value="${view.chosen}" />`}
      <button>${words.show}</button>
    </form>
    ${
      notifications.length === 0
        ? html`<p>${words.none}</p>`
        : html`<ul class="plain people">
            ${notifications.map((one) => notificationLine(visit, one, records))}
          </ul>`
    }
    ${pagination(view, next === undefined ? {} : { next: { address: view.here({ before: next }), label: words.next } })}
    ${services.length > 0 && may(who.person.role, 'decide') && requestForm(visit, services)}`;
  return dashboardLayout(view, who, { title: words.title, main });
}

function notificationLine({ view }: Visit, one: StoredNotification, records: Records): Html {
  const { notifications: words } = messagesIn(view.locale.language);
  const { id, direction, at, state, why, summary, party } = one;
  const name = partyName({ view }, party);
  return html`<li>
    <h2><a href="${view.link(`/dashboard/notifications/${id}`)}">${patternText({ view }, one)}</a></h2>
    <p class="aside">
      ${direction === 'received' ? words.from(name) : words.to(name)} ·
      <time datetime="${new Date(at).toISOString()}">${view.locale.minute(at)}</time>
    </p>
    <p>${recordLinks({ view }, one, records)}</p>
    ${summary !== undefined && html`<p dir="auto">“${summary}”</p>`}
    <p><strong>${words.states[state]}</strong> <span class="aside">${words.whys[why] ?? why}</span></p>
  </li>`;
}

/** What a notification says, by its pattern. */
export function patternText({ view }: Pick<Visit, 'view'>, { pattern }: StoredNotification): string {
  const { notifications: words } = messagesIn(view.locale.language);
  return pattern === undefined ? words.otherPattern : words.patterns[pattern];
}

/** Who is at the other side: by the name in the configuration, else as it calls itself. */
export function partyName({ view }: Pick<Visit, 'view'>, party: Party | undefined): string {
  const { notifications: words } = messagesIn(view.locale.language);
  if (party === undefined) return words.nobody;
  const { service, name, id } = party;
  return service ?? (name === undefined ? id : `${name} (${id})`);
}

/** The own records that a notification is about. */
export function recordLinks(
  { view }: Pick<Visit, 'view'>,
  { records: keys, about }: StoredNotification,
  records: Records,
): Html {
  const { notifications: words } = messagesIn(view.locale.language);
  if (keys.length === 0)
    return html`<span class="aside">${words.noRecord}${about !== undefined && html`: ${about}`}</span>`;
  return html`${keys.map((key, i) => {
    const item = records.get(key);
    const title = item === undefined ? key : titleText(view, item.holding);
    return html`${i > 0 && '; '}<a href="${view.link(`/records/${key}`)}">${title}</a>`;
  })}`;
}

/** Asks a service that is configured for a review or an endorsement of an own record. */
function requestForm({ view, who }: Visit, services: readonly Pick<Service, 'name'>[]): Html {
  const { notifications: words } = messagesIn(view.locale.language);
  return html`<section aria-labelledby="ask">
    <h2 id="ask">${words.ask}</h2>
    <p>${words.askText}</p>
    <form class="sheet" method="post" action="${view.link('/dashboard/notifications')}">
      ${formToken(who)}
      <p class="form-field">
        ${choice(
          { name: 'pattern', label: words.pattern },
          REQUESTS.map((pattern) => ({ value: pattern, label: words.patterns[pattern] })),
          REQUESTS[0],
        )}
      </p>
      <p class="form-field">
        ${choice(
          { name: 'service', label: words.service },
          services.map(({ name }) => ({ value: name, label: name })),
          services[0]?.name ?? '',
        )}
      </p>
      ${field({
        id: 'record',
        label: words.record,
        hint: words.whichRecordHint,
        maxlength: 2_000,
        autocomplete: 'off',
      })}
      <button>${words.send}</button>
    </form>
  </section>`;
}
