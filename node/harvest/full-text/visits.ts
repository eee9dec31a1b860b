import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import { writeBatch, type Section } from '../../store/index.ts';
import type { VisitQueue, Waiting } from './visit-queue.ts';
import type { VisitCounts } from './visitor.ts';

/** Visits at once, each at another host; and so requests, since each makes one at a time. */
const MOST_VISITS = 4;
/** After an error of the node's own; the record is not to stand in the way of others. */
const AFTER_ERROR_MS = 86_400_000;
const LONGEST_SLEEP_MS = 3_600_000;

export interface VisitsParts {
  queue: VisitQueue;
  section: Section;
  /** When a host may be asked again. */
  readyAt: (origin: string) => number;
  visit: (waiting: Waiting, signal: AbortSignal) => Promise<VisitCounts>;
  clock: Clock;
  log: Logger;
}

interface Running {
  waiting: Waiting;
  abort: AbortController;
  ended: Promise<void>;
}

/** Makes the visits whose turn it is: a few at once, one at each host. */
export class Visits {
  readonly #parts: VisitsParts;
  readonly #running = new Map<string, Running>();
  /** Records that are about to be changed: they wait. */
  #held: ReadonlySet<string> = new Set();
  #abort = new AbortController();
  #loop: Promise<void> | undefined;
  #wake: () => void = () => undefined;
  readonly counts: VisitCounts = { fetched: 0, failed: 0 };

  constructor(parts: VisitsParts) {
    this.#parts = parts;
  }

  /** Keys of the records that are being visited. */
  get current(): string[] {
    return [...this.#running.keys()];
  }

  start(): void {
    this.#abort = new AbortController();
    this.#loop = this.#run(this.#abort.signal);
  }

  async stop(): Promise<void> {
    this.#abort.abort(new Error('the node is stopped'));
    this.#wake();
    await this.#loop;
    await Promise.all([...this.#running.values()].map(({ ended }) => ended));
  }

  /** Looks whether there is something to do. */
  wake(): void {
    this.#wake();
  }

  /** Breaks off a record's visit, if there is one; resolves when it writes nothing more. */
  async interrupt(key: string): Promise<void> {
    const running = this.#running.get(key);
    running?.abort.abort(new Error('the record has changed'));
    await running?.ended;
  }

  /** These records are not visited until others are held, or none. */
  hold(keys: ReadonlySet<string>): void {
    this.#held = keys;
    if (keys.size === 0) this.#wake();
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const woken = new AbortController();
      this.#wake = () => woken.abort();
      let sleep = LONGEST_SLEEP_MS;
      try {
        sleep = await this.#startDue();
      } catch (error) {
        this.#parts.log.error({ err: error }, 'the queue of full texts cannot be read, tried again later');
      }
      if (!signal.aborted) await this.#parts.clock.sleep(sleep, woken.signal).catch(() => undefined);
      woken.abort();
    }
  }

  /** Starts the visits that can be started. @returns for how long there is nothing more to do */
  async #startDue(): Promise<number> {
    const { queue, readyAt, clock } = this.#parts;
    const nextDue = await queue.wakeUp(clock.now());
    let soonest = nextDue ?? Infinity;
    const busy = new Set([...this.#running.values()].map(({ waiting }) => waiting.origin));
    const mayAsk = (origin: string): boolean => {
      if (origin === '') return true;
      if (busy.has(origin)) return false;
      const ready = readyAt(origin);
      if (ready > clock.now()) soonest = Math.min(soonest, ready);
      return ready <= clock.now();
    };
    while (this.#running.size < MOST_VISITS && !this.#abort.signal.aborted) {
      const waiting = await queue.next(mayAsk, (key) => !this.#held.has(key) && !this.#running.has(key));
      if (waiting === undefined) break;
      busy.add(waiting.origin);
      this.#begin(waiting);
    }
    return Math.max(1, Math.min(soonest - clock.now(), LONGEST_SLEEP_MS));
  }

  #begin(waiting: Waiting): void {
    const abort = new AbortController();
    const stop = (): void => abort.abort(this.#abort.signal.reason);
    this.#abort.signal.addEventListener('abort', stop, { once: true });
    const ended = this.#visit(waiting, abort.signal).finally(() => {
      this.#abort.signal.removeEventListener('abort', stop);
      this.#running.delete(waiting.key);
      this.#wake();
    });
    this.#running.set(waiting.key, { waiting, abort, ended });
  }

  async #visit(waiting: Waiting, signal: AbortSignal): Promise<void> {
    const { visit, log } = this.#parts;
    try {
      const { fetched, failed } = await visit(waiting, signal);
      this.counts.fetched += fetched;
      this.counts.failed += failed;
    } catch (error) {
      if (signal.aborted) return;
      log.error(
        { err: error, record: waiting.key },
        'the files of a record cannot be looked at, tried again later',
      );
      await this.#putOff(waiting).catch((cause: unknown) => {
        log.error({ err: cause, record: waiting.key }, 'the queue of full texts cannot be written');
      });
    }
  }

  async #putOff({ key, origin, place }: Waiting): Promise<void> {
    const { queue, section, clock } = this.#parts;
    const time = clock.now() + AFTER_ERROR_MS;
    await writeBatch(section, queue.postpone(key, { origin, time, from: place }), { durable: false });
  }
}
