import { unzigzag, VarintReader, varintLength, writeVarint, zigzag } from '../postings/varint.ts';

/**
 * The terms of one pack (`segment-packing.ts`), in the order of their UTF-16 units:
 *
 *     length   varint: how many terms
 *     then for each term:
 *     shared   varint: letters that it begins with like the one before
 *     length   varint: letters of the rest
 *     count    zigzag varint: documents with the term that came, less those that went, in the time of this part of the index
 *     size     varint: bytes of its postings
 *     then the rests of all, in UTF-8
 *
 * The counts of all parts of the index add up to the live documents that have the term.
 */
export interface ListedTerm {
  term: string;
  count: number;
  size: number;
}

export function encodeTerms(terms: readonly ListedTerm[]): Uint8Array {
  const numbers = [terms.length];
  let rests = '';
  let before = '';
  for (const { term, count, size } of terms) {
    let shared = 0;
    while (shared < before.length && term.charCodeAt(shared) === before.charCodeAt(shared)) shared += 1;
    // The rest of a term never begins with half a character: it could not be written by itself.
    if (isLowSurrogate(term.charCodeAt(shared))) shared -= 1;
    numbers.push(shared, term.length - shared, zigzag(count), size);
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

const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;

/** @param most so many of them at most, from the first on */
export function listedTerms(list: Uint8Array, most = Infinity): ListedTerm[] {
  const reader = new VarintReader(list);
  const numbers = reader.many(reader.next() * 4);
  const rests = Buffer.from(list.buffer, list.byteOffset + reader.at, list.length - reader.at).toString();
  const terms: ListedTerm[] = [];
  let term = '';
  let at = 0;
  for (let i = 0; i < numbers.length && terms.length < most; i += 4) {
    const [shared = 0, length = 0] = [numbers[i], numbers[i + 1]];
    const [count = 0, size = 0] = [numbers[i + 2], numbers[i + 3]];
    term = term.slice(0, shared) + rests.slice(at, at + length);
    at += length;
    terms.push({ term, count: unzigzag(count), size });
  }
  return terms;
}

/** Goes through the terms of a list. Most of them are passed over, so no text is made of one that is not asked for. */
export class TermCursor {
  /** Letters that the term has in common with the one before. */
  shared = 0;
  count = 0;
  length = 0;
  readonly #numbers: VarintReader;
  readonly #rests: string;
  readonly #letters: number[] = [];
  #left: number;
  #at = 0;

  constructor(list: Uint8Array) {
    this.#numbers = new VarintReader(list);
    this.#left = this.#numbers.next();
    const end = new VarintReader(list, this.#numbers.at);
    for (let i = this.#left * 4; i > 0; i -= 1) end.next();
    this.#rests = Buffer.from(list.buffer, list.byteOffset + end.at, list.length - end.at).toString();
  }

  /**
   * Goes to the next term that does not have so many letters in common with this one.
   * @returns whether there is one
   */
  next(letters = Infinity): boolean {
    const numbers = this.#numbers;
    for (; this.#left > 0; this.#left -= 1) {
      const shared = numbers.next();
      const own = numbers.next();
      const count = numbers.next();
      numbers.next();
      if (shared >= letters) {
        this.#at += own;
        continue;
      }
      this.#left -= 1;
      this.shared = shared;
      this.length = shared + own;
      this.count = unzigzag(count);
      for (let i = shared; i < this.length; i += 1) this.#letters[i] = this.#rests.charCodeAt(this.#at++);
      return true;
    }
    return false;
  }

  charCodeAt(at: number): number {
    return this.#letters[at] ?? Number.NaN;
  }

  get term(): string {
    return String.fromCharCode(...this.#letters.slice(0, this.length));
  }
}

/** A list that is looked up in. */
export class TermList {
  readonly #terms: readonly ListedTerm[];
  readonly #starts: readonly number[];

  constructor(bytes: Uint8Array) {
    this.#terms = listedTerms(bytes);
    let start = 0;
    this.#starts = this.#terms.map(({ size }) => (start += size) - size);
  }

  get length(): number {
    return this.#terms.length;
  }

  /** How many have the term, and where its postings lie in the pack. */
  find(term: string): { count: number; start: number; end: number } | undefined {
    const i = lastUpTo(this.#terms.length, (at) => (this.#terms[at]?.term ?? '') <= term);
    const found = this.#terms[i];
    if (found?.term !== term) return undefined;
    const start = this.#starts[i] ?? 0;
    return { count: found.count, start, end: start + found.size };
  }
}

/** The last of `length` places up to which something is so; -1 where it is so nowhere. */
export function lastUpTo(length: number, isSo: (at: number) => boolean): number {
  let from = -1;
  let to = length;
  while (to - from > 1) {
    const middle = (from + to) >> 1;
    if (isSo(middle)) from = middle;
    else to = middle;
  }
  return from;
}
