import { LRUCache } from 'lru-cache';
import type { Clock } from '../../../clock.ts';
import { HostPaused } from '../errors.ts';

/** From the end of one request to the start of the next at the same host, where its robots.txt asks for nothing else. */
const DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 60_000;
/** Pauses after failures in a row: five minutes, then twice as long each time. */
const FIRST_PAUSE_MS = 300_000;
const LONGEST_PAUSE_MS = 86_400_000;
const MOST_HOSTS = 10_000;

interface Host {
  readyAt: number;
  delay: number;
  failures: number;
  /** The last request in line. */
  last: Promise<unknown>;
}

/**
 * Politeness to other people's servers: to each host (an origin) one request at a time, with a pause between two, and
 * longer pauses where it asks for them or fails.
 */
export class Hosts {
  readonly #clock: Clock;
  readonly #hosts = new LRUCache<string, Host>({ max: MOST_HOSTS });

  constructor({ clock }: { clock: Clock }) {
    this.#clock = clock;
  }

  /** When the host may be asked again, milliseconds since 1970. */
  readyAt(origin: string): number {
    return this.#hosts.get(origin)?.readyAt ?? 0;
  }

  /** The pause between two requests that the host's robots.txt asks for, milliseconds. */
  setDelay(origin: string, delay: number | undefined): void {
    this.#host(origin).delay = Math.min(Math.max(delay ?? DELAY_MS, 0), LONGEST_DELAY_MS);
  }

  pause(origin: string, until: number): void {
    const host = this.#host(origin);
    host.readyAt = Math.max(host.readyAt, Math.min(until, this.#clock.now() + LONGEST_PAUSE_MS));
  }

  /** The host cannot be reached, or fails over what it is asked. */
  failed(origin: string): void {
    const host = this.#host(origin);
    this.pause(origin, this.#clock.now() + FIRST_PAUSE_MS * 2 ** Math.min(host.failures, 20));
    host.failures += 1;
  }

  answered(origin: string): void {
    this.#host(origin).failures = 0;
  }

  /**
   * Asks when it is this request's turn.
   * @throws HostPaused where the host is to be left alone for longer than the longest delay
   */
  async turn<T>(origin: string, signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
    const host = this.#host(origin);
    const turn = host.last.then(async () => {
      await this.#untilReady(origin, host, signal);
      try {
        return await ask();
      } finally {
        host.readyAt = Math.max(host.readyAt, this.#clock.now() + host.delay);
      }
    });
    host.last = turn.catch(() => undefined);
    return await turn;
  }

  async #untilReady(origin: string, host: Host, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const wait = host.readyAt - this.#clock.now();
    if (wait > LONGEST_DELAY_MS) throw new HostPaused(origin, host.readyAt);
    if (wait > 0) await this.#clock.sleep(wait, signal);
  }

  #host(origin: string): Host {
    const known = this.#hosts.get(origin);
    if (known !== undefined) return known;
    const host: Host = { readyAt: 0, delay: DELAY_MS, failures: 0, last: Promise.resolve() };
    this.#hosts.set(origin, host);
    return host;
  }
}
