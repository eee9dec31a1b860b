import { withWider } from '../../../../vocab/coar/index.ts';
import type { DocumentPage } from '../documents/document-table.ts';
import { LATEST_YEAR, yearOf, type FacetValues, type ValueFacet } from '../documents/facet-values.ts';
import { facetNames, type FacetCount, type FacetName, type Facets, type Filters } from '../search-query.ts';

/** The number of a document's value in a facet; 0 for none. */
const numberIn: Readonly<Record<FacetName, (page: DocumentPage, slot: number) => number>> = {
  origin: ({ owners }, slot) => (owners[slot] ?? 0) >>> 1,
  type: ({ types }, slot) => types[slot] ?? 0,
  year: ({ dates }, slot) => yearOf(dates[slot] ?? 0),
  access: ({ access }, slot) => access[slot] ?? 0,
  language: ({ languages }, slot) => languages[slot] ?? 0,
  licence: ({ licences }, slot) => licences[slot] ?? 0,
};

const NONE = -1;
const SEVERAL = -2;
/** Values of a facet that are told; years are all told. */
const MOST_VALUES = 100;

/** Which documents pass the filters of a search, and what the facets of those are. */
export class FacetFilter {
  readonly #values: FacetValues;
  /** By the place in `facetNames`: the numbers that pass, where there is a filter. */
  readonly #passing: (Uint8Array | undefined)[];
  readonly #counts: Uint32Array[] | undefined;

  constructor(values: FacetValues, filters: Filters, { isCounting }: { isCounting: boolean }) {
    this.#values = values;
    this.#passing = facetNames.map((facet) =>
      facet === 'year' ? yearsPassing(filters) : valuesPassing(values, facet, filters[facet]),
    );
    this.#counts = isCounting ? facetNames.map((facet) => new Uint32Array(sizeOf(values, facet))) : undefined;
  }

  /** Whether a document passes. It is counted in every facet, or in the one whose filter alone it does not pass. */
  take(page: DocumentPage, slot: number): boolean {
    const failing = this.#failing(page, slot);
    if (this.#counts !== undefined && failing !== SEVERAL) {
      if (failing === NONE) for (let i = 0; i < facetNames.length; i += 1) this.#count(i, page, slot);
      else this.#count(failing, page, slot);
    }
    return failing === NONE;
  }

  facets(): Facets | undefined {
    const counts = this.#counts;
    if (counts === undefined) return undefined;
    const of = (facet: FacetName): Facets[FacetName] => {
      const found: Facets[FacetName] = [];
      const numbers = counts[facetNames.indexOf(facet)] ?? [];
      for (let number = 1; number < numbers.length; number += 1) {
        const count = numbers[number] ?? 0;
        if (count === 0) continue;
        const value = facet === 'year' ? String(number) : this.#values.valueOf(facet, number);
        found.push({ value: value ?? '', count });
      }
      if (facet === 'type') addNarrower(found);
      const sorted = found.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
      return facet === 'year' ? sorted : sorted.slice(0, MOST_VALUES);
    };
    return {
      origin: of('origin'),
      type: of('type'),
      year: of('year'),
      access: of('access'),
      language: of('language'),
      licence: of('licence'),
    };
  }

  /** The place of the facet whose filter alone the document does not pass, or `NONE`, or `SEVERAL`. */
  #failing(page: DocumentPage, slot: number): number {
    let failing = NONE;
    for (let i = 0; i < facetNames.length; i += 1) {
      const passing = this.#passing[i];
      const facet = facetNames[i];
      if (passing === undefined || facet === undefined || passing[numberIn[facet](page, slot)] === 1)
        continue;
      if (failing !== NONE) return SEVERAL;
      failing = i;
    }
    return failing;
  }

  #count(i: number, page: DocumentPage, slot: number): void {
    const counts = this.#counts?.[i];
    const facet = facetNames[i];
    if (counts === undefined || facet === undefined) return;
    const number = numberIn[facet](page, slot);
    counts[number] = (counts[number] ?? 0) + 1;
  }
}

/** Each type counts what is of a narrower one, too, as its filter would find it. */
function addNarrower(types: FacetCount[]): void {
  const own = types.map(({ count }) => count);
  const places = new Map(types.map(({ value }, place) => [value, place]));
  for (const [place, { value }] of types.entries()) {
    for (const wider of withWider(value)) {
      const type = wider === value ? undefined : types[places.get(wider) ?? -1];
      if (type !== undefined) type.count += own[place] ?? 0;
    }
  }
}

function sizeOf(values: FacetValues, facet: FacetName): number {
  return facet === 'year' ? LATEST_YEAR + 1 : values.size(facet);
}

function valuesPassing(
  values: FacetValues,
  facet: ValueFacet,
  wanted: readonly string[] | undefined,
): Uint8Array | undefined {
  if (wanted === undefined || wanted.length === 0) return undefined;
  const passing = new Uint8Array(values.size(facet));
  const isWanted = new Set(wanted);
  for (let number = 1; number < passing.length; number += 1) {
    const value = values.valueOf(facet, number) ?? '';
    const isPassing =
      facet === 'type' ? [...withWider(value)].some((each) => isWanted.has(each)) : isWanted.has(value);
    if (isPassing) passing[number] = 1;
  }
  return passing;
}

function yearsPassing({ from, to }: Filters): Uint8Array | undefined {
  if (from === undefined && to === undefined) return undefined;
  const passing = new Uint8Array(LATEST_YEAR + 1);
  return passing.fill(1, Math.max(1, from ?? 1), Math.max(1, (to ?? LATEST_YEAR) + 1));
}
