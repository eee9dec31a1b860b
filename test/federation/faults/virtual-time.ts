import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../node/clock.ts';

/** Rounds of the event loop and its threads in which nothing was done, before the time goes on. */
const QUIET_ROUNDS = 3;
/** Of libuv, unless told. */
const THREADS = 4;
/** What is due within so many milliseconds happens together. */
const GRAIN_MS = 10;

interface Event {
  at: number;
  order: number;
  act: () => void;
}

/**
 * The time of a simulation. It stands still while there is work, and leaps to the next thing that is due when everybody
 * waits: minutes pass in milliseconds, and what a slow machine does late is late for nobody. That somebody still works in another
 * thread is seen nearly always, not always: then two things that happen at once may change places from run to run.
 */
export class VirtualTime {
  #now = Date.UTC(2026, 0, 15, 12);
  #order = 0;
  /** By time, the next one last. */
  readonly #events: Event[] = [];
  #activity = 0;

  get now(): number {
    return this.#now;
  }

  /** Says that something was done that others may go on from. */
  touch(): void {
    this.#activity += 1;
  }

  /** @returns what takes it back */
  in(ms: number, act: () => void): () => void {
    this.touch();
    const at = Math.ceil((this.#now + ms) / GRAIN_MS) * GRAIN_MS;
    const event = { at, order: (this.#order += 1), act };
    this.#events.splice(this.#place(at), 0, event);
    return () => {
      const index = this.#events.indexOf(event);
      if (index >= 0) this.#events.splice(index, 1);
    };
  }

  /** A clock that runs with this time, and is wrong by so much. */
  clock(wrongByMs: number): Clock {
    return {
      now: () => this.#now + wrongByMs,
      steady: () => this.#now,
      sleep: (ms, signal) =>
        new Promise((resolve, reject) => {
          if (signal?.aborted) {
            reject(signal.reason as Error);
            return;
          }
          const onAbort = (): void => {
            this.touch();
            takeBack();
            reject(signal?.reason as Error);
          };
          const takeBack = this.in(ms, () => {
            signal?.removeEventListener('abort', onAbort);
            resolve();
          });
          signal?.addEventListener('abort', onAbort, { once: true });
        }),
    };
  }

  async pass(ms: number): Promise<void> {
    const end = this.#now + Math.ceil(ms);
    await this.settle();
    for (let next = this.#events.at(-1); next !== undefined && next.at <= end; next = this.#events.at(-1)) {
      this.#now = Math.max(this.#now, next.at);
      while (this.#events.at(-1)?.at === next.at) {
        this.#events.pop()?.act();
        // One after another, so that the order does not hang on how fast each is.
        await this.settle();
      }
    }
    this.#now = end;
  }

  /** Resolves when everybody waits for something that is to come. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < QUIET_ROUNDS;) {
      const before = this.#activity;
      await Promise.all(Array.from({ length: THREADS }, threadJob));
      await new Promise((resolve) => setImmediate(resolve));
      quiet = this.#activity === before ? quiet + 1 : 0;
    }
  }

  /** Behind all that come later or are of the same time and were there before: events are taken from the end. */
  #place(at: number): number {
    let [low, high] = [0, this.#events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#events[middle]?.at ?? 0) > at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Signatures and frames are made in libuv's threads, in turn: what was asked before this is on its way. */
function threadJob(): Promise<void> {
  return new Promise((resolve) => {
    randomBytes(1, () => resolve());
  });
}
