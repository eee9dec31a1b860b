import type { Operation } from '../../store/index.ts';
import { termListKey } from './layout.ts';
import { unzigzag, VarintReader, varintLength, writeVarint, zigzag } from './varint.ts';

/**
 * The terms of a segment that a misspelt word may stand for, in order, some hundred to a list, with their counts (which
 * add up over all parts as those of postings do). All of a list begin with the same letter.
 *
 *     length   varint: how many terms
 *     then for each term:
 *     shared   varint: letters that it begins with like the one before
 *     length   varint: letters of the rest
 *     count    zigzag varint
 *     then the rests of all, in UTF-8
 */
export interface ListedTerm {
  term: string;
  shared: number;
  count: number;
}

const TERMS_A_LIST = 256;
/** Letters of the scripts that are written by keyboards with keys to slip on: all of them take one UTF-16 unit. */
const SPELLED = /^(?:(?![\u{10000}-\u{10ffff}])\p{L}){4,}$/u;

/** Whether a term is long enough, and all letters, so that a slip of the pen can be told from another word. */
export const isSpelled = (term: string): boolean => SPELLED.test(term);

/** Makes the lists of one segment from its terms, which come in order. */
export class TermListWriter {
  readonly #segment: number;
  #terms: { term: string; count: number }[] = [];

  constructor(segment: number) {
    this.#segment = segment;
  }

  add(term: string, count: number, operations: Operation[]): void {
    const first = this.#terms[0]?.term;
    if (first !== undefined && (this.#terms.length >= TERMS_A_LIST || first.charAt(0) !== term.charAt(0))) {
      this.end(operations);
    }
    this.#terms.push({ term, count });
  }

  /** Writes what is left. */
  end(operations: Operation[]): void {
    const first = this.#terms[0]?.term;
    if (first === undefined) return;
    operations.push({ type: 'put', key: termListKey(this.#segment, first), value: encodeTerms(this.#terms) });
    this.#terms = [];
  }
}

export function encodeTerms(terms: readonly { term: string; count: number }[]): Uint8Array {
  const numbers = [terms.length];
  let rests = '';
  let before = '';
  for (const { term, count } of terms) {
    let shared = 0;
    while (shared < before.length && term.charCodeAt(shared) === before.charCodeAt(shared)) shared += 1;
    numbers.push(shared, term.length - shared, zigzag(count));
    rests += term.slice(shared);
    before = term;
  }
  const length = numbers.reduce((sum, n) => sum + varintLength(n), 0);
  const bytes = Buffer.allocUnsafe(length + Buffer.byteLength(rests));
  let at = 0;
  for (const n of numbers) at = writeVarint(bytes, at, n);
  bytes.write(rests, at);
  return bytes;
}

export function listedTerms(list: Uint8Array): ListedTerm[] {
  const reader = new VarintReader(list);
  const numbers = Array.from({ length: reader.next() * 3 }, () => reader.next());
  const rests = Buffer.from(list.buffer, list.byteOffset + reader.at, list.length - reader.at).toString();
  const terms: ListedTerm[] = [];
  let term = '';
  let at = 0;
  for (let i = 0; i < numbers.length; i += 3) {
    const [shared = 0, length = 0, count = 0] = [numbers[i], numbers[i + 1], numbers[i + 2]];
    term = term.slice(0, shared) + rests.slice(at, at + length);
    at += length;
    terms.push({ term, shared, count: unzigzag(count) });
  }
  return terms;
}
