import { facetNames, type FacetName, type Facets, type Filters } from '../../analysis/search/index.ts';
import type { Institutions } from '../peers/institutions.ts';
import { narrowedBy, searchParameters, withoutFilter, type SearchRequest } from '../search/request.ts';
import { typeLabel } from './coar-labels.ts';
import { html, type Html, type HtmlValue } from './html.ts';
import { licenceName } from './record-labels.ts';
import type { Query, View } from './view.ts';

interface FilteredSearch {
  request: SearchRequest;
  institutions: Pick<Institutions, 'of'>;
}

/** Values of a facet that are shown at once; the others behind a line of their own, up to so many. */
const SHOWN = 6;
const MOST_SHOWN = 60;
const OPEN: ReadonlySet<FacetName> = new Set(['type', 'year', 'access']);

/** The filters that are set, each a link that takes it away. */
export function chosenFilters(view: View, { request, institutions }: FilteredSearch): HtmlValue {
  const { found } = view.t;
  const { from, to, ...lists } = request.filters;
  const chosen: { facet: FacetName; value: string; label: string }[] = [];
  for (const facet of facetNames) {
    if (facet === 'year') {
      const span = spanText(from, to);
      if (span !== undefined) chosen.push({ facet, value: '', label: span });
    } else {
      for (const value of lists[facet] ?? [])
        chosen.push({ facet, value, label: valueLabel(view, institutions, facet, value) });
    }
  }
  if (chosen.length === 0) return undefined;
  return html`<nav class="chosen" aria-label="${found.filters}">
    <ul class="tags">
      ${chosen.map(({ facet, value, label }) => {
        const text = `${found.facets[facet]}: ${label}`;
        return html`<li>
          <a href="${addressOf(view, request, withoutFilter(facet, value, request))}"
            >${text} <span aria-hidden="true">×</span><span class="unseen"> ${found.takeAway}</span></a
          >
        </li>`;
      })}
      ${chosen.length > 1 && html`<li><a href="${addressOf(view, request, {})}">${found.takeAllAway}</a></li>`}
    </ul>
  </nav>`;
}

/** By what the results can be narrowed: links, which need no script, in parts that open and close. */
export function facetPanel(view: View, data: FilteredSearch & { facets: Facets }): Html {
  const { found } = view.t;
  return html`<section id="narrow" class="facets" aria-labelledby="narrow-title" tabindex="-1">
    <h2 id="narrow-title">${found.narrow}</h2>
    ${facetNames.map((facet) => facetPart(view, data, facet))}
  </section>`;
}

function facetPart(view: View, data: FilteredSearch & { facets: Facets }, facet: FacetName): HtmlValue {
  const { request, facets } = data;
  const isSet =
    facet === 'year'
      ? request.filters.from !== undefined || request.filters.to !== undefined
      : request.filters[facet] !== undefined;
  const counted = facets[facet];
  if (counted.length < 2 && !isSet) return undefined;
  const values = facet === 'year' ? counted.toSorted((a, b) => b.value.localeCompare(a.value)) : counted;
  const rest = values.slice(SHOWN, MOST_SHOWN);
  const list = (some: Facets[FacetName]): Html =>
    html`<ul class="plain">
      ${some.map((one) => valueLink(view, data, facet, one))}
    </ul>`;
  return html`<details ${(isSet || OPEN.has(facet)) && html` open`}>
    <summary>${view.t.found.facets[facet]}</summary>
    ${facet === 'year' && yearForm(view, request)} ${list(values.slice(0, SHOWN))}
    ${
      rest.length > 0 &&
      html`<details class="rest">
        <summary>${view.t.found.moreValues(rest.length)}</summary>
        ${list(rest)}
      </details>`
    }
  </details>`;
}

function valueLink(
  view: View,
  { request, institutions }: FilteredSearch,
  facet: FacetName,
  { value, count }: { value: string; count: number },
): Html {
  const { from, to } = request.filters;
  const isChosen =
    facet === 'year' ? from === to && String(from) === value : (request.filters[facet] ?? []).includes(value);
  const filters = isChosen ? withoutFilter(facet, value, request) : narrowedBy(facet, value, request);
  const label = valueLabel(view, institutions, facet, value);
  return html`<li>
    <a href="${addressOf(view, request, filters)}" rel="nofollow" ${isChosen && html` aria-current="true"`}
      >${label}${isChosen && html`<span class="unseen"> ${view.t.found.takeAway}</span>`}</a
    >
    <span class="count">${view.locale.number(count)}</span>
  </li>`;
}

/** A span of years, for which links would be too many. */
function yearForm(view: View, request: SearchRequest): Html {
  const { found } = view.t;
  const { from, to } = request.filters;
  const field = (name: 'from' | 'to', value: number | undefined): Html =>
    html`<label
      >${found[name]}
      <input
        type="text"
        inputmode="numeric"
        pattern="[0-9]{4}"
        maxlength="4"
        name="${name}"
        value="${value ?? ''}"
      />
    </label>`;
  return html`<form class="years" action="${view.action('/search')}" method="get">
    ${hiddenFields({ ...searchParameters(request), from: undefined, to: undefined, lang: view.chosen })}
    ${field('from', from)} ${field('to', to)}
    <button type="submit">${view.t.listing.filter}</button>
  </form>`;
}

/** What is to stay of a search when a form changes something of it. */
export function hiddenFields(query: Query): Html[] {
  return Object.entries(query).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const values = typeof value === 'object' ? value : [value];
    return values.map((one) => html`<input type="hidden" name="${name}" value="${one}" />`);
  });
}

function addressOf(view: View, request: SearchRequest, filters: Filters): string {
  return view.link('/search', searchParameters({ ...request, filters }));
}

function valueLabel(
  view: View,
  institutions: Pick<Institutions, 'of'>,
  facet: FacetName,
  value: string,
): string {
  if (facet === 'origin') return institutions.of(value).name;
  if (facet === 'type') return typeLabel(view, value) ?? view.t.found.otherType;
  if (facet === 'access') return isRight(view, value) ? view.t.access[value] : value;
  if (facet === 'language') return capital(view, view.locale.languageName(value));
  if (facet === 'licence') return licenceName(value);
  return value;
}

function isRight({ t }: View, value: string): value is keyof View['t']['access'] {
  return Object.hasOwn(t.access, value);
}

/** Alone on its line, in languages too that write names of languages small. */
function capital({ locale }: View, text: string): string {
  return text.charAt(0).toLocaleUpperCase(locale.language) + text.slice(1);
}

function spanText(from: number | undefined, to: number | undefined): string | undefined {
  if (from === undefined && to === undefined) return undefined;
  if (from === to) return String(from);
  return `${from ?? ''}–${to ?? ''}`;
}
