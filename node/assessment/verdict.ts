/**
 * Something seen at an address. It is data and no sentence, so that every page can tell it in its reader's language;
 * `what` and `rel` are the standards' own terms, which no language translates.
 */
export type Observation =
  | { kind: 'status'; address: string; status: number }
  | { kind: 'link'; address: string; rel: string; href: string }
  | { kind: 'no-link'; address: string; rel: string }
  | { kind: 'has'; address: string; what: string }
  | { kind: 'lacks'; address: string; what: string }
  /** Of the records looked at in a list, how many have something. */
  | { kind: 'share'; address: string; what: string; count: number; of: number }
  /** `reason` in English, as the reader of the format tells it. */
  | { kind: 'unreadable'; address: string; reason: string }
  /** It leads away from this node. */
  | { kind: 'elsewhere'; address: string }
  | { kind: 'slow'; address: string; seconds: number };

/** Why there is nothing to check. */
export type Obstacle = 'no-records' | 'no-identifiers' | 'no-licences' | 'no-tombstones' | 'no-channel';

/** What a check came to, by the outcomes of EARL 1.0 (W3C Working Group Note, section 2.7). */
export type Verdict =
  | { outcome: 'passed' | 'failed'; seen: readonly Observation[] }
  | { outcome: 'inapplicable'; why: Obstacle }
  | { outcome: 'untested' };

export type Outcome = Verdict['outcome'];

export const OUTCOMES: readonly Outcome[] = ['passed', 'failed', 'inapplicable', 'untested'];
