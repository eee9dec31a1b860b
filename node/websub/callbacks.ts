import type { Logger } from 'pino';
import type { RequestOptions } from '../../protocols/http/index.ts';
import type { Clock } from '../clock.ts';
import { OnePerHost, pauseAfter, type DeliveryFailure, type Fetch } from '../outbound/index.ts';

/** How callbacks are called: one after another at each host, within a time, and again after pauses that grow. */
export class Callbacks {
  readonly #fetch: Fetch;
  readonly #within: number;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #requests: OnePerHost;

  constructor(parts: {
    fetch: Fetch;
    /** Milliseconds that a callback may take for its answer. */
    within: number;
    clock: Clock;
    random: () => number;
    log: Logger;
    /** Called when there is room for another call. */
    ended: () => void;
  }) {
    const { clock, log, ended } = parts;
    this.#fetch = parts.fetch;
    this.#within = parts.within;
    this.#clock = clock;
    this.#random = parts.random;
    this.#requests = new OnePerHost({ clock, log, ended });
  }

  /** Begins a call, where there is room. */
  begin(callback: string, call: () => Promise<void>, signal: AbortSignal): void {
    this.#requests.begin(callback, call, signal);
  }

  /** By which a call makes its requests. */
  options(signal: AbortSignal): RequestOptions {
    return { fetch: this.#fetch, within: this.#within, signal };
  }

  /** When a call that failed is made again. @param attempts those that were made */
  nextAfter(attempts: number, failure: DeliveryFailure): number {
    return this.#clock.now() + pauseAfter(attempts, failure, this.#random());
  }

  /** Resolves when all calls that were begun have ended. */
  async idle(): Promise<void> {
    await this.#requests.idle();
  }
}
