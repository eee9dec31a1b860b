import { noUse, sumOf, type Metrics } from '../../../protocols/counter/index.ts';
import type { Section } from '../../store/index.ts';
import { dayNumber, monthOfDay } from './calendar.ts';
import { decodeMonth, decodeTotals, type Totals } from './counts.ts';
import { countryCode } from './countries.ts';
import { decodeItems, isAnyUse, metricsAt, metricsOfItem, type ItemCounts } from './item-counts.ts';
import { pageOf, type ItemNumbers } from './item-numbers.ts';
import { allMonths, dayTotals, lastOf, monthTotalKey, pageKey, PAGES } from './layout.ts';
import type { Ledgers } from './ledgers.ts';
import type {
  DayRange,
  ItemMetrics,
  ItemUsage,
  MonthMetrics,
  MonthRange,
  OwnDay,
  OwnMonth,
  OwnMonthDetail,
} from './metrics.ts';
import { TopItems, type TopBy } from './top-items.ts';

const FIRST_MONTH = '0000-00';
const LAST_MONTH = '9999-99';

/** Reads what is counted. Items come in the order of their keys, a page of the month at a time, so that memory stays flat. */
export class OwnUse {
  readonly #section: Section;
  readonly #items: ItemNumbers;
  readonly #ledgers: Ledgers;

  constructor(options: { section: Section; items: ItemNumbers; ledgers: Ledgers }) {
    this.#section = options.section;
    this.#items = options.items;
    this.#ledgers = options.ledgers;
  }

  /** Months with anything counted, ascending. */
  async months(): Promise<OwnMonth[]> {
    const days = new Map<string, { days: number; openDays: number }>();
    for await (const { day, isOpen } of this.days({ from: FIRST_MONTH, to: LAST_MONTH })) {
      const month = monthOfDay(day);
      const known = days.get(month) ?? { days: 0, openDays: 0 };
      days.set(month, { days: known.days + 1, openDays: known.openDays + (isOpen ? 1 : 0) });
    }
    const months: OwnMonth[] = [];
    for await (const [key, bytes] of this.#section.iterator(allMonths)) {
      const { version, totals } = decodeMonth(bytes);
      const ofMonth = days.get(lastOf(key));
      if (ofMonth !== undefined) months.push(monthOf(lastOf(key), { version, totals, ...ofMonth }));
    }
    return months;
  }

  async month(month: string): Promise<OwnMonthDetail | undefined> {
    const { version, totals } = decodeMonth(await this.#section.get(monthTotalKey(month)));
    let days = 0;
    let openDays = 0;
    for await (const { isOpen } of this.days({ from: `${month}-00`, to: `${month}-99` })) {
      days++;
      if (isOpen) openDays++;
    }
    if (days === 0) return undefined;
    const countries = [...totals.countries].map(([number, metrics]): [string, Metrics] => [
      countryCode(number),
      metrics,
    ]);
    return {
      ...monthOf(month, { version, totals, days, openDays }),
      byCountry: new Map(countries.sort(([a], [b]) => (a < b ? -1 : 1))),
    };
  }

  /** Days with anything counted, ascending. */
  async *days({ from, to }: DayRange): AsyncGenerator<OwnDay> {
    for await (const [key, bytes] of this.#section.iterator(dayTotals(from, to))) {
      const { metrics, machine, internal } = decodeTotals(bytes);
      const day = lastOf(key);
      const state = this.#ledgers.stateOf(dayNumber(day) ?? -1);
      yield {
        day,
        metrics,
        machine,
        internal,
        isOpen: state?.isOpen ?? false,
        restated: state?.restated ?? 0,
        robots: state?.robots ?? [],
      };
    }
  }

  /** Items that people used, in the order of their keys, with the months in which they did. */
  async *items(range: MonthRange): AsyncGenerator<ItemUsage> {
    const months = await this.#monthsIn(range);
    for (let page = 0; page < PAGES; page++) {
      const byItem = new Map<number, MonthMetrics[]>();
      for (const [i, items] of (await this.#pages(months, page)).entries())
        for (const [row, item] of items.items.entries()) {
          const metrics = metricsAt(items.counts, row);
          if (!isAnyUse(metrics)) continue;
          const known = byItem.get(item);
          const one = { month: months[i] ?? '', metrics };
          if (known === undefined) byItem.set(item, [one]);
          else known.push(one);
        }
      yield* await this.#named([...byItem].map(([item, used]) => ({ item, months: used })));
    }
  }

  async *monthItems(month: string): AsyncGenerator<ItemMetrics> {
    for await (const { key, months } of this.items({ from: month, to: month })) {
      const [one] = months;
      if (one !== undefined) yield { key, metrics: one.metrics };
    }
  }

  /** The most used items: by requests or investigations, then by the other, then by key. */
  async top(range: MonthRange, options: { by: TopBy; limit: number }): Promise<ItemMetrics[]> {
    const months = await this.#monthsIn(range);
    const top = new TopItems(options);
    for (let page = 0; page < PAGES; page++) {
      const sums = new Map<number, Metrics>();
      for (const { items, counts } of await this.#pages(months, page))
        for (const [row, item] of items.entries())
          sums.set(item, sumOf(sums.get(item) ?? noUse, metricsAt(counts, row)));
      const candidates = [...sums].flatMap(([item, metrics]) =>
        top.mayHave(metrics) ? [{ item, metrics }] : [],
      );
      for (const item of await this.#named(candidates)) top.add(item);
    }
    return top.items;
  }

  /** The months in which people used one item, ascending. */
  async item(key: string, range: MonthRange): Promise<MonthMetrics[]> {
    const number = await this.#items.numberOf(key);
    if (number === undefined) return [];
    const months = await this.#monthsIn(range);
    const pages = await this.#pages(months, pageOf(key));
    return pages
      .map((items, i) => ({ month: months[i] ?? '', metrics: metricsOfItem(items, number) }))
      .filter(({ metrics }) => isAnyUse(metrics));
  }

  async #monthsIn({ from, to }: MonthRange): Promise<string[]> {
    const keys = await this.#section.keys({ gte: monthTotalKey(from), lte: monthTotalKey(to) }).all();
    return keys.map(lastOf);
  }

  /** One page of the items of each month. */
  async #pages(months: readonly string[], page: number): Promise<ItemCounts[]> {
    const stored = await this.#section.getMany(months.map((month) => pageKey(month, page)));
    return stored.map(decodeItems);
  }

  /** With the keys of the records in place of the numbers, and in their order. */
  async #named<T extends { item: number }>(
    rows: readonly T[],
  ): Promise<(Omit<T, 'item'> & { key: string })[]> {
    if (rows.length === 0) return [];
    const keys = await this.#items.keysOf(rows.map(({ item }) => item));
    const named = rows.map(({ item: _, ...rest }, i) => ({ ...rest, key: keys[i] ?? '' }));
    return named.sort((a, b) => (a.key < b.key ? -1 : 1));
  }
}

/** All months that there may be. */
export const ALL_MONTHS: MonthRange = { from: FIRST_MONTH, to: LAST_MONTH };

function monthOf(
  month: string,
  { version, totals, days, openDays }: { version: number; totals: Totals; days: number; openDays: number },
): OwnMonth {
  const { metrics, machine, internal } = totals;
  return { month, metrics, machine, internal, days, openDays, version };
}
