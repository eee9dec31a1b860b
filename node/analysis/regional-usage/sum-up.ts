import { lastDay, type Metrics, noUse, sumOf } from '../../../protocols/counter/index.ts';
import {
  identifierHash,
  isWithin,
  MAX_TITLE_BYTES,
  MOST_TOP_ITEMS,
  mostShares,
  WorksWriter,
  type CoveredDays,
  type Share,
  type TopItem,
  type UsageSummary,
} from '../../../protocols/usage-summary/index.ts';
import type { ItemDescription, OwnUsage } from './own-usage.ts';

const ITEMS_AT_ONCE = 500;
/** How often a month is read again whose counts changed meanwhile. */
const TRIES = 3;
/** Countries with fewer sessions are told together. */
const FEW = 10;
const UNKNOWN_COUNTRY = 'ZZ';

/** What a summary tells of a month, before it is signed, and its works. */
interface SummedUp {
  content: Omit<UsageSummary, 'node' | 'revision' | 'time' | 'isFinal'>;
  pages: readonly Uint8Array[];
  /** Of the counts that these are. */
  version: number;
}

export interface SummingOptions {
  own: Pick<OwnUsage, 'month' | 'monthItems' | 'days'>;
  /** In the order of the keys; undefined for what is held no longer. */
  describe: (keys: readonly string[]) => Promise<(ItemDescription | undefined)[]>;
  publishCountries: boolean;
}

/** Sums up a month of the own items. @returns undefined where nothing is counted in it */
export async function sumUp(options: SummingOptions, month: string): Promise<SummedUp | undefined> {
  const { own } = options;
  for (let tries = 1; ; tries++) {
    const before = await own.month(month);
    const days = await daysOf(own, month);
    if (before === undefined || days === undefined) return undefined;
    const items = await sumUpItems(options, month);
    const after = await own.month(month);
    const isSteady = after?.version === before.version;
    if (!isSteady && tries < TRIES) continue;
    const byCountry = options.publishCountries ? countryShares(before.byCountry) : [];
    // Where the counts go on changing, the countries may be of other counts than the items.
    const hasCountries = isWithin(totalOf(byCountry), items.total);
    const { totalInvestigations: investigations, totalRequests: requests } = before.machine;
    const { pages, ...rest } = items;
    return {
      content: {
        month,
        ...rest,
        machine: { investigations, requests },
        byCountry: hasCountries ? byCountry : [],
        days,
      },
      pages,
      version: before.version,
    };
  }
}

async function sumUpItems({ own, describe }: SummingOptions, month: string) {
  const works = new WorksWriter();
  const [types, languages] = [new Map<string, Metrics>(), new Map<string, Metrics>()];
  const top = new TopItems();
  let total: Metrics = { ...noUse };
  for await (const items of inLots(own.monthItems(month))) {
    const described = await describe(items.map(({ key }) => key));
    for (const [i, { key, metrics }] of items.entries()) {
      const { names = [`record:${key}`], type, language, title = '' } = described[i] ?? {};
      total = sumOf(total, metrics);
      works.add(names.map(identifierHash), metrics);
      addTo(types, type, metrics);
      addTo(languages, language, metrics);
      top.add(key, title, metrics);
    }
  }
  const { pages, state } = works.finish();
  return {
    total,
    byType: mostUsed(types, mostShares.type),
    byLanguage: mostUsed(languages, mostShares.language),
    top: top.items,
    works: state,
    pages,
  };
}

async function* inLots(
  items: AsyncIterable<{ key: string; metrics: Metrics }>,
): AsyncGenerator<{ key: string; metrics: Metrics }[]> {
  let lot: { key: string; metrics: Metrics }[] = [];
  for await (const item of items) {
    lot.push(item);
    if (lot.length < ITEMS_AT_ONCE) continue;
    yield lot;
    lot = [];
  }
  if (lot.length > 0) yield lot;
}

async function daysOf(own: Pick<OwnUsage, 'days'>, month: string): Promise<CoveredDays | undefined> {
  const days: string[] = [];
  for await (const { day } of own.days({ from: `${month}-01`, to: lastDay(month) })) days.push(day);
  const [first, last] = [days[0], days.at(-1)];
  return first === undefined || last === undefined ? undefined : { first, last, count: days.length };
}

/** The most used items, most requested first. */
class TopItems {
  readonly items: TopItem[] = [];

  add(key: string, title: string, { totalInvestigations, totalRequests }: Metrics): void {
    const item = { key, title, investigations: totalInvestigations, requests: totalRequests };
    const last = this.items.at(-1);
    if (last !== undefined && this.items.length === MOST_TOP_ITEMS && byUse(item, last) > 0) return;
    this.items.push({ ...item, title: beginningOf(title) });
    this.items.sort(byUse);
    if (this.items.length > MOST_TOP_ITEMS) this.items.pop();
  }
}

function byUse(a: TopItem, b: TopItem): number {
  return b.requests - a.requests || b.investigations - a.investigations || (a.key < b.key ? -1 : 1);
}

/** As much of a title as has room, whole characters. */
function beginningOf(title: string): string {
  if (Buffer.byteLength(title) <= MAX_TITLE_BYTES) return title;
  const ellipsis = '…';
  let kept = '';
  for (const character of title) {
    if (Buffer.byteLength(kept + character + ellipsis) > MAX_TITLE_BYTES) break;
    kept += character;
  }
  return kept + ellipsis;
}

function addTo(sums: Map<string, Metrics>, value: string | undefined, metrics: Metrics): void {
  if (value !== undefined) sums.set(value, sumOf(sums.get(value) ?? noUse, metrics));
}

/** What has no room is told of by no value. */
function mostUsed(sums: ReadonlyMap<string, Metrics>, most: number): Share[] {
  return [...sums]
    .map(([value, metrics]) => ({ value, metrics }))
    .sort(
      (a, b) => b.metrics.totalInvestigations - a.metrics.totalInvestigations || (a.value < b.value ? -1 : 1),
    )
    .slice(0, most);
}

function countryShares(byCountry: ReadonlyMap<string, Metrics>): Share[] {
  const told = new Map<string, Metrics>();
  for (const [country, metrics] of byCountry) {
    const isTold = metrics.uniqueInvestigations >= FEW && /^[A-Z]{2}$/.test(country);
    addTo(told, isTold ? country : UNKNOWN_COUNTRY, metrics);
  }
  return mostUsed(told, mostShares.country);
}

function totalOf(shares: readonly Share[]): Metrics {
  return shares.reduce<Metrics>((sum, { metrics }) => sumOf(sum, metrics), noUse);
}
