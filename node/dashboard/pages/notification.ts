import { patterns, type CoarNotification } from '../../../protocols/coar-notify/index.ts';
import { may } from '../../accounts/index.ts';
import { html, join, outsideLink, type Html, type HtmlValue } from '../../http/index.ts';
import type { Conversation, StoredNotification } from '../../notifications/index.ts';
import type { Visit } from '../door.ts';
import { messagesIn } from '../messages/index.ts';
import { field, tick } from './field.ts';
import { dashboardLayout, formToken } from './layout.ts';
import { partyName, patternText, recordLinks, type Records } from './notifications.ts';

interface NotificationData {
  notification: StoredNotification;
  /** What it says, where it is of COAR Notify. */
  said: CoarNotification | undefined;
  /** JSON-LD, as it came or goes. */
  body: string;
  conversation: Conversation | undefined;
  records: Records;
}

/** One notification: who says what of which record, how it stands, and what can be done with it. */
export function notificationPage(visit: Visit, data: NotificationData): string {
  const { view, who } = visit;
  const { notifications: words } = messagesIn(view.locale.language);
  const { notification, body, conversation } = data;
  const title = patternText(visit, notification);
  const main = html`<p class="kicker">
      <a href="${view.link('/dashboard/notifications')}">${words.title}</a>
    </p>
    <h1>${title}</h1>
    <dl class="details">
      ${factsOf(visit, data).map(
        ([label, value]) =>
          html`<div>
            <dt>${label}</dt>
            <dd dir="auto">${value}</dd>
          </div>`,
      )}
    </dl>
    ${may(who.person.role, 'decide') && acts(visit, notification)}
    ${conversation !== undefined && conversationList(visit, conversation)}
    <details>
      <summary>${words.payload}</summary>
      <pre class="scroll" tabindex="0" role="region" aria-label="${words.payload}"><code>${body}</code></pre>
    </details>`;
  return dashboardLayout(view, who, { title, main });
}

function factsOf(visit: Visit, { notification, said, records }: NotificationData): [string, HtmlValue][] {
  const { view } = visit;
  const { notifications: words } = messagesIn(view.locale.language);
  const { party, at, state, why, summary, note, complaint, delivery, direction } = notification;
  const whose = party?.service === undefined ? direction === 'received' && words.unknown : party.id;
  const resource = said !== undefined && isAnnounced(said) ? said.object : undefined;
  const facts: [string, HtmlValue][] = [
    [words.who, html`${partyName(visit, party)} <span class="aside">${whose}</span>`],
    [words.record, recordLinks(visit, notification, records)],
    [words.resource, resource && outsideLink(resource.id, resource.name ?? resource.id)],
    [words.relationship, resource?.triple && tripleText(resource.triple)],
    [words.summary, summary],
    [words.when, view.locale.minute(at)],
    [
      words.state,
      html`<strong>${words.states[state]}</strong> <span class="aside">${words.whys[why] ?? why}</span>`,
    ],
    [words.note, note],
    [words.complaint, complaint],
  ];
  if (delivery !== undefined && state !== 'delivered') {
    const { attempts, next, error } = delivery;
    const told = [
      words.attempts(view.locale.number(attempts)),
      ...(next === undefined ? [] : [words.nextAttempt(view.locale.minute(next))]),
      ...(error === undefined
        ? []
        : [html`<span lang="en">${error.message}</span> <code>${error.code}</code>`]),
    ];
    facts.push([words.states[state], join(told, ' · ')]);
  }
  return facts.filter(([, value]) => value !== undefined && value !== false);
}

function isAnnounced({ pattern }: CoarNotification): boolean {
  return patterns[pattern].role === 'announcement';
}

function tripleText({
  subject,
  relationship,
  object,
}: {
  subject: string;
  relationship: string;
  object: string;
}): Html {
  return html`${outsideLink(subject, subject)} <em>${relationship}</em> ${outsideLink(object, object)}`;
}

/** What can be done, as things stand. */
function acts(visit: Visit, notification: StoredNotification): HtmlValue {
  const { direction, state, pattern } = notification;
  const role = pattern === undefined ? undefined : patterns[pattern].role;
  if (direction === 'sent') {
    const isTakenBack = state !== 'failed' && (role === 'offer' || role === 'announcement');
    if (state !== 'failed' && !isTakenBack) return undefined;
    return state === 'failed' ? resendForm(visit, notification) : undoForm(visit, notification);
  }
  const mayAccept = state === 'waiting' || (role === 'announcement' && state === 'rejected');
  const mayReject = state === 'waiting' || (role === 'announcement' && state === 'accepted');
  if (!mayAccept && !mayReject) return undefined;
  const { notifications: words } = messagesIn(visit.view.locale.language);
  const kind = role === 'offer' || role === 'announcement' ? role : 'other';
  return html`<section aria-labelledby="decide">
    <h2 id="decide">${words.decide}</h2>
    <p>${words.acceptText[kind]}</p>
    ${mayAccept && acceptForm(visit, notification, kind)}
    ${mayReject && rejectForm(visit, notification, kind)}
  </section>`;
}

type Kind = 'offer' | 'announcement' | 'other';

function acceptForm(visit: Visit, notification: StoredNotification, kind: Kind): Html {
  const { notifications: words } = messagesIn(visit.view.locale.language);
  const needsRecord = kind === 'announcement' && notification.records.length === 0;
  return form(visit, notification, 'accept', [
    needsRecord &&
      field({
        id: 'record',
        label: words.whichRecord,
        hint: words.whichRecordHint,
        maxlength: 2_000,
        autocomplete: 'off',
      }),
    kind === 'offer' && tentatively(words.tentatively, 'accept'),
    html`<button>${words.accept}</button>`,
  ]);
}

function rejectForm(visit: Visit, notification: StoredNotification, kind: Kind): Html {
  const { notifications: words } = messagesIn(visit.view.locale.language);
  return form(visit, notification, 'reject', [
    field({ id: 'note', label: words.reason, maxlength: 1_000, autocomplete: 'off' }),
    kind === 'offer' && tentatively(words.tentatively, 'reject'),
    html`<button class="quiet">${words.reject}</button>`,
  ]);
}

function undoForm(visit: Visit, notification: StoredNotification): Html {
  const { notifications: words } = messagesIn(visit.view.locale.language);
  return form(visit, notification, 'undo', [
    html`<p>${words.undoText}</p>`,
    field({ id: 'note', label: words.reason, maxlength: 1_000, isRequired: false, autocomplete: 'off' }),
    html`<button class="quiet">${words.undo}</button>`,
  ]);
}

function resendForm(visit: Visit, notification: StoredNotification): Html {
  const { notifications: words } = messagesIn(visit.view.locale.language);
  return form(visit, notification, 'resend', [html`<button>${words.resend}</button>`]);
}

function form({ view, who }: Visit, { id }: StoredNotification, act: string, content: HtmlValue): Html {
  return html`<form
    class="sheet"
    method="post"
    action="${view.link(`/dashboard/notifications/${id}/${act}`)}"
  >
    ${formToken(who)}${content}
  </form>`;
}

function tentatively(label: string, act: string): Html {
  return tick({ id: `tentatively-${act}`, name: 'tentatively', label });
}

function conversationList(visit: Visit, { moves, party, side }: Conversation): Html {
  const { view } = visit;
  const { notifications: words } = messagesIn(view.locale.language);
  return html`<section aria-labelledby="conversation">
    <h2 id="conversation">${words.conversation}</h2>
    <p class="aside">${partyName(visit, party)}</p>
    <ol class="plain">
      ${moves.map(
        ({ pattern, by, notification, at }) =>
          html`<li>
            <a href="${view.link(`/dashboard/notifications/${notification}`)}">${words.patterns[pattern]}</a>
            <span class="aside">${by === side ? words.you : words.theOther}, ${view.locale.minute(at)}</span>
          </li>`,
      )}
    </ol>
  </section>`;
}
