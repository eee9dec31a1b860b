import type { Context } from 'koa';
import type { Logger } from 'pino';
import type { Counter, Registry } from 'prom-client';
import { UsageError, type UsageEvent } from '../../analysis/usage/index.ts';
import type { Clock } from '../../clock.ts';
import { counterIn } from '../server/counter-metric.ts';

/** So many views may wait to be written. */
const MOST_WAITING = 1_000;

/** Takes events in; `UsageError` where it will not have one. */
interface UsageSink {
  record(event: UsageEvent): Promise<unknown>;
}

/**
 * Counts views of the pages of this node's own items: to see the description of an item is an investigation (COUNTER 5.1
 * §3.3.4). Its files lie at the repository, which tells of requests; a link that is followed is none (§7.1).
 *
 * What counts is a page that a GET got, with 200, or with 304 where the browser had it (§7.1). Data formats count nothing:
 * programs ask for them, of the network as of this node.
 *
 * The reader does not wait: a view is noted when her answer has gone out. Where the disk cannot keep up, views are let go
 * and counted as such.
 */
export class PageViews {
  readonly #usage: UsageSink;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #dropped: Counter<'reason'>;
  readonly #most: number;
  #waiting = 0;

  constructor(parts: {
    usage: UsageSink;
    metrics: Registry;
    clock: Clock;
    log: Logger;
    mostWaiting?: number;
  }) {
    this.#usage = parts.usage;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#most = parts.mostWaiting ?? MOST_WAITING;
    this.#dropped = counterIn(parts.metrics, {
      name: 'ngr_page_views_dropped_total',
      help: 'Views of own items that were not counted, by reason.',
      labelNames: ['reason'],
    });
  }

  /** Counts the answer that is being made as a view of the item, if it becomes one. */
  note(ctx: Context, key: string): void {
    if (ctx.method !== 'GET') return;
    const { ip: address, res } = ctx;
    const userAgent = ctx.get('User-Agent');
    res.once('finish', () => {
      if (res.statusCode === 200 || res.statusCode === 304) void this.#count(key, address, userAgent);
    });
  }

  async #count(key: string, address: string, userAgent: string): Promise<void> {
    if (this.#waiting >= this.#most) {
      this.#dropped.inc({ reason: 'busy' });
      return;
    }
    this.#waiting += 1;
    try {
      await this.#usage.record({ kind: 'investigation', key, address, userAgent, time: this.#clock.now() });
    } catch (error) {
      const isRefused = error instanceof UsageError;
      this.#dropped.inc({ reason: isRefused ? 'refused' : 'failed' });
      if (!isRefused) this.#log.error({ err: error, key }, 'a view was not counted');
    } finally {
      this.#waiting -= 1;
    }
  }
}
