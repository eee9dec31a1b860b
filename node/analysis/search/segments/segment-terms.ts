import { LRUCache } from 'lru-cache';
import type { Section } from '../../../store/index.ts';
import { numberAtEnd, packKey, termListKey, termListRange } from '../layout.ts';
import { blocksOf, type PostingBlock, type TermPostings } from '../postings/postings.ts';
import { lastUpTo, listedTerms, TermList } from './term-list.ts';

/** What the latest queries have read: the lists of terms, read often, and postings. */
const LIST_CACHE_BYTES = 12 * 1024 * 1024;
const PACK_CACHE_BYTES = 20 * 1024 * 1024;
const SPELLING_CACHE_BYTES = 8 * 1024 * 1024;
/** What a value that is kept takes beside its bytes, roughly. */
const BYTES_OF_ENTRY = 300;
/** What a term of a list takes in memory, roughly. */
const BYTES_A_TERM = 120;

interface Place {
  segment: number;
  pack: number;
}

/**
 * Finds terms in the segments: the first terms of all packs are in memory (some 2 bytes for each term of a segment), lists
 * and packs are read from the store, those of the latest queries kept. A segment does not change, nor does its number come
 * again, so what is kept is never wrong.
 */
export class SegmentTerms {
  readonly #firsts = new Map<number, readonly string[]>();
  readonly #lists: KeptValues<TermList>;
  readonly #packs: KeptValues<Uint8Array>;
  /** The lists that misspelt words were held against, as they are stored. */
  readonly #spelled: KeptValues<Uint8Array>;

  private constructor(section: Section) {
    this.#lists = new KeptValues(section, {
      keyOf: termListKey,
      read: (bytes) => new TermList(bytes),
      sizeOf: (list) => list.length * BYTES_A_TERM,
      most: LIST_CACHE_BYTES,
    });
    this.#packs = new KeptValues(section, {
      keyOf: packKey,
      read: (bytes) => bytes,
      sizeOf: ({ length }) => length,
      most: PACK_CACHE_BYTES,
    });
    this.#spelled = new KeptValues(section, {
      keyOf: termListKey,
      read: (bytes) => bytes,
      sizeOf: ({ length }) => length + BYTES_OF_ENTRY,
      most: SPELLING_CACHE_BYTES,
    });
  }

  static async load(section: Section, segments: readonly number[]): Promise<SegmentTerms> {
    const terms = new SegmentTerms(section);
    for (const segment of segments) {
      const firsts: string[] = [];
      for await (const [key, list] of section.iterator(termListRange(segment)))
        firsts[numberAtEnd(key)] = listedTerms(list, 1)[0]?.term ?? '';
      terms.take(segment, firsts);
    }
    return terms;
  }

  /** Knows a segment that has been written. */
  take(segment: number, firsts: readonly string[]): void {
    this.#firsts.set(segment, firsts);
  }

  forget(segment: number): void {
    this.#firsts.delete(segment);
  }

  /** How many packs a segment has. */
  packs(segment: number): number {
    return this.#firsts.get(segment)?.length ?? 0;
  }

  /**
   * For each term its postings in these segments, in their order, and the sum of its counts there; no postings where that is
   * above `most`.
   */
  async postings(
    segments: readonly number[],
    terms: readonly string[],
    most: number,
  ): Promise<TermPostings[]> {
    const places = terms.flatMap((term, i) =>
      segments.flatMap((segment) => {
        const pack = this.#packUpTo(segment, term);
        return pack === -1 ? [] : [{ i, term, segment, pack }];
      }),
    );
    const lists = await this.#lists.getMany(places);
    const counts = new Float64Array(terms.length);
    const found = places.flatMap(({ i, term, segment, pack }, at) => {
      const entry = lists[at]?.find(term);
      if (entry === undefined) return [];
      counts[i]! += entry.count;
      return entry.start === entry.end ? [] : [{ i, segment, pack, ...entry }];
    });
    const wanted = found.filter(({ i }) => (counts[i] ?? 0) <= most);
    const packs = await this.#packs.getMany(wanted);
    const postings = Array.from(counts, (count) => ({ count, blocks: [] as PostingBlock[] }));
    for (const [at, { i, start, end }] of wanted.entries()) {
      const pack = packs[at];
      if (pack !== undefined) postings[i]?.blocks.push(...blocksOf(pack.subarray(start, end)));
    }
    return postings;
  }

  /**
   * The lists of a segment that may have terms with this letter.
   * @param mayBeginWith which are left out: all terms of a pack have in common what its first has with the next pack's
   */
  async listsOf(
    segment: number,
    letter: string,
    mayBeginWith: (letters: string) => boolean = () => true,
  ): Promise<Uint8Array[]> {
    const firsts = this.#firsts.get(segment) ?? [];
    const places: Place[] = [];
    const last = this.#packUpTo(segment, `${letter}\uffff`);
    for (let pack = Math.max(0, this.#packUpTo(segment, letter)); pack <= last; pack += 1) {
      const common = commonBeginning(firsts[pack] ?? '', firsts[pack + 1] ?? '');
      if (mayBeginWith(common)) places.push({ segment, pack });
    }
    return (await this.#spelled.getMany(places)).filter((list) => list !== undefined);
  }

  /** The pack that has a term, if any has: the last whose first term does not come after it. */
  #packUpTo(segment: number, term: string): number {
    const firsts = this.#firsts.get(segment) ?? [];
    return lastUpTo(firsts.length, (at) => (firsts[at] ?? '') <= term);
  }
}

/** Reads values by their places, and keeps the latest. */
class KeptValues<T extends object> {
  readonly #section: Section;
  readonly #keyOf: (segment: number, pack: number) => string;
  readonly #read: (bytes: Uint8Array) => T;
  readonly #kept: LRUCache<number, T>;

  constructor(
    section: Section,
    options: {
      keyOf: (segment: number, pack: number) => string;
      read: (bytes: Uint8Array) => T;
      sizeOf: (value: T) => number;
      most: number;
    },
  ) {
    this.#section = section;
    this.#keyOf = options.keyOf;
    this.#read = options.read;
    this.#kept = new LRUCache({
      maxSize: options.most,
      sizeCalculation: (value) => Math.max(1, options.sizeOf(value)),
    });
  }

  async getMany(places: readonly Place[]): Promise<(T | undefined)[]> {
    const values = new Map<number, T | undefined>();
    const missing: Place[] = [];
    const numbers = places.map(({ segment, pack }) => segment * PACKS_A_SEGMENT + pack);
    for (const [i, number] of numbers.entries()) {
      if (values.has(number)) continue;
      const kept = this.#kept.get(number);
      values.set(number, kept);
      const place = places[i];
      if (kept === undefined && place !== undefined) missing.push(place);
    }
    if (missing.length > 0) {
      const read = await this.#section.getMany(
        missing.map(({ segment, pack }) => this.#keyOf(segment, pack)),
      );
      for (const [i, { segment, pack }] of missing.entries()) {
        const bytes = read[i];
        if (bytes === undefined) continue;
        const value = this.#read(bytes);
        values.set(segment * PACKS_A_SEGMENT + pack, value);
        this.#kept.set(segment * PACKS_A_SEGMENT + pack, value);
      }
    }
    return numbers.map((number) => values.get(number));
  }
}

function commonBeginning(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a.charCodeAt(length) === b.charCodeAt(length)) length += 1;
  return a.slice(0, length);
}

/** More than any segment has, and few enough that segment and pack are one number. */
const PACKS_A_SEGMENT = 2 ** 26;
