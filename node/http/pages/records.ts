import type { Institution } from '../peers/institutions.ts';
import type { HeldItem } from '../records/held-items.ts';
import { html, type Html, type HtmlValue } from './html.ts';
import { layout } from './layout.ts';
import { pagination } from './pagination.ts';
import { recordLine } from './record-line.ts';
import type { View } from './view.ts';

interface RecordsData {
  items: readonly HeldItem[];
  /** The one institution whose records are listed, or all. */
  origin: Institution | undefined;
  institutions: readonly Institution[];
  /** Where the next page begins, if there is one. */
  next: string | undefined;
  /** Where the page before ends; undefined on the first. */
  prev: string | undefined;
}

/** All records, or those of one institution, newest change first. */
export function recordsPage(view: View, data: RecordsData): string {
  const { t } = view;
  const title = data.origin === undefined ? t.listing.title : t.listing.titleOf(data.origin.name);
  const main = html` <h1>${title}</h1>
    <p>${t.listing.text}</p>
    ${filter(view, data)}
    ${
      data.items.length === 0
        ? html`<p>${t.listing.none}</p>`
        : html`<h2 class="unseen">${t.records}</h2>
            <ul class="records">
              ${data.items.map((item) => recordLine(view, item, { isHolderKnown: data.origin !== undefined }))}
            </ul>`
    }
    ${pagination(view, {
      ...(data.prev === undefined
        ? {}
        : { previous: { address: view.here({ before: undefined, after: data.prev }), label: t.newer } }),
      ...(data.next === undefined
        ? {}
        : { next: { address: view.here({ before: data.next, after: undefined }), label: t.older } }),
    })}`;
  return layout(view, { title, main, hasData: true, isIndexed: data.prev === undefined });
}

function filter(view: View, { institutions, origin }: RecordsData): HtmlValue {
  if (institutions.length < 2) return undefined;
  return html`<form class="filter" action="${view.action('/records')}" method="get">
    <label for="origin">${view.t.found.institution}</label>
    <select id="origin" name="origin">
      ${institutionOptions(view, institutions, origin?.node)}
    </select>
    ${view.chosen !== undefined && html`<input type="hidden" name="lang" value="${view.chosen}" />`}
    <button type="submit">${view.t.listing.filter}</button>
  </form>`;
}

/** The choice of an institution, with an empty one for all. */
function institutionOptions(
  view: View,
  institutions: readonly Institution[],
  chosen: string | undefined,
): Html {
  return html`<option value="">${view.t.found.everyInstitution}</option>
    ${institutions.map(({ node, name }) => html`<option value="${node}" ${node === chosen && html` selected`}>${name}</option>`)}`;
}
