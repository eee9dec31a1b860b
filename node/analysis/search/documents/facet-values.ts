import { isTombstone, type Holding } from '../../../../vocab/record.ts';
import type { Operation, Section } from '../../../store/index.ts';
import { valueKey, valueOfKey, valueRange } from '../layout.ts';

/** Facets whose values are texts, with the most different ones there may be: what the columns can hold. */
const MOST_VALUES = {
  origin: 0x7fff_ffff,
  type: 0xffff,
  access: 0xff,
  language: 0xffff,
  licence: 0xffff,
} as const;
export type ValueFacet = keyof typeof MOST_VALUES;
const LONGEST_VALUE = 300;

/** What a document is in each facet, by the numbers of the values; 0 for none. */
export interface FacetNumbers {
  origin: number;
  type: number;
  access: number;
  language: number;
  licence: number;
  /** See `dateNumber`. */
  date: number;
}

export const noFacets: FacetNumbers = { origin: 0, type: 0, access: 0, language: 0, licence: 0, date: 0 };

/** The small numbers, from 1, that stand for the values of facets in the columns. */
export class FacetValues {
  readonly #numbers: Record<ValueFacet, Map<string, number>>;
  readonly #values: Record<ValueFacet, string[]>;

  private constructor() {
    const maps = (): Map<string, number> => new Map();
    this.#numbers = { origin: maps(), type: maps(), access: maps(), language: maps(), licence: maps() };
    this.#values = { origin: [''], type: [''], access: [''], language: [''], licence: [''] };
  }

  static async load(section: Section): Promise<FacetValues> {
    const values = new FacetValues();
    for await (const [key, bytes] of section.iterator(valueRange)) {
      const { facet, number } = valueOfKey(key);
      if (facet in MOST_VALUES) values.#set(facet as ValueFacet, Buffer.from(bytes).toString(), number);
    }
    return values;
  }

  valueOf(facet: ValueFacet, number: number): string | undefined {
    return this.#values[facet][number];
  }

  /** One more than the highest number. */
  size(facet: ValueFacet): number {
    return this.#values[facet].length;
  }

  /** What a holding is in each facet; numbers for new values go to `operations`. */
  assign(holding: Holding, operations: Operation[]): FacetNumbers {
    const origin = this.#assign('origin', holding.node, operations);
    if (isTombstone(holding)) return { ...noFacets, origin };
    const { type, access, languages, detected, licence, published } = holding;
    return {
      origin,
      type: this.#assign('type', type, operations),
      access: this.#assign('access', access?.right, operations),
      language: this.#assign('language', mainLanguage(languages[0] ?? detected?.language), operations),
      licence: this.#assign(
        'licence',
        licence === undefined ? undefined : licenceFamily(licence),
        operations,
      ),
      date: dateNumber(published),
    };
  }

  #assign(facet: ValueFacet, value: string | undefined, operations: Operation[]): number {
    if (value === undefined) return 0;
    const known = this.#numbers[facet].get(value);
    if (known !== undefined) return known;
    const number = this.#values[facet].length;
    if (number > MOST_VALUES[facet] || value === '' || value.length > LONGEST_VALUE) return 0;
    this.#set(facet, value, number);
    operations.push({ type: 'put', key: valueKey(facet, number), value: Buffer.from(value) });
    return number;
  }

  #set(facet: ValueFacet, value: string, number: number): void {
    this.#numbers[facet].set(value, number);
    this.#values[facet][number] = value;
  }
}

/** The language without region and script, in lower case: `pt` of `pt-BR`. */
export function mainLanguage(language: string | undefined): string | undefined {
  if (language === undefined) return undefined;
  const end = language.indexOf('-');
  return (end === -1 ? language : language.slice(0, end)).toLowerCase();
}

/** A Creative Commons licence without its version and jurisdiction; any other as it is. */
export function licenceFamily(licence: string): string {
  return (
    /^https:\/\/creativecommons\.org\/(?:licenses|publicdomain)\/[a-z-]+\//.exec(licence)?.[0] ?? licence
  );
}

const MONTH_BITS = 4;
const DAY_BITS = 5;

/** A date (`YYYY`, `YYYY-MM`, `YYYY-MM-DD`) as a number that is greater for a later date; 0 for none or no date. */
export function dateNumber(date: string | undefined): number {
  if (date === undefined) return 0;
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(date);
  if (match === null) return 0;
  const [, year = '0', month = '0', day = '0'] = match;
  return (
    (((Number(year) << MONTH_BITS) | Math.min(Number(month), 12)) << DAY_BITS) | Math.min(Number(day), 31)
  );
}

export const yearOf = (date: number): number => date >>> (MONTH_BITS + DAY_BITS);
export const LATEST_YEAR = 9999;
