import type { Operation } from '../../../store/index.ts';
import { packKey, termListKey } from '../layout.ts';
import { encodeTerms } from './term-list.ts';

/**
 * A pack is some dozens of a segment's terms that follow on one another: few enough values for the store, and little beside
 * what is looked for. A term with more postings than a pack should have has one of its own, so nobody reads it for others;
 * and the lists, which have the counts, are values of their own, so nobody reads it for its count.
 */
const TERMS_A_PACK = 64;
const BYTES_A_PACK = 4_096;

/** Writes the packs of one segment, whose terms come in order. */
export class SegmentPacking {
  readonly #segment: number;
  /** The first terms of the packs that are written. */
  readonly firsts: string[] = [];
  #terms: { term: string; count: number; size: number }[] = [];
  #runs: Uint8Array[] = [];
  #bytes = 0;

  constructor(segment: number) {
    this.#segment = segment;
  }

  add(term: string, count: number, run: Uint8Array, operations: Operation[]): void {
    if (this.#terms.length >= TERMS_A_PACK || this.#bytes + run.length > BYTES_A_PACK) this.end(operations);
    this.#terms.push({ term, count, size: run.length });
    this.#runs.push(run);
    this.#bytes += run.length;
  }

  /** Writes what is left. */
  end(operations: Operation[]): void {
    const first = this.#terms[0]?.term;
    if (first === undefined) return;
    const pack = this.firsts.length;
    operations.push(
      { type: 'put', key: termListKey(this.#segment, pack), value: encodeTerms(this.#terms) },
      { type: 'put', key: packKey(this.#segment, pack), value: Buffer.concat(this.#runs, this.#bytes) },
    );
    this.firsts.push(first);
    this.#terms = [];
    this.#runs = [];
    this.#bytes = 0;
  }
}
