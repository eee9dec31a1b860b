import type {
  Apart,
  NodeCoverage,
  TotalRow,
  TotalsQuery,
  UsageTotals,
  WorkTotals,
} from '../../../node/analysis/regional-usage/index.ts';
import {
  UsageError,
  type DayRange,
  type ItemMetrics,
  type ItemUsage,
  type Metrics,
  type MonthMetrics,
  type MonthRange,
  type OwnDay,
  type OwnMonth,
  type OwnMonthDetail,
  type UsageEvent,
} from '../../../node/analysis/usage/index.ts';
import { sumOf, type OwnUse, type RegionalUse } from '../../../node/http/usage/index.ts';

/** Counts of which a tenth is not unique. */
export function someUse(requests: number, investigations = 3 * requests): Metrics {
  return {
    totalInvestigations: investigations,
    uniqueInvestigations: Math.floor(investigations * 0.9),
    totalRequests: requests,
    uniqueRequests: Math.floor(requests * 0.9),
  };
}

const isWithin = (month: string, { from = '', to = '9999' }: Partial<MonthRange>): boolean =>
  month >= from && month <= to;

/** A node's own counts that are what a test says. */
export class HeldUse implements OwnUse {
  /** By record and month. */
  readonly used = new Map<string, Map<string, Metrics>>();
  readonly machine = new Map<string, Metrics>();
  readonly userCountries = new Map<string, ReadonlyMap<string, Metrics>>();
  /** Months with days that are not closed. */
  readonly open = new Set<string>();
  readonly refused = new Map<string, number>();
  readonly recorded: UsageEvent[] = [];

  note(key: string, month: string, metrics: Metrics): void {
    const months = this.used.get(key) ?? new Map<string, Metrics>();
    this.used.set(key, months.set(month, metrics));
  }

  record(event: UsageEvent): Promise<'counted'> {
    this.recorded.push(event);
    return Promise.resolve('counted');
  }

  months(): Promise<OwnMonth[]> {
    const months = new Set([...this.used.values()].flatMap((months) => [...months.keys()]));
    return Promise.resolve(
      [...months].sort().map((month) => ({
        month,
        metrics: sumOf([...this.used.values()].flatMap((months) => months.get(month) ?? [])),
        machine: this.machine.get(month) ?? sumOf([]),
        internal: 0,
        days: 28,
        openDays: this.open.has(month) ? 3 : 0,
        version: 1,
      })),
    );
  }

  async month(month: string): Promise<OwnMonthDetail | undefined> {
    const found = (await this.months()).find((one) => one.month === month);
    return found && { ...found, byCountry: this.userCountries.get(month) ?? new Map() };
  }

  async *items(range: MonthRange): AsyncGenerator<ItemUsage> {
    for (const key of [...this.used.keys()].sort()) {
      const months = await this.item(key, range);
      if (months.length > 0) yield { key, months };
    }
  }

  async top(
    range: MonthRange,
    { by, limit }: { by: 'investigations' | 'requests'; limit: number },
  ): Promise<ItemMetrics[]> {
    const measure = by === 'requests' ? 'totalRequests' : 'totalInvestigations';
    const all: ItemMetrics[] = [];
    for await (const { key, months } of this.items(range))
      all.push({ key, metrics: sumOf(months.map(({ metrics }) => metrics)) });
    return all.sort((a, b) => b.metrics[measure] - a.metrics[measure]).slice(0, limit);
  }

  item(key: string, range: Partial<MonthRange> = {}): Promise<MonthMetrics[]> {
    const months = [...(this.used.get(key) ?? [])].filter(([month]) => isWithin(month, range));
    return Promise.resolve(
      months.map(([month, metrics]) => ({ month, metrics })).sort((a, b) => (a.month < b.month ? -1 : 1)),
    );
  }

  async *days({ from, to }: DayRange): AsyncGenerator<OwnDay> {
    for (const { month, metrics, machine } of await this.months()) {
      const day = `${month}-15`;
      if (day < from || day > to) continue;
      yield {
        day,
        metrics,
        machine,
        internal: 0,
        isOpen: this.open.has(month),
        restated: 0,
        robots: ['isbot 5'],
      };
    }
  }

  refusals(): ReadonlyMap<string, number> {
    return this.refused;
  }
}

/** What a node of the region has told of a month. */
export interface ToldMonth {
  node: string;
  name: string;
  country?: string;
  month: string;
  metrics: Metrics;
  isFinal?: boolean;
  apart?: Apart;
  types?: Readonly<Record<string, Metrics>>;
  languages?: Readonly<Record<string, Metrics>>;
  userCountries?: Readonly<Record<string, Metrics>>;
}

/** A region whose nodes have told what a test says. */
export class HeldRegion implements RegionalUse {
  readonly told: ToldMonth[] = [];
  /** Of works, by one of their names. */
  readonly workTotals = new Map<string, WorkTotals>();
  readonly decided: [node: string, word: string][] = [];

  totals(query: TotalsQuery): Promise<UsageTotals> {
    const asked = this.told.filter(
      ({ node, month }) => isWithin(month, only(query)) && (query.node === undefined || node === query.node),
    );
    const counted = asked.filter(({ apart }) => apart === undefined);
    const rows = new Map<string | undefined, ToldMonth[]>();
    for (const one of counted)
      for (const [value, metrics] of partsOf(one, query.by))
        rows.set(value, [...(rows.get(value) ?? []), { ...one, metrics }]);
    const list = [...rows].map(([value, some]): TotalRow => ({
      ...(value !== undefined && { value }),
      metrics: sumOf(some.map(({ metrics }) => metrics)),
      nodes: new Set(some.map(({ node }) => node)).size,
    }));
    return Promise.resolve({
      by: query.by,
      rows: query.by === 'month' ? list.sort((a, b) => ((a.value ?? '') < (b.value ?? '') ? -1 : 1)) : list,
      total: sumOf(counted.map(({ metrics }) => metrics)),
      machine: { investigations: 0, requests: 0 },
      apart: sumOf(asked.filter(({ apart }) => apart !== undefined).map(({ metrics }) => metrics)),
      coverage: {
        nodes: [...new Set(asked.map(({ node }) => node))].map((node) =>
          coverageOf(asked.filter((one) => one.node === node)),
        ),
        summaries: counted.length,
        setApart: asked.length - counted.length,
      },
    });
  }

  work(names: readonly string[]): Promise<WorkTotals> {
    const found = names.map((name) => this.workTotals.get(name)).find((work) => work !== undefined);
    return Promise.resolve(found ?? { nodes: [], metrics: sumOf([]), coverage: { searched: 0, missing: 0 } });
  }

  decide(node: string, word: 'accepted' | 'refused'): Promise<void> {
    if (!this.told.some((one) => one.node === node)) {
      const message = `No usage of a node ${node} is known here.`;
      return Promise.reject(new UsageError('USAGE_NODE_UNKNOWN', message, { remedy: 'Look there.' }));
    }
    this.decided.push([node, word]);
    return Promise.resolve();
  }
}

function only({ from, to }: TotalsQuery): Partial<MonthRange> {
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

function partsOf(one: ToldMonth, by: TotalsQuery['by']): [string | undefined, Metrics][] {
  if (by === 'month') return [[one.month, one.metrics]];
  if (by === 'institution') return [[one.node, one.metrics]];
  if (by === 'country') return [[one.country, one.metrics]];
  const shares = { type: one.types, language: one.languages, userCountry: one.userCountries }[by];
  return Object.entries(shares ?? {});
}

function coverageOf(told: readonly ToldMonth[]): NodeCoverage {
  const [first] = told;
  const counted = told.filter(({ apart }) => apart === undefined);
  return {
    node: first?.node ?? '',
    name: first?.name ?? '',
    metrics: sumOf(counted.map(({ metrics }) => metrics)),
    apart: sumOf(told.filter(({ apart }) => apart !== undefined).map(({ metrics }) => metrics)),
    months: told.map(({ month, metrics, isFinal = true, apart }) => ({
      month,
      revision: 1,
      time: Date.UTC(2026, 0, 1),
      isFinal,
      days: { first: `${month}-01`, last: `${month}-28`, count: 28 },
      metrics,
      works: { count: 0, held: 'none' as const },
      ...(apart !== undefined && { apart }),
    })),
    gaps: [],
  };
}

/** Lets a double answer in the place of a part that routers hold already. */
export function inPlaceOf<T extends object>(part: T, double: Partial<T>): void {
  const { constructor: _, ...methods } = Object.getOwnPropertyDescriptors(
    Object.getPrototypeOf(double) as T & { constructor: unknown },
  );
  for (const [name, { value }] of Object.entries(methods))
    Reflect.set(part, name, (value as (...args: unknown[]) => unknown).bind(double));
}
