import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import { monthOf } from './layout.ts';
import { UserHash } from './user-hash.ts';

const DOUBLE_CLICK_MS = 30_000;
/** Twice the window, so that clicks may also arrive out of order by as much. */
const REMEMBERED_MS = 2 * DOUBLE_CLICK_MS;
/** About 25 MB; more than 1,600 different user-item pairs a second. */
const MAX_REMEMBERED = 100_000;
const MAX_RUNS = 8;

export interface Click {
  address: string;
  userAgent: string;
  key: string;
  kind: 'investigation' | 'request';
  /** Milliseconds since 1970. */
  time: number;
}

export interface Filtered {
  /** Whether the click is one action together with another. */
  isRepeat: boolean;
  /** By how much each month's count changes; a click that repeats one of last month moves the action over. */
  changes: Map<string, number>;
  /** Forgets the click and those it belongs to, because it could not be counted. */
  forget: () => void;
}

/** Clicks each at most 30 s after the one before: one action, which happened at the last of them. */
interface Run {
  start: number;
  end: number;
}

interface Remembered {
  runs: Run[];
  touched: number;
}

/**
 * Finds double clicks (COUNTER 5.1 §7.2): clicks of one user on the same link of one item within 30 s of one another are
 * one action, the last of them. A user is an address with a user agent, and is remembered for a minute, as a hash.
 *
 * Where more users come in a minute than can be remembered, the longest unseen are forgotten: a double click of
 * theirs counts as two then, and the log says so.
 */
export class DoubleClicks {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #hash: UserHash;
  readonly #maxRemembered: number;
  /** In the order in which they were touched. */
  readonly #remembered = new Map<string, Remembered>();
  #warned = -Infinity;

  constructor(options: { clock: Clock; log: Logger; maxRemembered?: number }) {
    this.#clock = options.clock;
    this.#log = options.log;
    this.#hash = new UserHash({ clock: options.clock, keptMs: REMEMBERED_MS });
    this.#maxRemembered = options.maxRemembered ?? MAX_REMEMBERED;
  }

  /** How many users' ways to items are remembered now. */
  get size(): number {
    return this.#remembered.size;
  }

  take({ address, userAgent, key, kind, time }: Click): Filtered {
    const now = this.#clock.now();
    this.#forgetOld(now);
    const names = this.#hash.names([address, userAgent, key, kind]);
    const [name = ''] = names;
    const runs = names.flatMap((name) => this.#remembered.get(name)?.runs ?? []);
    for (const name of names) this.#remembered.delete(name);

    const isNear = ({ start, end }: Run): boolean =>
      time >= start - DOUBLE_CLICK_MS && time <= end + DOUBLE_CLICK_MS;
    const near = runs.filter(isNear);
    const joined = near.reduce(
      (all, { start, end }) => ({ start: Math.min(all.start, start), end: Math.max(all.end, end) }),
      { start: time, end: time },
    );
    const apart = runs.filter((run) => !near.includes(run));
    this.#remembered.set(name, { runs: [...apart, joined].slice(-MAX_RUNS), touched: now });
    return {
      isRepeat: near.length > 0,
      changes: changesByMonth(near, joined),
      forget: () => this.#remembered.delete(name),
    };
  }

  #forgetOld(now: number): void {
    for (const [name, { touched }] of this.#remembered) {
      const isFull = this.#remembered.size >= this.#maxRemembered;
      const isOld = now - touched > REMEMBERED_MS;
      if (!isOld && !isFull) return;
      this.#remembered.delete(name);
      if (!isOld) this.#warn(now);
    }
  }

  #warn(now: number): void {
    if (now - this.#warned < REMEMBERED_MS) return;
    this.#warned = now;
    this.#log.warn(
      { remembered: this.#maxRemembered },
      'more users at once than double clicks can be looked for: some may count as two',
    );
  }
}

function changesByMonth(before: readonly Run[], after: Run): Map<string, number> {
  const changes = new Map<string, number>();
  const add = (time: number, by: number): void => {
    const month = monthOf(time);
    changes.set(month, (changes.get(month) ?? 0) + by);
  };
  for (const { end } of before) add(end, -1);
  add(after.end, 1);
  for (const [month, by] of changes) if (by === 0) changes.delete(month);
  return changes;
}
