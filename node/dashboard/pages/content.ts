import { isTombstone } from '../../../vocab/record.ts';
import { may } from '../../accounts/index.ts';
import {
  CONTENT_STATES,
  contentStateOf,
  TEXT_STATES,
  textStateOf,
  type ContentItem,
  type ContentOrder,
  type ContentState,
  type TextState,
} from '../../content/index.ts';
import { html, titleText, type Html } from '../../http/index.ts';
import type { Visit } from '../door.ts';
import { messagesIn } from '../messages/index.ts';
import { choice } from './field.ts';
import { dashboardLayout, formToken } from './layout.ts';

export const CONTENT_ACTS = ['withdraw', 'reinstate', 'harvest'] as const;
export type ContentAct = (typeof CONTENT_ACTS)[number];

/** What the list shows, as its address says it. */
export interface ContentChoice {
  q: string;
  state?: ContentState | undefined;
  text?: TextState | undefined;
  order?: ContentOrder | undefined;
  turned?: boolean | undefined;
}

interface ContentData {
  items: readonly ContentItem[];
  choice: ContentChoice;
  total: number;
  isCut: boolean;
  isFirst: boolean;
  /** Where the next page begins. */
  next: string | undefined;
  /** What was done on the page before, and to how many. */
  done?: { act: ContentAct; records: number; record?: string | undefined } | undefined;
}

/** Every record of the institution: found, looked at, withdrawn, brought back and harvested anew. */
export function contentPage(visit: Visit, data: ContentData): string {
  const { view, who } = visit;
  const { content: words } = messagesIn(view.locale.language);
  const { items, total, isCut, isFirst, next, done } = data;
  const asked = parametersOf(data.choice);
  const main = html`<h1>${words.title}</h1>
    <p class="lede">${words.text}</p>
    ${done !== undefined && doneLine(visit, done)} ${filterForm(visit, data.choice)}
    <p>
      ${words.count(view.locale.number(total))} ${isCut && `${words.cut} `}
      ${may(who.person.role, 'export') && html`<a href="${view.link('/dashboard/records.csv', asked)}">${words.csv}</a>`}
    </p>
    ${items.length === 0 ? html`<p>${words.none}</p>` : contentForm(visit, data)}
    <p>
      ${!isFirst && html`<a href="${view.link('/dashboard/records', asked)}">${words.first}</a> `}
      ${
        next !== undefined &&
        html`<a rel="next" href="${view.link('/dashboard/records', { ...asked, after: next })}"
          >${words.next}</a
        >`
      }
    </p>`;
  return dashboardLayout(view, who, { title: words.title, main });
}

/** What was done; of one record that was withdrawn, with the way to see whether others have heard. */
function doneLine({ view }: Visit, { act, records, record }: NonNullable<ContentData['done']>): Html {
  const { content: words } = messagesIn(view.locale.language);
  return html`<p role="status">
    ${words.done[act](view.locale.number(records))}
    ${record !== undefined && html`<a href="${view.link(`/dashboard/records/${record}/elsewhere`)}">${words.elsewhere}</a>`}
  </p>`;
}

/** As they stand in an address. */
export function parametersOf({
  q,
  state,
  text,
  order,
  turned = false,
}: ContentChoice): Record<string, string> {
  return {
    ...(q !== '' && { q }),
    ...(state !== undefined && { state }),
    ...(text !== undefined && { text }),
    ...(order !== undefined && { order }),
    ...(turned && { turned: 'true' }),
  };
}

function filterForm({ view }: Visit, { q, state, text }: ContentChoice): Html {
  const { content: words } = messagesIn(view.locale.language);
  const all = { value: '', label: words.all };
  return html`<form class="acts" role="search" method="get" action="${view.action('/dashboard/records')}">
    <label for="q">${words.search}</label>
    <input type="search" id="q" name="q" value="${q}" maxlength="300" aria-describedby="q-hint" />
    ${choice(
      { name: 'state', label: words.state },
      [all, ...CONTENT_STATES.map((value) => ({ value, label: words.states[value] }))],
      state ?? '',
    )}
    ${choice(
      { name: 'text', label: words.fullText },
      [all, ...TEXT_STATES.map((value) => ({ value, label: words.texts[value] }))],
      text ?? '',
    )}
    ${view.chosen !== undefined && html`<input type="hidden" name="lang" value="${view.chosen}" />`}
    <button>${words.show}</button>
    <span class="aside" id="q-hint">${words.hint}</span>
  </form>`;
}

function contentForm(visit: Visit, data: ContentData): Html {
  const { view, who } = visit;
  const { content: words } = messagesIn(view.locale.language);
  const columns: readonly { label: string; order?: ContentOrder }[] = [
    { label: words.record, order: 'title' },
    { label: words.published, order: 'published' },
    { label: words.changed, order: 'changed' },
    { label: words.access },
    { label: words.fullText },
    { label: words.copies },
  ];
  return html`<form method="post" action="${view.link('/dashboard/records/harvest')}">
    ${formToken(who)}
    ${Object.entries(parametersOf(data.choice)).map(
      ([name, value]) => html`<input type="hidden" name="list-${name}" value="${value}" />`,
    )}
    <div class="scroll" tabindex="0" role="region" aria-label="${words.title}">
      <table>
        <thead>
          <tr>
            ${columns.map(({ label, order }) => columnHead(visit, data.choice, label, order))}
          </tr>
        </thead>
        <tbody>
          ${data.items.map((item) => contentRow(visit, item))}
        </tbody>
      </table>
    </div>
    ${acts(visit)}
  </form>`;
}

/** The head of a column by which the list can be ordered leads to that order, and then to the same turned round. */
function columnHead({ view }: Visit, asked: ContentChoice, label: string, order?: ContentOrder): Html {
  if (order === undefined) return html`<th scope="col">${label}</th>`;
  const { content: words } = messagesIn(view.locale.language);
  const { q, turned = false } = asked;
  const isOrder = order === (asked.order ?? (q === '' ? 'changed' : undefined));
  const isUp = (order === 'title') !== turned;
  const to = parametersOf({ ...asked, order, turned: isOrder && !turned });
  return html`<th scope="col" ${isOrder && html`aria-sort="${isUp ? 'ascending' : 'descending'}"`}>
    <a href="${view.link('/dashboard/records', to)}" title="${words.orderBy(label)}"
      >${label}${isOrder && html`<span aria-hidden="true">${isUp ? ' ▲' : ' ▼'}</span>`}</a
    >
  </th>`;
}

function contentRow(visit: Visit, { key, holding, copies }: ContentItem): Html {
  const { view, who } = visit;
  const { content: words } = messagesIn(view.locale.language);
  const mayAct = may(who.person.role, 'withdraw');
  const title = titleText(view, holding);
  const isGone = isTombstone(holding);
  return html`<tr>
    <th scope="row">
      ${mayAct && html`<input type="checkbox" name="record" value="${key}" aria-label="${words.choose(title)}" /> `}
      <a href="${view.link(`/records/${key}`)}">${title}</a>
      <span class="aside"
        >${
          isGone
            ? ''
            : holding.creators
                .slice(0, 3)
                .map(({ name }) => name)
                .join('; ')
        }</span
      >
      <span class="aside"><code>${holding.oaiIdentifier}</code></span>
    </th>
    <td>${isGone ? '' : holding.published}</td>
    <td>${view.locale.day(Date.parse(holding.datestamp))}</td>
    <td>${words.states[contentStateOf(holding)]}</td>
    <td>${isGone ? '' : words.texts[textStateOf(holding)]}</td>
    <td>
      ${copies > 0 && `${view.locale.number(copies)} `}
      ${isGone && html`<a href="${view.link(`/dashboard/records/${key}/elsewhere`)}">${words.elsewhere}</a>`}
    </td>
  </tr>`;
}

function acts({ view, who }: Visit): Html | false {
  const { content: words } = messagesIn(view.locale.language);
  const { role } = who.person;
  if (!may(role, 'withdraw')) return false;
  return html`<fieldset>
    <legend>${words.chosen}</legend>
    <div class="acts">
      <label for="reason">${words.reason}</label>
      <input type="text" id="reason" name="reason" maxlength="1000" />
      <button formaction="${view.link('/dashboard/records/withdraw')}">${words.withdraw}</button>
      <button class="quiet" formaction="${view.link('/dashboard/records/reinstate')}">
        ${words.reinstate}
      </button>
      <button class="quiet" formaction="${view.link('/dashboard/records/harvest')}">${words.harvest}</button>
    </div>
  </fieldset>`;
}
