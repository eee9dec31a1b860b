import type { Institution } from '../institutions.ts';
import { html, type Html, type HtmlValue } from './html.ts';
import { layout, searchForm } from './layout.ts';
import { pagination } from './pagination.ts';
import { recordLine, type HeldItem } from './record-line.ts';
import type { View } from './view.ts';

/** One work that was found: its best record, and its other copies. */
export interface FoundWork {
  best: HeldItem;
  copies: readonly HeldItem[];
}

export interface SearchData {
  query: string | undefined;
  origin: string | undefined;
  institutions: readonly Institution[];
  page: number;
  /** How many records match. */
  total: number;
  works: readonly FoundWork[];
  hasMore: boolean;
  /** Whether there would be more, but not so deep. */
  isCutOff: boolean;
}

/** Search: the form, and one row a work with its copies under it. */
export function searchPage(view: View, data: SearchData): string {
  const { found } = view.t;
  const { query } = data;
  const title = query === undefined ? found.title : found.titleFor(query);
  const main = html` <h1>${title}</h1>
    ${searchForm(view, { id: 'q', className: 'large', ...(query === undefined ? {} : { query }), fields: institutionField(view, data) })}
    ${query === undefined ? html`<p>${found.start}</p>` : results(view, data, query)}`;
  return layout(view, { title, main, hasData: query !== undefined, isIndexed: false, hasSearch: true });
}

function results(view: View, data: SearchData, query: string): Html {
  const { found } = view.t;
  if (data.works.length === 0) {
    return html`<p role="status">${found.nothing(query)}</p>
      <p>${found.hints}</p>`;
  }
  return html`<p role="status">${found.count(data.total)}</p>
    <h2 class="unseen">${view.t.records}</h2>
    <ol class="records">
      ${data.works.map(({ best, copies }) => recordLine(view, best, { copies }))}
    </ol>
    ${data.isCutOff && html`<p>${found.tooFar}</p>`} ${pages(view, data)}`;
}

function pages(view: View, { page, hasMore }: SearchData): HtmlValue {
  const { t } = view;
  return pagination(view, {
    ...(page === 1 ? {} : { previous: { address: view.here({ page: page - 1 }), label: t.previous } }),
    here: t.found.page(page),
    ...(hasMore ? { next: { address: view.here({ page: page + 1 }), label: t.next } } : {}),
  });
}

function institutionField(view: View, { institutions, origin }: SearchData): HtmlValue {
  if (institutions.length < 2) return undefined;
  return html`<div class="filter">
    <label for="origin">${view.t.found.institution}</label>
    <select id="origin" name="origin">
      ${institutionOptions(view, institutions, origin)}
    </select>
  </div>`;
}

/** The choice of an institution, with an empty one for all. */
export function institutionOptions(
  view: View,
  institutions: readonly Institution[],
  chosen: string | undefined,
): Html {
  return html`<option value="">${view.t.found.everyInstitution}</option>
    ${institutions.map(({ node, name }) => html`<option value="${node}" ${node === chosen && html` selected`}>${name}</option>`)}`;
}
