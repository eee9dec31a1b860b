import type {
  Coverage,
  MonthCoverage,
  NodeCoverage,
  TotalRow,
  TotalsBy,
  UsageTotals,
} from '../../analysis/regional-usage/index.ts';
import type { Metrics, OwnMonth } from '../../analysis/usage/index.ts';
import type { Clock } from '../../clock.ts';
import type { HeldItem, HeldItems } from '../records/held-items.ts';
import type { Site } from '../site.ts';
import { sumOf, type MetricName } from './metrics.ts';
import { periodOf, type AskedPeriod, type Period } from './period.ts';
import type { OwnUse, RegionalUse } from './sources.ts';

/** The use of something that has a value: a type, a language, a country. Without one, of what it is not known. */
export interface UseOf {
  value?: string;
  metrics: Metrics;
}

/** An own record with its use in a period. */
export interface UsedItem extends HeldItem {
  metrics: Metrics;
}

/** A month of the network, and of this node within it. */
export interface NetworkMonth {
  month: string;
  metrics: Metrics;
  own: Metrics;
  /** How many nodes told of it. */
  nodes: number;
  /** Whether any of them may still tell otherwise. */
  isOpen: boolean;
}

/** A node's months that are in no sum, for one reason. */
export interface ApartUse extends Pick<NodeCoverage, 'node' | 'name' | 'metrics'> {
  months: readonly MonthCoverage[];
  why: NonNullable<MonthCoverage['apart']>;
}

/** The use of a period: this node's own records, and those of the network as far as nodes have told. */
export interface UseReport {
  period: Period;
  /** The first month of which anything is known here. */
  first: string;
  own: {
    total: Metrics;
    machine: Metrics;
    internal: number;
    months: readonly OwnMonth[];
    /** Most used first. */
    top: readonly UsedItem[];
    types: readonly UseOf[];
    languages: readonly UseOf[];
    userCountries: readonly UseOf[];
  };
  network: {
    total: Metrics;
    machine: UsageTotals['machine'];
    apartTotal: Metrics;
    months: readonly NetworkMonth[];
    institutions: readonly TotalRow[];
    countries: readonly TotalRow[];
    types: readonly TotalRow[];
    languages: readonly TotalRow[];
    userCountries: readonly TotalRow[];
    coverage: Coverage;
    apart: readonly ApartUse[];
  };
  /** What is shown where there is room for one number: downloads, or views where nothing tells of downloads. */
  measure: MetricName;
}

const TOP = 10;
const none = sumOf([]);

/** Puts together what is known of the use in a period. */
export class UseReports {
  readonly #own: OwnUse;
  readonly #region: RegionalUse;
  readonly #items: Pick<HeldItems, 'of'>;
  readonly #site: Pick<Site, 'node'>;
  readonly #clock: Clock;

  constructor(parts: {
    usage: OwnUse;
    regionalUsage: RegionalUse;
    items: Pick<HeldItems, 'of'>;
    site: Pick<Site, 'node'>;
    clock: Clock;
  }) {
    this.#own = parts.usage;
    this.#region = parts.regionalUsage;
    this.#items = parts.items;
    this.#site = parts.site;
    this.#clock = parts.clock;
  }

  async of(asked: AskedPeriod): Promise<UseReport> {
    const { choice, from, to } = periodOf(asked, this.#clock.now());
    const range = { from, to };
    const all = await this.#own.months();
    const own = all.filter(({ month }) => month >= from && month <= to);
    const total = sumOf(own.map(({ metrics }) => metrics));
    const totals = (by: TotalsBy): Promise<UsageTotals> => this.#region.totals({ ...range, by });
    const ownTotals = (by: TotalsBy): Promise<UsageTotals> =>
      this.#region.totals({ ...range, by, node: this.#site.node });
    // One after another: each is computing, and nothing is won by beginning all at once.
    const network = await totals('month');
    const hasRequests = total.totalRequests + network.total.totalRequests > 0;
    const measure: MetricName = hasRequests ? 'totalRequests' : 'totalInvestigations';
    const ownMonths = await ownTotals('month');
    const months = monthsOf(network, ownMonths);
    const known = [...all, ...months].map(({ month }) => month);
    return {
      period: { choice, from: knownFrom(range, known), to },
      first: known.reduce((first, month) => (month < first ? month : first), to),
      measure,
      own: {
        total,
        machine: sumOf(own.map(({ machine }) => machine)),
        internal: own.reduce((sum, { internal }) => sum + internal, 0),
        months: own,
        top: await this.#top(range, total.totalRequests > 0 ? 'requests' : 'investigations'),
        types: mostFirst((await ownTotals('type')).rows, measure),
        languages: mostFirst((await ownTotals('language')).rows, measure),
        userCountries: mostFirst(await this.#userCountries(own), measure),
      },
      network: {
        total: network.total,
        machine: network.machine,
        apartTotal: network.apart,
        months,
        institutions: mostFirst((await totals('institution')).rows, measure),
        countries: mostFirst((await totals('country')).rows, measure),
        types: mostFirst((await totals('type')).rows, measure),
        languages: mostFirst((await totals('language')).rows, measure),
        userCountries: mostFirst((await totals('userCountry')).rows, measure),
        coverage: network.coverage,
        apart: network.coverage.nodes.flatMap(apartOf),
      },
    };
  }

  /** The records that are still held. */
  async #top(range: { from: string; to: string }, by: 'requests' | 'investigations'): Promise<UsedItem[]> {
    const top = await this.#own.top(range, { by, limit: TOP });
    const used = new Map(top.map(({ key, metrics }) => [key, metrics]));
    const held = await this.#items.of([...used.keys()]);
    return held.map((item) => ({ ...item, metrics: used.get(item.key) ?? none }));
  }

  /** From the own counts, which know the countries also where they are not told to others. */
  async #userCountries(months: readonly OwnMonth[]): Promise<UseOf[]> {
    const sums = new Map<string, Metrics>();
    for (const { month } of months) {
      for (const [country, metrics] of (await this.#own.month(month))?.byCountry ?? [])
        sums.set(country, sumOf([sums.get(country) ?? none, metrics]));
    }
    return [...sums].map(([value, metrics]) => ({ value, metrics }));
  }
}

function monthsOf({ rows, coverage }: UsageTotals, own: UsageTotals): NetworkMonth[] {
  const ofOwn = new Map(own.rows.map(({ value, metrics }) => [value, metrics]));
  const open = new Set<string>();
  for (const { months } of coverage.nodes)
    for (const { month, isFinal, apart } of months) if (!isFinal && apart === undefined) open.add(month);
  return rows.flatMap(({ value: month, metrics, nodes }) =>
    month === undefined
      ? []
      : [{ month, metrics, own: ofOwn.get(month) ?? none, nodes, isOpen: open.has(month) }],
  );
}

/** What is out of proportion comes with the month that is furthest out. */
function apartOf({ node, name, months }: NodeCoverage): ApartUse[] {
  const apart = months.filter((month) => month.apart !== undefined);
  const perRecord = ({ apart: why }: MonthCoverage): number =>
    why?.why === 'out of proportion' ? why.furthest.perRecord : Infinity;
  const [furthest] = apart.toSorted((a, b) => perRecord(b) - perRecord(a));
  if (furthest?.apart === undefined) return [];
  const metrics = sumOf(apart.map((month) => month.metrics));
  return [{ node, name, metrics, months: apart, why: furthest.apart }];
}

/** A period begins where anything is known: before that it would be empty for as long as one likes. */
function knownFrom({ from, to }: { from: string; to: string }, months: readonly string[]): string {
  const [first = from] = months.toSorted();
  return first > from && first <= to ? first : from;
}

/** What was not used is left out, and what is not known stands last. */
function mostFirst<T extends UseOf>(rows: readonly T[], measure: MetricName): T[] {
  return rows
    .filter(({ metrics }) => metrics.totalInvestigations > 0 || metrics.totalRequests > 0)
    .sort(
      (a, b) =>
        Number(a.value === undefined) - Number(b.value === undefined) ||
        b.metrics[measure] - a.metrics[measure] ||
        ((a.value ?? '') < (b.value ?? '') ? -1 : 1),
    );
}
