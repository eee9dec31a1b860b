import type { Taken } from './counting.ts';

/** What was read and what became of it, as `/api/usage/logs` tells it. */
export interface LogFigures {
  lines: number;
  /** Uses of items that were handed to the counting: people's, robots', internal ones. */
  events: number;
  counted: number;
  robots: number;
  internal: number;
  /** Neither a page nor a file of an item, or no successful request: no fault of anybody. */
  passedOver: number;
  /** By code: what could not be read, whose item is not known, what the counting refused. */
  refused: Record<string, number>;
}

/** Counts what becomes of the lines of a log. */
export class Tally {
  #lines = 0;
  #events = 0;
  #counted = 0;
  #robots = 0;
  #internal = 0;
  #passedOver = 0;
  readonly #refused = new Map<string, number>();

  read(): void {
    this.#lines += 1;
  }

  passOver(): void {
    this.#passedOver += 1;
  }

  refuse(code: string, times = 1): void {
    this.#refused.set(code, (this.#refused.get(code) ?? 0) + times);
  }

  took(events: number, { taken, robots, internal, refused }: Taken): void {
    this.#events += events;
    this.#counted += taken;
    this.#robots += robots;
    this.#internal += internal;
    for (const [code, times] of refused) this.refuse(code, times);
  }

  /** Takes the figures of another one in. */
  add(figures: LogFigures): void {
    this.#lines += figures.lines;
    this.#events += figures.events;
    this.#counted += figures.counted;
    this.#robots += figures.robots;
    this.#internal += figures.internal;
    this.#passedOver += figures.passedOver;
    for (const [code, times] of Object.entries(figures.refused)) this.refuse(code, times);
  }

  figures(): LogFigures {
    return {
      lines: this.#lines,
      events: this.#events,
      counted: this.#counted,
      robots: this.#robots,
      internal: this.#internal,
      passedOver: this.#passedOver,
      refused: Object.fromEntries(this.#refused),
    };
  }
}
