import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { WriteQueue } from '../../store/index.ts';
import { monthOfDay } from './calendar.ts';
import type { Closing } from './closing.ts';
import type { Counting } from './counting.ts';
import type { Ledgers } from './ledgers.ts';

/** Of a count that takes this long or more, the next one waits for nine times as long: at most a tenth of a processor. */
const LONG_COUNT_MS = 50;
const PAUSE_SHARE = 9;
/** A machine that has much else to do does not keep the figures from being those of this minute. */
const LONGEST_PAUSE_MS = 60_000;

/** Counts what came, every few seconds and when somebody asks; closes the days whose time has come; tells which months changed. */
export class Rounds {
  readonly #ledgers: Ledgers;
  readonly #counting: Counting;
  readonly #closing: Closing;
  readonly #counts: WriteQueue;
  readonly #everyMs: number;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #listeners = new Set<(months: readonly string[]) => void>();
  #nextCount: Promise<void> | undefined;
  #countAgainAt = -Infinity;
  #abort = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: {
    ledgers: Ledgers;
    counting: Counting;
    closing: Closing;
    /** Whatever counts, closes or replaces waits here for its turn. */
    counts: WriteQueue;
    /** How long events are gathered before they are counted. */
    everyMs: number;
    clock: Clock;
    log: Logger;
  }) {
    this.#ledgers = options.ledgers;
    this.#counting = options.counting;
    this.#closing = options.closing;
    this.#counts = options.counts;
    this.#everyMs = options.everyMs;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  start(): void {
    this.#abort = new AbortController();
    this.#running = this.#run(this.#abort.signal);
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#running;
  }

  /**
   * Counts what came, unless that was done just now and takes long. Where the disk takes nothing, what was counted before is what
   * can be told: what came since waits in its ledger.
   */
  async bringUpToDate(): Promise<void> {
    await this.#ledgers.open();
    if (this.#pauseLeft() > 0) return;
    await this.#count().catch((error: unknown) =>
      this.#log.warn({ err: error }, 'usage could not be counted, what was counted before is told'),
    );
  }

  /** Calls `listener` with the months whose counts have become others. @returns what ends it */
  onChange(listener: (months: readonly string[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The counts of these months have become others. */
  tell(months: readonly string[]): void {
    if (months.length > 0) for (const listener of this.#listeners) listener(months);
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const pause = Math.max(this.#everyMs, this.#pauseLeft());
      await this.#clock.sleep(pause, signal).catch(() => undefined);
      if (signal.aborted) return;
      try {
        await this.#ledgers.open();
        await this.#count();
        await this.#counts.run(() => this.#closing.closeDue());
      } catch (error) {
        this.#log.error({ err: error }, 'usage could not be counted, tries again');
      }
    }
  }

  /** None where it is longer than any: then the clock was set back. */
  #pauseLeft(): number {
    const left = this.#countAgainAt - this.#clock.now();
    return left > LONGEST_PAUSE_MS ? 0 : Math.max(0, left);
  }

  /** Whoever asks while a count waits for its turn shares it. */
  #count(): Promise<void> {
    this.#nextCount ??= this.#counts.run(async () => {
      this.#nextCount = undefined;
      await this.#countDays();
    });
    return this.#nextCount;
  }

  async #countDays(): Promise<void> {
    const from = this.#clock.now();
    const months = new Set<string>();
    for (const ledger of this.#ledgers.all())
      if (!ledger.isCounted && (await this.#counting.count(ledger))) months.add(monthOfDay(ledger.name));
    const to = this.#clock.now();
    if (to - from >= LONG_COUNT_MS)
      this.#countAgainAt = to + Math.min(PAUSE_SHARE * (to - from), LONGEST_PAUSE_MS);
    this.tell([...months].sort());
  }
}
