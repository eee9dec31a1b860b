import type { Counter, Registry } from 'prom-client';
import type { UsageEvent } from '../../analysis/usage/index.ts';
import type { Clock } from '../../clock.ts';
import { counterIn } from '../server/counter-metric.ts';
import type { WriterCalls } from './calls.ts';

/** Views that one call tells of. */
export const MOST_TOLD = 100;
const EVERY_MS = 500;
const MOST_WAITING = 1_000;
const LONGEST_WAIT_MS = 60_000;

/**
 * Has views of own items counted by the writer, some at a time. They wait in memory only, and not for long: those that the writer
 * does not take within a minute, or that are too many, are let go and counted. To tell of one twice does no harm, since it is counted
 * once.
 */
export class ViewsForWriter {
  readonly #calls: Pick<WriterCalls, 'post'>;
  readonly #clock: Clock;
  readonly #passed: Counter<'outcome'>;
  readonly #ending = new AbortController();
  #waiting: UsageEvent[] = [];
  #running: Promise<void> = Promise.resolve();

  constructor(options: { calls: Pick<WriterCalls, 'post'>; clock: Clock; metrics: Registry }) {
    this.#calls = options.calls;
    this.#clock = options.clock;
    this.#passed = counterIn(options.metrics, {
      name: 'ngr_views_for_writer_total',
      help: 'Views of own items on pages of this process, by whether the writer has taken them (told) or they were let go (dropped).',
      labelNames: ['outcome'],
    });
  }

  start(): void {
    this.#running = this.#run(this.#ending.signal);
  }

  /** Tells what is left, if the writer is there. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#running;
    await this.#tell();
    this.#drop(this.#waiting.splice(0).length);
  }

  /** Takes one; it has not been told when it resolves. */
  record(event: UsageEvent): Promise<void> {
    if (this.#waiting.length >= MOST_WAITING) this.#drop(1);
    else this.#waiting.push(event);
    return Promise.resolve();
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#clock.sleep(EVERY_MS, signal).catch(() => undefined);
      if (signal.aborted) return;
      await this.#tell();
    }
  }

  async #tell(): Promise<void> {
    while (this.#waiting.length > 0) {
      const some = this.#waiting.slice(0, MOST_TOLD);
      if (!(await this.#calls.post('/cluster/views', { views: some }))) break;
      this.#passed.inc({ outcome: 'told' }, some.length);
      this.#waiting.splice(0, some.length);
    }
    const since = this.#clock.now() - LONGEST_WAIT_MS;
    const fresh = this.#waiting.filter(({ time }) => time > since);
    this.#drop(this.#waiting.length - fresh.length);
    this.#waiting = fresh;
  }

  #drop(count: number): void {
    if (count > 0) this.#passed.inc({ outcome: 'dropped' }, count);
  }
}
