import type { CounterException, ExceptionCode } from './exceptions.ts';

const MOST_TOLD = 20;
const LONGEST_TOLD = 100;

/** Collects what is to be told of parameters and values, an exception a code. */
export class Remarks {
  readonly #told = new Map<ExceptionCode, string[]>();

  add(code: ExceptionCode, ...said: readonly string[]): void {
    const before = this.#told.get(code) ?? [];
    before.push(...said.slice(0, MOST_TOLD - before.length).map((text) => text.slice(0, LONGEST_TOLD)));
    this.#told.set(code, before);
  }

  get exceptions(): CounterException[] {
    return [...this.#told]
      .toSorted(([a], [b]) => a - b)
      .map(([code, said]) => ({ code, ...(said.length > 0 && { data: said.join('; ') }) }));
  }
}
