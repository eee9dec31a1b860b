import type { Record as NgrRecord, Reference } from '../../../vocab/record.ts';
import type { CitationSums, CitedEntry, ListedWork } from '../citations/lists.ts';
import { html, join, type Html, type HtmlValue } from './html.ts';
import { layout } from './layout.ts';
import { pagination } from './pagination.ts';
import { identifierLink } from './record-facts.ts';
import { titleHtml, titleText } from './record-labels.ts';
import { recordLine } from './record-line.ts';
import type { View } from './view.ts';

/** What is known of the citations of a record or a work, all of it or the beginning. */
export interface CitationsData {
  /** Of the record or the work. */
  path: string;
  counts: CitationSums;
  /** Not there where the page is about the other list. */
  cites?: { entries: readonly CitedEntry[]; next?: string };
  citedBy?: { works: readonly ListedWork[]; next?: string };
}

/** All that a record or a work cites and that cites it, a page of each. */
export function citationsPage(
  view: View,
  data: CitationsData & { record: NgrRecord; isPart: boolean },
): string {
  const { t } = view;
  const { path, record, cites, citedBy } = data;
  const address = view.link(path);
  const main = html` <p class="kicker">${t.citations.title}</p>
    <h1><a href="${address}">${titleHtml(view, record)}</a></h1>
    ${cites !== undefined && referencesSection(view, data, nextPage(view, 'cites', cites.next))}
    ${citedBy !== undefined && citedBySection(view, data, nextPage(view, 'citedBy', citedBy.next))}
    ${
      isAnythingKnown(data) &&
      html`<p class="more">
        ${data.isPart && html`<a href="${view.link(`${path}/citations`)}">${t.citations.all}</a> · `}
        <a href="${view.here({ format: 'csv', direction: undefined, after: undefined, limit: undefined })}"
          >${t.citations.table}</a
        >
      </p>`
    }`;
  const title = `${t.citations.title}: ${titleText(view, record)}`;
  return layout(view, { title, main, hasData: true, isIndexed: false });
}

function nextPage(view: View, direction: 'cites' | 'citedBy', next: string | undefined): HtmlValue {
  if (next === undefined) return undefined;
  const address = view.here({ direction, after: `${direction}:${next}` });
  return pagination(view, { next: { address, label: view.t.next } });
}

/** Both lists, as parts of the record's own page: their beginnings, and the way to all of them, also as a table. */
export function citationSections(view: View, data: CitationsData): Html {
  const address = view.link(`${data.path}/citations`);
  return html`${referencesSection(view, data)} ${citedBySection(view, data)}
  ${isAnythingKnown(data) && html`<p class="more"><a href="${address}">${view.t.citations.all}</a></p>`}`;
}

const isAnythingKnown = ({ counts: { references, citedBy } }: CitationsData): boolean =>
  references + citedBy > 0;

function referencesSection(view: View, { counts, cites }: CitationsData, below?: HtmlValue): Html {
  const words = view.t.citations;
  const entries = cites?.entries ?? [];
  return html`<section aria-labelledby="references">
    <h2 id="references">${words.references}</h2>
    ${
      counts.references === 0
        ? html`<p>${words.noReferences}</p>`
        : html`<p class="aside">
              ${words.referenceCount(counts.references)} · ${words.heldCount(counts.cites)}
            </p>
            <ul class="references">
              ${entries.map((entry) => html`<li>${entryText(view, entry)}</li>`)}
            </ul>`
    }
    ${below}
  </section>`;
}

function citedBySection(view: View, { counts, citedBy }: CitationsData, below?: HtmlValue): Html {
  const words = view.t.citations;
  const works = citedBy?.works ?? [];
  return html`<section aria-labelledby="cited-by">
    <h2 id="cited-by">${words.citedBy}</h2>
    ${
      counts.citedBy === 0
        ? html`<p>${words.notCited}</p>`
        : html`<p class="aside">${words.citedByCount(counts.citedBy, counts.isMore)}</p>
            <ul class="records">
              ${works.map(({ best, copies }) => recordLine(view, best, { copies }))}
            </ul>`
    }
    ${below}
  </section>`;
}

/** The reference as it stands, and where the work is held, or can be looked for. */
function entryText(view: View, { reference, works }: CitedEntry): Html {
  const written = reference === undefined ? undefined : referenceText(reference);
  const held = works.map(({ best, copies }) => {
    const holders = [best, ...copies].map(
      ({ key, institution }) => html`<a href="${view.link(`/records/${key}`)}">${institution.name}</a>`,
    );
    return html`<p class="held">
      <a href="${view.link(`/records/${best.key}`)}">${titleHtml(view, best.holding)}</a>
      <span class="aside">${view.t.record.heldBy} ${join(holders, ', ')}</span>
    </p>`;
  });
  const elsewhere =
    works.length === 0 && reference?.identifier !== undefined && identifierLink(reference.identifier);
  return html`${written !== undefined && html`<p>${written}</p>`}${held}
  ${elsewhere !== false && html`<p class="aside">${elsewhere}</p>`}`;
}

/** What is only named by its identifier has no text, and its title from elsewhere or none. */
function referenceText({ text, title, year }: Reference): string | undefined {
  if (text !== '') return text;
  if (title === undefined) return undefined;
  return year === undefined ? title : `${title} (${year})`;
}
