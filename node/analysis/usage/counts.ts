import * as dagCbor from '@ipld/dag-cbor';
import {
  metricsOfTuple,
  metricsToTuple,
  noUse,
  sumOf,
  type Metrics,
  type MetricsTuple,
} from '../../../protocols/counter/index.ts';
import {
  COLUMNS,
  decodeItems,
  encodeItems,
  HUMAN_COLUMNS,
  isAnyUse,
  metricsAt,
  NO_ITEMS,
  type ItemCounts,
} from './item-counts.ts';
import { ItemSums } from './item-sums.ts';

/** What a day, or a part of one, comes to. */
export interface Counts {
  items: ItemCounts;
  /** What people did, by the number of the country (countries.ts), 0 where it is not known. */
  countries: ReadonlyMap<number, Metrics>;
  /** Uses from addresses of the institution. */
  internal: number;
}

/** The same without items. */
export interface Totals {
  metrics: Metrics;
  machine: Metrics;
  countries: ReadonlyMap<number, Metrics>;
  internal: number;
}

export const NO_COUNTS: Counts = { items: NO_ITEMS, countries: new Map(), internal: 0 };
const NO_TOTALS: Totals = { metrics: noUse, machine: noUse, countries: new Map(), internal: 0 };

export function isNothing({ items, countries, internal }: Counts): boolean {
  return items.items.length === 0 && countries.size === 0 && internal === 0;
}

/** Adds up what parts come to, and takes away what they came to before. */
export class CountsSum {
  readonly #items = new ItemSums(1_024);
  #countries: Counts['countries'] = new Map();
  #internal = 0;

  add({ items, countries, internal }: Counts, sign: 1 | -1 = 1): void {
    this.#items.add(items, sign);
    this.#countries = sumOfCountries(this.#countries, countries, sign);
    this.#internal += sign * internal;
  }

  counts(): Counts {
    return { items: this.#items.counts(), countries: this.#countries, internal: this.#internal };
  }
}

export function sumOfCounts(parts: Iterable<Counts>): Counts {
  const sum = new CountsSum();
  for (const part of parts) sum.add(part);
  return sum.counts();
}

export function totalsOf({ items: { counts }, countries, internal }: Counts): Totals {
  const sums = Array.from<number>({ length: COLUMNS }).fill(0);
  for (let at = 0; at < counts.length; at++)
    sums[at % COLUMNS] = (sums[at % COLUMNS] ?? 0) + (counts[at] ?? 0);
  return {
    metrics: metricsAt(sums, 0),
    machine: metricsAt(sums, 0, HUMAN_COLUMNS),
    countries,
    internal,
  };
}

export function addedTotals(a: Totals, b: Totals): Totals {
  return {
    metrics: sumOf(a.metrics, b.metrics),
    machine: sumOf(a.machine, b.machine),
    countries: sumOfCountries(a.countries, b.countries, 1),
    internal: a.internal + b.internal,
  };
}

export function isEmptyTotal({ metrics, machine, internal }: Totals): boolean {
  return !isAnyUse(metrics) && !isAnyUse(machine) && internal === 0;
}

function sumOfCountries(a: Totals['countries'], b: Totals['countries'], sign: 1 | -1): Map<number, Metrics> {
  const sum = new Map(a);
  for (const [country, metrics] of b) {
    const both = sumOf(sum.get(country) ?? noUse, sign === 1 ? metrics : negative(metrics));
    // Of a difference one metric may be nothing while others are not.
    if (metricsToTuple(both).some((count) => count !== 0)) sum.set(country, both);
    else sum.delete(country);
  }
  return sum;
}

function negative(metrics: Metrics): Metrics {
  return {
    totalInvestigations: -metrics.totalInvestigations,
    uniqueInvestigations: -metrics.uniqueInvestigations,
    totalRequests: -metrics.totalRequests,
    uniqueRequests: -metrics.uniqueRequests,
  };
}

type CountriesTuple = [country: number, ...MetricsTuple][];
type CountsTuple = [countedTo: number, internal: number, countries: CountriesTuple, items: Uint8Array];
type TotalsTuple = [
  metrics: MetricsTuple,
  machine: MetricsTuple,
  internal: number,
  countries: CountriesTuple,
];

/** @param countedTo the number of the last block of rows that it was counted from */
export function encodeCounts({ items, countries, internal }: Counts, countedTo: number): Uint8Array {
  const tuple: CountsTuple = [countedTo, internal, countryTuples(countries), encodeItems(items)];
  return dagCbor.encode(tuple);
}

export function decodeCounts(bytes: Uint8Array | undefined): Counts & { countedTo: number } {
  if (bytes === undefined) return { ...NO_COUNTS, countedTo: 0 };
  const [countedTo, internal, countries, items] = dagCbor.decode<CountsTuple>(bytes);
  return { countedTo, internal, countries: countriesOf(countries), items: decodeItems(items) };
}

export function encodeTotals(totals: Totals): Uint8Array {
  return dagCbor.encode(totalsTuple(totals));
}

export function decodeTotals(bytes: Uint8Array | undefined): Totals {
  return bytes === undefined ? NO_TOTALS : totalsOfTuple(dagCbor.decode<TotalsTuple>(bytes));
}

export function encodeMonth(totals: Totals, version: number): Uint8Array {
  return dagCbor.encode([version, totalsTuple(totals)]);
}

export function decodeMonth(bytes: Uint8Array | undefined): { version: number; totals: Totals } {
  if (bytes === undefined) return { version: 0, totals: NO_TOTALS };
  const [version, totals] = dagCbor.decode<[number, TotalsTuple]>(bytes);
  return { version, totals: totalsOfTuple(totals) };
}

function totalsTuple({ metrics, machine, internal, countries }: Totals): TotalsTuple {
  return [metricsToTuple(metrics), metricsToTuple(machine), internal, countryTuples(countries)];
}

function totalsOfTuple([metrics, machine, internal, countries]: TotalsTuple): Totals {
  return {
    metrics: metricsOfTuple(metrics),
    machine: metricsOfTuple(machine),
    internal,
    countries: countriesOf(countries),
  };
}

function countryTuples(countries: Totals['countries']): CountriesTuple {
  return [...countries]
    .sort(([a], [b]) => a - b)
    .map(([country, metrics]) => [country, ...metricsToTuple(metrics)]);
}

function countriesOf(tuples: CountriesTuple): Map<number, Metrics> {
  return new Map(tuples.map(([country, ...metrics]) => [country, metricsOfTuple(metrics)]));
}

/** How far a stored part of a day is counted; cheap, its items are not read. */
export function countedTo(bytes: Uint8Array | undefined): number {
  return bytes === undefined ? 0 : dagCbor.decode<CountsTuple>(bytes)[0];
}
