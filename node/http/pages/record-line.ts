import { isTombstone, type Record as NgrRecord } from '../../../vocab/record.ts';
import { snippet, type Highlighter } from '../../analysis/search/index.ts';
import type { Institution } from '../peers/institutions.ts';
import type { HeldItem } from '../records/held-items.ts';
import { typeLabel } from './coar-labels.ts';
import { pieces } from './highlighted.ts';
import { html, join, type Html, type HtmlValue } from './html.ts';
import { langOf } from './languages.ts';
import { accessLabel, authorsLine, sourceLine, titleHtml } from './record-labels.ts';
import type { View } from './view.ts';

interface LineOptions {
  /** Other holdings of the same work, to be named beside the holder. */
  copies?: readonly HeldItem[];
  /** How many copies more there are, and the work where they all are. */
  moreCopies?: { work: string; count: number };
  /** Whether the holder goes without saying. */
  isHolderKnown?: boolean;
  /** Shows the words that were searched for, in the title and in a snippet of the abstract. */
  highlight?: Highlighter;
  /** What comes last. */
  below?: HtmlValue;
}

/** One record in a list: title, authors, where and when it was published, who holds it. */
export function recordLine(view: View, item: HeldItem, options: LineOptions = {}): Html {
  const { holding, institution } = item;
  const { isHolderKnown = false, highlight, below } = options;
  const gone = isTombstone(holding) ? view.t.gone[holding.tombstone.kind] : undefined;
  return html`<li class="record${gone !== undefined && ' gone'}">
    <h3><a href="${view.link(`/records/${item.key}`)}">${titleHtml(view, holding, highlight)}</a></h3>
    ${isTombstone(holding) ? html`<p class="badges"><span class="badge gone">${gone}</span></p>` : recordText(view, holding, highlight)}
    ${!isHolderKnown && html`<p class="holder">${holderLink(view, institution)}${copyLinks(view, item, options)}</p>`}
    ${below}
  </li>`;
}

function copyLinks(
  view: View,
  { holding: own }: HeldItem,
  { copies = [], moreCopies: more }: LineOptions,
): HtmlValue {
  if (copies.length === 0) return undefined;
  const links = copies.map(
    ({ key, holding, institution }) =>
      html`<a href="${view.link(`/records/${key}`)}"
        >${holding.node === own.node ? view.t.record.anotherHere : institution.name}</a
      >`,
  );
  if (more !== undefined)
    links.push(
      html`<a href="${view.link(`/works/${more.work}`)}">${view.t.found.moreValues(more.count)}</a>`,
    );
  return html` · ${view.t.found.alsoAt} ${join(links, ', ')}`;
}

function recordText(view: View, record: NgrRecord, highlight: Highlighter | undefined): Html {
  const source = sourceLine(view, record);
  const facts = [
    ...(record.published === undefined ? [] : [view.locale.date(record.published)]),
    ...(source === undefined ? [] : [source]),
  ];
  return html` ${record.creators.length > 0 && html`<p class="authors">${authorsLine(view, record.creators)}</p>`}
  ${facts.length > 0 && html`<p class="facts">${join(facts, ' · ')}</p>`}
  ${highlight !== undefined && snippetLine(view, record, highlight)} ${badges(view, record)}`;
}

const SNIPPET = 240;
const LONGEST_ABSTRACT = 20_000;

/** Where the words stand in the first abstract that has any. */
function snippetLine(view: View, { abstracts }: NgrRecord, highlight: Highlighter): HtmlValue {
  for (const { value, language } of abstracts.slice(0, 4)) {
    const found = snippet(value.slice(0, LONGEST_ABSTRACT), highlight, SNIPPET);
    if (found.some(({ isHit }) => isHit))
      return html`<p class="snippet" ${langOf(view, language)}>${pieces(found)}</p>`;
  }
  return undefined;
}

/** Type and access right of a record, as small labels. */
export function badges(view: View, record: NgrRecord): HtmlValue {
  const type = typeLabel(view, record.type);
  const access = accessLabel(view, record);
  if (type === undefined && access === undefined) return undefined;
  return html`<p class="badges">
    ${type !== undefined && html`<span class="badge">${type}</span> `}
    ${access !== undefined && html`<span class="badge ${record.access?.right}">${access}</span>`}
  </p>`;
}

/** The institution, which leads to all its records here. */
export function holderLink(view: View, institution: Institution): Html {
  const address = view.link('/records', { origin: institution.node });
  return html`<a href="${address}">${institution.name}</a>`;
}
