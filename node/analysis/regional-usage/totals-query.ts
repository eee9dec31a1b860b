import type { Metrics } from '../../../protocols/counter/index.ts';
import type { CoveredDays } from '../../../protocols/usage-summary/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import type { OutOfProportion } from './proportion.ts';

/** By what usage can be added up. `country` is where the institution is, `userCountry` where its items were used from. */
export const totalsBy = ['month', 'country', 'institution', 'type', 'language', 'userCountry'] as const;
export type TotalsBy = (typeof totalsBy)[number];

/** Which summaries are meant; without anything, all. */
export interface SummaryFilter {
  /** First and last month, `YYYY-MM`, both in it. */
  from?: string | undefined;
  to?: string | undefined;
  network?: string | undefined;
  /** Where the institution is, ISO 3166-1 alpha-2. */
  country?: string | undefined;
  node?: NodeId | undefined;
}

export interface TotalsQuery extends SummaryFilter {
  by: TotalsBy;
  /** Only the items of a type: the last part of its COAR URI. */
  type?: string | undefined;
}

export interface TotalRow {
  /** A month, a country's code, a node's id, a type, a language; not there for use of which that is not told. */
  value?: string;
  metrics: Metrics;
  /** How many nodes it is added up from. */
  nodes: number;
}

/** Why a month is in no sum: the operator refused the node, or it is out of all proportion. */
export type Apart = { why: 'refused' } | { why: 'out of proportion'; furthest: OutOfProportion };

/** What is held of one month of one node. */
export interface MonthCoverage {
  month: string;
  revision: number;
  /** When it was stated, milliseconds since 1970. */
  time: number;
  /** Whether all its days are over and counted. */
  isFinal: boolean;
  days: CoveredDays;
  metrics: Metrics;
  /** How many items its works are of; those that are held may be of a former revision, or none yet. */
  works: { count: number; held: 'all' | 'former' | 'none' };
  apart?: Apart;
}

export interface NodeCoverage {
  node: NodeId;
  name: string;
  country?: string;
  /** The sum of its months that are not apart, and of those that are. */
  metrics: Metrics;
  apart: Metrics;
  /** Ascending. */
  months: MonthCoverage[];
  /** Months between the first and the last, of those asked for, of which it has told nothing. */
  gaps: string[];
}

/** What a sum is made of. */
export interface Coverage {
  nodes: NodeCoverage[];
  /** How many summaries are in the sum, and how many are set apart. */
  summaries: number;
  setApart: number;
  /** First and last month of which any node has told; absent where none has. */
  from?: string;
  to?: string;
}

/** Usage of a network, added up from the summaries that are held: one a node and month. */
export interface UsageTotals {
  by: TotalsBy;
  /** Months ascending; anything else by use, most first, what is not told last. */
  rows: TotalRow[];
  total: Metrics;
  /** Use by robots, which is in no other figure; not there for one type of items, of which it is not told. */
  machine?: { investigations: number; requests: number };
  /** In none of the others. */
  apart: Metrics;
  coverage: Coverage;
}

/** A node, as far as it is known here. */
export interface NodeFacts {
  name?: string;
  country?: string;
  networks: readonly string[];
}

/** The use of one work in one repository. */
export interface WorkUsage {
  node: NodeId;
  name: string;
  /** In which it was used, ascending. */
  months: {
    month: string;
    metrics: Metrics;
    /** Of the summary whose works these are. */
    revision: number;
    apart?: Apart;
  }[];
  /** Without what is set apart. */
  metrics: Metrics;
}

/** The use of one work, of all its copies together. */
export interface WorkTotals {
  nodes: WorkUsage[];
  metrics: Metrics;
  /** Of how many summaries the works were looked through, and of how many they are not held. */
  coverage: { searched: number; missing: number };
}
