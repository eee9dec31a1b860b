import type { NodeId } from '../../vocab/record.ts';
import type { Metrics } from '../counter/index.ts';

/** The use of the items of one kind: of a type, in a language, from a country. */
export interface Share {
  value: string;
  metrics: Metrics;
}

/** One of the most used items. */
export interface TopItem {
  /** Of the record. */
  key: string;
  /** Its beginning, where it is long; empty where it has none. */
  title: string;
  investigations: number;
  requests: number;
}

/** The days of a month for which events were counted. */
export interface CoveredDays {
  /** `YYYY-MM-DD`. */
  first: string;
  last: string;
  /** How many between them, both counted in, have events. */
  count: number;
}

/** What a summary says of its works, which are handed over by themselves (`works.ts`). */
export interface WorksState {
  /** How many items. */
  count: number;
  /** Of all pages together. */
  bytes: number;
  /** sha-256 of all pages (`worksDigest`). */
  digest: Uint8Array;
}

/**
 * What one node says of the use of its own items in one month, by COUNTER's Code of Practice 5.1: totals only, nothing of
 * who used them.
 */
export interface UsageSummary {
  node: NodeId;
  /** Calendar month in UTC, `YYYY-MM`. */
  month: string;
  /** 1 for the first; goes up by each restatement of the month. The highest stands, the others are void. */
  revision: number;
  total: Metrics;
  /** Use by robots, which is in no other figure. */
  machine: { investigations: number; requests: number };
  /** By the items' type: the last part of a COAR Resource Type URI, `c_6501`. An item has one at the most. */
  byType: readonly Share[];
  /** By the items' first language: ISO 639, in small letters. */
  byLanguage: readonly Share[];
  /** By the country of the users: ISO 3166-1 alpha-2, `ZZ` for unknown ones and those with few uses. Empty where it is not told. */
  byCountry: readonly Share[];
  /** Most used first. */
  top: readonly TopItem[];
  days: CoveredDays;
  /** Whether all days of the month are over and counted: it changes no more, unless the node restates it. */
  isFinal: boolean;
  works: WorksState;
  /** Milliseconds since 1970, by the origin's clock. */
  time: number;
}

export interface SignedSummary extends UsageSummary {
  /** Ed25519 over DAG-CBOR of the domain `ngr/usage-summary/2` and the fields, in the order of the interface. */
  signature: Uint8Array;
}
