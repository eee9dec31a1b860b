import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';

/** At the same time, each to another host. */
const MOST_AT_ONCE = 8;
const PAUSE_AFTER_FAULT_MS = 10_000;

/** The host of an address, with its port where that is not the usual one; empty where there is none. */
export function hostOf(address: string | undefined): string {
  return address !== undefined && URL.canParse(address) ? new URL(address).host : '';
}

/** Requests to other machines: some at a time, and to each host one after another, so that a slow one holds up only itself. */
export class OnePerHost {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #ended: () => void;
  readonly #busy = new Map<string, Promise<void>>();

  /** @param parts.ended called when a place is free again */
  constructor(parts: { clock: Clock; log: Logger; ended: () => void }) {
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#ended = parts.ended;
  }

  /** Whether a request to yet another host can begin. */
  get hasRoom(): boolean {
    return this.#busy.size < MOST_AT_ONCE;
  }

  /** Begins a request to the host of an address, where there is room. */
  begin(address: string | undefined, request: () => Promise<void>, signal: AbortSignal): void {
    const host = hostOf(address);
    if (!this.hasRoom || this.#busy.has(host)) return;
    const ending = request()
      .catch(async (error: unknown) => {
        // What could not be written down would be sent again and again.
        this.#log.error({ err: error, host }, 'what came of a delivery was not written down');
        await this.#clock.sleep(PAUSE_AFTER_FAULT_MS, signal).catch(() => undefined);
      })
      .finally(() => {
        this.#busy.delete(host);
        this.#ended();
      });
    this.#busy.set(host, ending);
  }

  /** Resolves when all that were begun have ended. */
  async idle(): Promise<void> {
    await Promise.all(this.#busy.values());
  }
}
