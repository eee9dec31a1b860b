import { isTombstone, type Holding } from '../../../vocab/record.ts';
import { may } from '../../accounts/index.ts';
import { html, titleText, type Html } from '../../http/index.ts';
import type { Visit } from '../door.ts';
import { messagesIn } from '../messages/index.ts';
import { choice } from './field.ts';
import { dashboardLayout, formToken } from './layout.ts';

export const CONTENT_STATES = ['all', 'open', 'embargoed', 'restricted', 'metadata-only'] as const;
export type ContentState = (typeof CONTENT_STATES)[number];

export interface ContentItem {
  key: string;
  holding: Holding;
  /** How many copies other institutions have. */
  copies: number;
}

export interface ContentData {
  items: readonly ContentItem[];
  query: string;
  state: ContentState;
  total: number | undefined;
  /** Parameters of the next page. */
  next: { after?: string; page?: number } | undefined;
}

/** Every record of the institution: found, looked at, withdrawn, brought back and harvested anew. */
export function contentPage(visit: Visit, data: ContentData): string {
  const { view, who } = visit;
  const { content: words } = messagesIn(view.locale.language);
  const { items, query, state, total, next } = data;
  const main = html`<h1>${words.title}</h1>
    <p class="lede">${words.text}</p>
    <form class="acts" role="search" method="get" action="${view.action('/dashboard/records')}">
      <label for="q">${words.search}</label>
      <input type="search" id="q" name="q" value="${query}" maxlength="300" />
      ${choice(
        { name: 'state', label: words.state },
        CONTENT_STATES.map((one) => ({ value: one, label: words.states[one] })),
        state,
      )}
      ${view.chosen !== undefined && html`<input type="hidden" name="lang" value="${view.chosen}" />`}
      <button>${words.show}</button>
    </form>
    <p>
      ${total !== undefined && html`${words.count(view.locale.number(total))} `}
      ${may(who.person.role, 'export') && html`<a href="${view.link('/dashboard/records.csv', filtersOf(data))}">${words.csv}</a>`}
    </p>
    ${items.length === 0 ? html`<p>${words.none}</p>` : contentForm(visit, items)}
    ${
      next !== undefined &&
      html`<p>
        <a rel="next" href="${view.link('/dashboard/records', { ...filtersOf(data), ...next })}"
          >${words.next}</a
        >
      </p>`
    }`;
  return dashboardLayout(view, who, { title: words.title, main });
}

function filtersOf({ query, state }: ContentData): { q?: string; state?: string } {
  return { ...(query !== '' && { q: query }), ...(state !== 'all' && { state }) };
}

function contentForm(visit: Visit, items: readonly ContentItem[]): Html {
  const { view, who } = visit;
  const { content: words } = messagesIn(view.locale.language);
  const columns = [words.record, words.changed, words.access, words.fullText, words.copies];
  return html`<form method="post" action="${view.link('/dashboard/records/harvest')}">
    ${formToken(who)}
    <div class="scroll" tabindex="0" role="region" aria-label="${words.title}">
      <table>
        <thead>
          <tr>
            ${columns.map((column) => html`<th scope="col">${column}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${items.map((item) => contentRow(visit, item))}
        </tbody>
      </table>
    </div>
    ${acts(visit)}
  </form>`;
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
    <td>${view.locale.day(Date.parse(holding.datestamp))}</td>
    <td>
      ${isGone ? words[holding.tombstone.kind] : words.states[holding.access?.right ?? 'metadata-only']}
    </td>
    <td>${isGone ? '' : words.texts[textStateOf(holding)]}</td>
    <td>${copies > 0 && view.locale.number(copies)}</td>
  </tr>`;
}

/** What is known of the full text: of several files, the best. */
export function textStateOf(
  holding: Exclude<Holding, { tombstone: unknown }>,
): 'read' | 'unread' | 'waiting' | 'none' {
  const files = holding.files.filter(({ withdrawn }) => withdrawn === undefined);
  if (files.length === 0) return 'none';
  if (files.some(({ text }) => text === 'extracted')) return 'read';
  return files.some(({ text }) => text === undefined) ? 'waiting' : 'unread';
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
