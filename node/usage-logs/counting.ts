/** One use of an item, as the counting takes it. */
export interface UsageEvent {
  /** The key of the record. */
  key: string;
  kind: 'investigation' | 'request';
  /** Milliseconds since 1970. */
  time: number;
  /** Of the user; not kept by this part, nor logged. */
  address: string;
  /** As the address. */
  userAgent: string;
}

/** What became of events that were handed over. */
export interface Taken {
  taken: number;
  robots: number;
  internal: number;
  /** By code. */
  refused: ReadonlyMap<string, number>;
}

/** Who counts. */
export interface Counting {
  /** Resolves when the events are kept; the same ones again change nothing. */
  take(events: readonly UsageEvent[]): Promise<Taken>;
  /** These days, of which each is given anew and whole. */
  restate(days: readonly string[], batches: AsyncIterable<readonly UsageEvent[]>): Promise<unknown>;
}

/**
 * The agent where a log or export keeps none: nobody can tell from it whether a robot came, so that it counts as a person's,
 * unless it behaves like a robot. Lists of robots take for one what does not begin as all browsers do.
 */
export const AGENT_NOT_KEPT = 'Mozilla/5.0 (not kept)';
