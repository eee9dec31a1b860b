import {
  describeItem,
  isWanted,
  performanceOf,
  valuesOf,
  type CountedItem,
  type CountedItems,
  type ItemReference,
  type MonthOfUse,
  type PlatformUse,
  type ReportRequest,
} from '../../../../protocols/counter/index.ts';
import { isRecordKey } from '../../../../vocab/record-key.ts';
import type { Holdings } from '../../../catalogue/index.ts';
import type { Coverage } from './availability.ts';
import type { CounterUsage } from './counter-usage.ts';

/** What is read at once: enough that the store is asked seldom, and little enough that the first bytes go out soon. */
const AT_A_TIME = 100;
/** Of more items all are read through: that takes less than to look each of them up. */
const MOST_ONE_BY_ONE = 200;

interface Used {
  key: string;
  months: readonly MonthOfUse[];
}

export interface UsedItemsOptions {
  usage: CounterUsage;
  holdings: Pick<Holdings, 'getMany' | 'withIdentifier'>;
  request: ReportRequest;
  coverage: Coverage;
  /** The platform's, before identifiers that it gives. */
  namespace: string;
  /** `YYYY-MM-DD`. */
  today: string;
}

/** The items of a report: what was counted joined with what the catalogue says of them, some at a time. */
export class UsedItems implements CountedItems {
  readonly #options: UsedItemsOptions;

  constructor(options: UsedItemsOptions) {
    this.#options = options;
  }

  async *all(): AsyncGenerator<CountedItem[]> {
    const { usage, request, coverage } = this.#options;
    if (coverage.isEmpty) return;
    if (request.filters.items !== undefined) {
      yield* this.withKeys(await this.#keysOf(request.filters.items.map(({ reference }) => reference)));
      return;
    }
    yield* this.#counted(usage.items(coverage));
  }

  async *withKeys(keys: ReadonlySet<string>): AsyncGenerator<CountedItem[]> {
    yield* this.#counted(keys.size <= MOST_ONE_BY_ONE ? this.#oneByOne(keys) : this.#among(keys));
  }

  async *#oneByOne(keys: ReadonlySet<string>): AsyncGenerator<Used> {
    const { usage, coverage } = this.#options;
    for (const key of keys) yield { key, months: await usage.item(key, coverage) };
  }

  async *#among(keys: ReadonlySet<string>): AsyncGenerator<Used> {
    const { usage, coverage } = this.#options;
    for await (const used of usage.items(coverage)) if (keys.has(used.key)) yield used;
  }

  async *#counted(used: AsyncIterable<Used>): AsyncGenerator<CountedItem[]> {
    let batch: Used[] = [];
    for await (const one of used) {
      batch.push(one);
      if (batch.length < AT_A_TIME) continue;
      yield await this.#described(batch);
      batch = [];
    }
    if (batch.length > 0) yield await this.#described(batch);
  }

  async #described(batch: readonly Used[]): Promise<CountedItem[]> {
    const { holdings, request, coverage, namespace, today } = this.#options;
    const { unknown } = coverage;
    const metrics = valuesOf(request, 'Metric_Type') ?? [];
    const counted = batch.flatMap(({ key, months }) => {
      const told = unknown.size === 0 ? months : months.filter(({ month }) => !unknown.has(month));
      const performance = performanceOf(told, metrics);
      return performance.length === 0 ? [] : [{ key, performance }];
    });
    const held = await holdings.getMany(counted.map(({ key }) => key));
    const surroundings = { release: request.definition.release, namespace, today };
    return counted
      .map(({ key, performance }, i) => ({
        key,
        performance,
        item: describeItem(key, held[i], surroundings),
      }))
      .filter(({ item }) => isWanted(request, item));
  }

  async #keysOf(references: readonly ItemReference[]): Promise<ReadonlySet<string>> {
    const found = await Promise.all(
      references.map(async ({ scheme, value }) => {
        const last = value.slice(value.lastIndexOf('/') + 1);
        // The address of the item's page here.
        if (scheme === 'url' && isRecordKey(last)) return [last];
        return await this.#options.holdings.withIdentifier(scheme, value);
      }),
    );
    return new Set(found.flat());
  }
}

/** The use of the platform: that of all its items added up, each type of content apart where the report tells it. */
export async function platformUse(items: CountedItems, isByType: boolean): Promise<PlatformUse[]> {
  const sums = new Map<string, Map<string, Map<string, number>>>();
  for await (const batch of items.all()) {
    for (const { item, performance } of batch) {
      const ofType = inner(sums, isByType ? item.dataType : '');
      for (const { metric, counts } of performance) {
        const ofMetric = inner(ofType, metric);
        for (const [month, count] of counts) ofMetric.set(month, (ofMetric.get(month) ?? 0) + count);
      }
    }
  }
  return [...sums]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([dataType, ofType]) => ({
      ...(isByType && { dataType }),
      performance: [...ofType].toSorted(inOrder).map(([metric, counts]) => ({
        metric,
        counts: [...counts].toSorted(inOrder),
      })),
    }));
}

function inner<V>(outer: Map<string, Map<string, V>>, name: string): Map<string, V> {
  const found = outer.get(name) ?? new Map<string, V>();
  outer.set(name, found);
  return found;
}

function inOrder([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
