import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';

/** What fails is not done again at once. */
const PAUSE_AFTER_FAULT_MS = 10_000;
/** Node ends longer ones at once; a clock that was set back makes such. */
const LONGEST_PAUSE_MS = 2 ** 31 - 1;

/** Does its work again and again: when it is woken, and when the time comes that the work has named. */
export class WakefulLoop {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #work: (signal: AbortSignal) => Promise<number | undefined>;
  readonly #failed: string;
  #abort = new AbortController();
  #running: Promise<void> | undefined;
  #wake = (): void => undefined;

  constructor(parts: {
    clock: Clock;
    log: Logger;
    /** @returns when it is to be done again at the latest, milliseconds since 1970 */
    work: (signal: AbortSignal) => Promise<number | undefined>;
    /** What the log says where it fails; it is done again a little later. */
    failed: string;
  }) {
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#work = parts.work;
    this.#failed = parts.failed;
  }

  start(): void {
    this.#abort = new AbortController();
    this.#running = this.#run(this.#abort.signal);
  }

  /** Resolves when the work has ended; its signal tells it to. */
  async stop(): Promise<void> {
    this.#abort.abort();
    this.#wake();
    await this.#running;
  }

  wake(): void {
    this.#wake();
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      // Before the work, so that what comes while it is done is not missed.
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      let next: number | undefined;
      try {
        next = await this.#work(signal);
      } catch (error) {
        this.#log.error({ err: error }, this.#failed);
        next = this.#clock.now() + PAUSE_AFTER_FAULT_MS;
      }
      await this.#until(next, woken, signal);
    }
  }

  async #until(time: number | undefined, woken: Promise<void>, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const waiting = new AbortController();
    const either = AbortSignal.any([signal, waiting.signal]);
    const pause =
      time === undefined ? [] : [this.#clock.sleep(this.#pauseUntil(time), either).catch(() => undefined)];
    await Promise.race([woken, ...pause]);
    waiting.abort();
  }

  #pauseUntil(time: number): number {
    return Math.min(Math.max(0, time - this.#clock.now()), LONGEST_PAUSE_MS);
  }
}
