import type { Logger } from 'pino';
import type { Signer } from '../../../protocols/heads/index.ts';
import { endOf } from '../../../protocols/counter/index.ts';
import {
  encodeSummary,
  signSummary,
  type SignedSummary,
  type UsageSummary,
} from '../../../protocols/usage-summary/index.ts';
import type { Clock } from '../../clock.ts';
import type { HeldSummaries } from './held-summaries.ts';
import type { OwnMonth, OwnUsage } from './own-usage.ts';
import { sumUp, type SummingOptions } from './sum-up.ts';

const DAY_MS = 86_400_000;
/** A month becomes final by the time alone, too. */
const LOOK_AGAIN_MS = 60 * 60_000;
/** Summing up takes one part in so many of the time. */
const SHARE = 100;

/**
 * States the own months: sums up those whose counts have changed, signs them, and has others told. A node says the same
 * only once.
 */
export class OwnMonths {
  readonly #summing: SummingOptions & { own: OwnUsage };
  readonly #held: HeldSummaries;
  readonly #signer: Signer;
  readonly #finalAfterMs: number;
  readonly #announceAfterMs: number;
  readonly #tellEveryMs: number;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #listeners = new Set<(summary: SignedSummary) => void>();
  /** Signed and not yet told, by month; and when a month was told last. */
  readonly #untold = new Map<string, SignedSummary>();
  readonly #toldAt = new Map<string, number>();
  #stating: Promise<unknown> = Promise.resolve();
  #abort = new AbortController();
  #running: Promise<void> | undefined;
  #unsubscribe: () => void = () => undefined;
  #wake: () => void = () => undefined;
  #isChanged = true;

  constructor(options: {
    summing: SummingOptions & { own: OwnUsage };
    held: HeldSummaries;
    signer: Signer;
    /** For how many days after a month's end events of it may still come. */
    finalAfterDays: number;
    announceAfterMs: number;
    tellEveryMs: number;
    clock: Clock;
    log: Logger;
  }) {
    this.#summing = options.summing;
    this.#held = options.held;
    this.#signer = options.signer;
    this.#finalAfterMs = options.finalAfterDays * DAY_MS;
    this.#announceAfterMs = options.announceAfterMs;
    this.#tellEveryMs = options.tellEveryMs;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  start(): void {
    this.#abort = new AbortController();
    this.#unsubscribe = this.#summing.own.onChange(() => this.noteChange());
    this.#running = this.#run(this.#abort.signal);
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    this.#abort.abort();
    await this.#running;
  }

  /** Calls `listener` with new summaries, some seconds after counts changed. @returns what ends it */
  onSummary(listener: (summary: SignedSummary) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  noteChange(): void {
    this.#isChanged = true;
    this.#wake();
  }

  /** Sums up and signs what has changed; others are told of it with the next announcement. */
  async state(signal?: AbortSignal): Promise<void> {
    const stating = this.#stating.then(() => this.#stateChanged(signal));
    this.#stating = stating.catch(() => undefined);
    await stating;
  }

  async #stateChanged(signal?: AbortSignal): Promise<void> {
    for (const month of await this.#summing.own.months()) {
      if (signal?.aborted === true) return;
      const summary = await this.#stateMonth(month);
      if (summary !== undefined) this.#untold.set(summary.month, summary);
    }
  }

  async #stateMonth({ month, version, openDays }: OwnMonth): Promise<SignedSummary | undefined> {
    const isOver = this.#clock.now() >= endOf(month) + this.#finalAfterMs;
    const isFinal = isOver && openDays === 0;
    const stated = await this.#held.ownState(month);
    if (stated?.version === version && stated.isFinal === isFinal) return undefined;
    const summed = await sumUp(this.#summing, month);
    if (summed === undefined) return undefined;
    const sign = (standing: SignedSummary | undefined): SignedSummary | undefined => {
      const summary: UsageSummary = {
        ...summed.content,
        node: this.#signer.node,
        revision: (standing?.revision ?? 0) + 1,
        isFinal,
        time: this.#clock.now(),
      };
      return standing !== undefined && saysTheSame(summary, standing)
        ? undefined
        : signSummary(summary, this.#signer);
    };
    return await this.#held.state({ month, state: { version: summed.version, isFinal } }, sign, summed.pages);
  }

  async #run(signal: AbortSignal): Promise<void> {
    let pause = this.#announceAfterMs;
    while (!signal.aborted) {
      if (!this.#isChanged && this.#untold.size === 0) await this.#change(signal);
      await this.#clock.sleep(pause, signal).catch(() => undefined);
      if (signal.aborted) return;
      pause = this.#announceAfterMs;
      if (this.#isChanged) {
        this.#isChanged = false;
        const began = performance.now();
        try {
          await this.state(signal);
        } catch (error) {
          this.#isChanged = true;
          this.#log.error({ err: error }, 'own usage could not be summed up, tries again');
        }
        pause = Math.max(pause, (performance.now() - began) * SHARE);
      }
      this.#tell();
    }
  }

  /** Resolves when counts have changed, or it is time to look. */
  async #change(signal: AbortSignal): Promise<void> {
    const waking = new AbortController();
    const stop = (): void => waking.abort();
    this.#wake = stop;
    signal.addEventListener('abort', stop, { once: true });
    await this.#clock.sleep(LOOK_AGAIN_MS, waking.signal).catch(() => undefined);
    signal.removeEventListener('abort', stop);
    this.#wake = () => undefined;
    this.#isChanged = true;
  }

  /** A month that goes on changing is told of now and then. */
  #tell(): void {
    const now = this.#clock.now();
    for (const [month, summary] of this.#untold) {
      const last = this.#toldAt.get(month);
      if (last !== undefined && !summary.isFinal && now - last < this.#tellEveryMs) continue;
      this.#untold.delete(month);
      this.#toldAt.set(month, now);
      for (const listener of this.#listeners) listener(summary);
    }
  }
}

function saysTheSame(a: UsageSummary, b: UsageSummary): boolean {
  const blank = { revision: 1, time: Number.MAX_SAFE_INTEGER, signature: new Uint8Array() };
  return Buffer.compare(encodeSummary({ ...a, ...blank }), encodeSummary({ ...b, ...blank })) === 0;
}
