import { type Metrics, monthsLater, noUse, sumOf } from '../../../protocols/counter/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import type { SetApart } from './apart.ts';
import { RegionalUsageError } from './errors.ts';
import type { HeldMonth, HeldMonths } from './held-months.ts';
import type { ShareKind } from './packed-shares.ts';
import { TotalRows } from './total-rows.ts';
import type {
  Coverage,
  MonthCoverage,
  NodeCoverage,
  NodeFacts,
  SummaryFilter,
  TotalsQuery,
  UsageTotals,
} from './totals-query.ts';

/** The number of no value. */
const NO_VALUE = -1;

/** Its name, or the end of its id. */
export type NamedFacts = NodeFacts & { name: string };

/** What sums are made of. */
export interface TotalsBasis {
  held: HeldMonths;
  apart: SetApart;
  factsOf: (node: NodeId) => NamedFacts;
}

/**
 * Adds up the summaries that are held, of which there is one a node and month. What is set apart is in no sum, and told of in
 * the coverage.
 *
 * @throws RegionalUsageError `USAGE_QUERY_NOT_ANSWERED` summaries do not tell the languages or the users' countries of one type
 */
export function totalsOf(basis: TotalsBasis, query: TotalsQuery): UsageTotals {
  const { by, type } = query;
  if (type !== undefined && (by === 'language' || by === 'userCountry')) {
    throw new RegionalUsageError(
      'USAGE_QUERY_NOT_ANSWERED',
      `Use of one type of items is not told by ${by}.`,
      { remedy: 'Ask for it by month, country, institution or type, or for all types together.' },
    );
  }
  const { held } = basis;
  const ofType = type === undefined ? undefined : (held.values.find(type) ?? NO_VALUE);
  const rows = new TotalRows(held.values);
  const machine = { investigations: 0, requests: 0 };
  let [total, apart]: [Metrics, Metrics] = [{ ...noUse }, { ...noUse }];
  const coverage = coverageOf(basis, query, (month, facts, isApart) => {
    const metrics = ofType === undefined ? month.total : metricsOfType(month, ofType);
    if (isApart) {
      apart = sumOf(apart, metrics);
      return metrics;
    }
    total = sumOf(total, metrics);
    machine.investigations += month.machine.investigations;
    machine.requests += month.machine.requests;
    if (ofType !== undefined && metrics.totalInvestigations + metrics.totalRequests === 0) return metrics;
    if (by === 'month') rows.add(month.month, month.node, metrics);
    else if (by === 'institution') rows.add(month.node, month.node, metrics);
    else if (by === 'country') rows.add(facts.country, month.node, metrics);
    else if (type !== undefined) rows.add(type, month.node, metrics);
    else addShares(rows, by, month);
    return metrics;
  });
  return {
    by,
    rows: rows.inOrder(by === 'month' ? 'value' : 'use'),
    total,
    ...(type === undefined && { machine }),
    apart,
    coverage,
  };
}

/** What is held of the nodes and months that are meant. @param visit is given each, and says what of it is shown */
export function coverageOf(
  { held, apart, factsOf }: TotalsBasis,
  filter: SummaryFilter,
  visit: (month: HeldMonth, facts: NodeFacts, isApart: boolean) => Metrics = ({ total }) => total,
): Coverage {
  const nodes: NodeCoverage[] = [];
  let [summaries, setApart] = [0, 0];
  for (const ofNode of held.all()) {
    const [first] = ofNode;
    if (first === undefined || (filter.node !== undefined && filter.node !== first.node)) continue;
    const facts = factsOf(first.node);
    if (!isMeant(facts, filter)) continue;
    const months = ofNode.filter(({ month }) => isWithin(month, filter));
    if (months.length === 0) continue;
    const { name, country } = facts;
    const covered: NodeCoverage = {
      node: first.node,
      name,
      ...(country !== undefined && { country }),
      metrics: { ...noUse },
      apart: { ...noUse },
      months: [],
      gaps: gapsIn(months),
    };
    for (const month of months) {
      const why = apart.of(month);
      const metrics = visit(month, facts, why !== undefined);
      if (why === undefined) covered.metrics = sumOf(covered.metrics, metrics);
      else covered.apart = sumOf(covered.apart, metrics);
      covered.months.push({ ...monthCoverage(month, metrics), ...(why !== undefined && { apart: why }) });
      if (why === undefined) summaries += 1;
      else setApart += 1;
    }
    nodes.push(covered);
  }
  const all = nodes.flatMap(({ months }) => [months[0]?.month ?? '', months.at(-1)?.month ?? '']).sort();
  const [from, to] = [all[0], all.at(-1)];
  return { nodes, summaries, setApart, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

function monthCoverage(held: HeldMonth, metrics: Metrics): MonthCoverage {
  const { month, revision, time, isFinal, days, works, worksHeld } = held;
  const isWhole = works.count === 0 || worksHeld?.digest === works.digest;
  return {
    month,
    revision,
    time,
    isFinal,
    days,
    metrics,
    works: { count: works.count, held: isWhole ? 'all' : worksHeld === undefined ? 'none' : 'former' },
  };
}

function gapsIn(months: readonly HeldMonth[]): string[] {
  const [first, last] = [months[0]?.month, months.at(-1)?.month];
  if (first === undefined || last === undefined) return [];
  const told = new Set(months.map(({ month }) => month));
  const gaps: string[] = [];
  for (let month = first; month < last; month = monthsLater(month, 1)) if (!told.has(month)) gaps.push(month);
  return gaps;
}

/** Whether a node is among those that are meant. */
export function isMeant({ networks, country }: NodeFacts, filter: SummaryFilter): boolean {
  return (
    (filter.network === undefined || networks.includes(filter.network)) &&
    (filter.country === undefined || country === filter.country)
  );
}

export function isWithin(month: string, { from, to }: SummaryFilter): boolean {
  return (from === undefined || month >= from) && (to === undefined || month <= to);
}

function addShares(rows: TotalRows, kind: ShareKind, { node, total, shares }: HeldMonth): void {
  let [a, b, c, d] = [
    total.totalInvestigations,
    total.uniqueInvestigations,
    total.totalRequests,
    total.uniqueRequests,
  ];
  shares.each(kind, (value, counts, at) => {
    rows.addShare(value, node, counts, at);
    a -= counts[at] ?? 0;
    b -= counts[at + 1] ?? 0;
    c -= counts[at + 2] ?? 0;
    d -= counts[at + 3] ?? 0;
  });
  if (a === 0 && c === 0) return;
  rows.add(undefined, node, {
    totalInvestigations: a,
    uniqueInvestigations: b,
    totalRequests: c,
    uniqueRequests: d,
  });
}

function metricsOfType({ shares }: HeldMonth, type: number): Metrics {
  const metrics = { ...noUse };
  shares.each('type', (value, counts, at) => {
    if (value !== type) return;
    metrics.totalInvestigations += counts[at] ?? 0;
    metrics.uniqueInvestigations += counts[at + 1] ?? 0;
    metrics.totalRequests += counts[at + 2] ?? 0;
    metrics.uniqueRequests += counts[at + 3] ?? 0;
  });
  return metrics;
}
