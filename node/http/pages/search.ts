import { highlighter, type Facets, type Highlighter } from '../../analysis/search/index.ts';
import type { Institutions } from '../peers/institutions.ts';
import type { HeldItem } from '../records/held-items.ts';
import { searchParameters, type SearchRequest } from '../search/request.ts';
import { html, type Html, type HtmlValue } from './html.ts';
import { layout, searchForm } from './layout.ts';
import { pagination } from './pagination.ts';
import { recordLine } from './record-line.ts';
import { chosenFilters, facetPanel, hiddenFields } from './search-facets.ts';
import type { View } from './view.ts';

/** One work that was found: its best record, and the first of its other copies. */
interface FoundWork {
  best: HeldItem;
  others: readonly HeldItem[];
  moreCopies: number;
  work: string | undefined;
}

interface SearchData {
  request: SearchRequest;
  institutions: Pick<Institutions, 'of'>;
  /** How many records match. */
  total: number;
  works: readonly FoundWork[];
  facets: Facets | undefined;
  /** The query that was searched instead of the one that was asked. */
  corrected: string | undefined;
  /** The search was ended before it had seen all. */
  isCut: boolean;
  hasMore: boolean;
  /** Whether there would be more, but not so deep. */
  isCutOff: boolean;
}

/** Search: the form, one row a work with its copies under it, and by what the results can be narrowed. */
export function searchPage(view: View, data: SearchData): string {
  const { found } = view.t;
  const { query } = data.request;
  const title = query === undefined ? found.title : found.titleFor(query);
  const fields = html`${hiddenFields({ ...searchParameters(data.request), q: undefined, spelling: undefined })}`;
  const main = html` <h1>${title}</h1>
    ${searchForm(view, { id: 'q', className: 'large', ...(query !== undefined && { query }), fields })}
    ${syntax(view)} ${query === undefined ? html`<p>${found.start}</p>` : results(view, data, query)}`;
  return layout(view, { title, main, hasData: query !== undefined, isIndexed: false, hasSearch: true });
}

function results(view: View, data: SearchData, query: string): Html {
  const { found } = view.t;
  const { request, works, facets, corrected } = data;
  const filters = chosenFilters(view, data);
  const said = html`${corrected !== undefined && correctedLine(view, request, query, corrected)}
  ${data.isCut && html`<p role="status">${found.cut}</p>`}`;
  if (works.length === 0) {
    return html`${said}${filters}
      <p role="status">${found.nothing(query)}</p>
      <p>${found.hints}</p>`;
  }
  const highlight = highlighter(corrected ?? query);
  return html`${said}${filters}
    <div class="found">
      <div>
        <div class="above">
          <p role="status">${found.count(data.total)}</p>
          ${orderLinks(view, request)}
          ${facets !== undefined && html`<p class="narrow"><a href="#narrow">${found.narrow}</a></p>`}
        </div>
        <h2 class="unseen">${view.t.records}</h2>
        <ol class="records">
          ${works.map((found) => workLine(view, found, highlight))}
        </ol>
        ${data.isCutOff && html`<p>${found.tooFar}</p>`} ${pages(view, data)}
      </div>
      ${facets !== undefined && facetPanel(view, { ...data, facets })}
    </div>`;
}

function workLine(view: View, { best, others, moreCopies, work }: FoundWork, highlight: Highlighter): Html {
  const rest = moreCopies > 0 && work !== undefined && { work, count: moreCopies };
  return recordLine(view, best, { copies: others, ...(rest && { moreCopies: rest }), highlight });
}

/** Which words were taken for others, and the way back. */
function correctedLine(view: View, request: SearchRequest, query: string, corrected: string): Html {
  const { found } = view.t;
  const written = new Set(query.toLowerCase().split(/\s+/));
  const words = corrected
    .split(/(\s+)/)
    .map((word) =>
      written.has(word.toLowerCase()) || word.trim() === '' ? word : html`<strong>${word}</strong>`,
    );
  const address = view.link('/search', { ...searchParameters(request), spelling: 'as-written' });
  return html`<p class="corrected" role="status">
    ${found.corrected} <q>${words}</q>. <a href="${address}">${found.asWritten(query)}</a>
  </p>`;
}

function orderLinks(view: View, request: SearchRequest): Html {
  const { orders, order } = view.t.found;
  const links = (['relevance', 'newest', 'oldest'] as const).map((name) => {
    const address = view.link('/search', searchParameters({ ...request, order: name }));
    const current = name === request.order && html` aria-current="true"`;
    return html`<li><a href="${address}" ${current}>${orders[name]}</a></li>`;
  });
  return html`<nav class="order" aria-label="${order}">
    <ul>
      ${links}
    </ul>
  </nav>`;
}

function pages(view: View, { request: { page }, hasMore }: SearchData): HtmlValue {
  const { t } = view;
  return pagination(view, {
    ...(page === 1 ? {} : { previous: { address: view.here({ page: page - 1 }), label: t.previous } }),
    here: t.found.page(page),
    ...(hasMore ? { next: { address: view.here({ page: page + 1 }), label: t.next } } : {}),
  });
}

/** What a query can be made of, by examples. */
function syntax(view: View): Html {
  const { help, examples } = view.t.found;
  return html`<details class="syntax">
    <summary>${help}</summary>
    <dl>
      ${examples.map(
        ([query, meaning]) =>
          html`<div>
            <dt><code>${query}</code></dt>
            <dd>${meaning}</dd>
          </div>`,
      )}
    </dl>
  </details>`;
}
