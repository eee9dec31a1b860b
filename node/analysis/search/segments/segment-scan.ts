import type { Section } from '../../../store/index.ts';
import { packKey, termListKey } from '../layout.ts';
import { listedTerms, type ListedTerm } from './term-list.ts';

const READ_AHEAD = 8;

const NO_BYTES = new Uint8Array();

/**
 * Goes through a segment term by term, in order, some packs ahead. It holds nothing open between two reads, so it can wait
 * for as long as it likes.
 */
export class SegmentScan {
  readonly #section: Section;
  readonly #segment: number;
  readonly #packs: number;
  #nextPack = 0;
  #ahead: { list: Uint8Array; runs: Uint8Array }[] = [];
  #terms: ListedTerm[] = [];
  #runs: Uint8Array = NO_BYTES;
  #next = 0;
  #start = 0;
  /** Not there before the first `advance` and after the end. */
  term: string | undefined;
  count = 0;
  run: Uint8Array = NO_BYTES;

  /** @param packs how many the segment has */
  constructor(section: Section, segment: number, packs: number) {
    this.#section = section;
    this.#segment = segment;
    this.#packs = packs;
  }

  /** Goes on within a pack. @returns whether there was more in it; if not, `enterPack` leads on */
  advance(): boolean {
    const entry = this.#terms[this.#next];
    if (entry === undefined) return false;
    this.#next += 1;
    this.term = entry.term;
    this.count = entry.count;
    this.run = this.#runs.subarray(this.#start, this.#start + entry.size);
    this.#start += entry.size;
    return true;
  }

  /** Goes on to the first term of the next pack, or to the end. */
  async enterPack(): Promise<void> {
    if (this.#ahead.length === 0) await this.#read();
    const pack = this.#ahead.shift();
    this.#terms = pack === undefined ? [] : listedTerms(pack.list);
    this.#runs = pack?.runs ?? NO_BYTES;
    this.#next = 0;
    this.#start = 0;
    if (!this.advance()) this.term = undefined;
  }

  async #read(): Promise<void> {
    const packs: number[] = [];
    while (packs.length < READ_AHEAD && this.#nextPack < this.#packs) packs.push(this.#nextPack++);
    const keys = packs.flatMap((pack) => [termListKey(this.#segment, pack), packKey(this.#segment, pack)]);
    const values = keys.length === 0 ? [] : await this.#section.getMany(keys);
    this.#ahead = packs.map((_, i) => ({
      list: values[i * 2] ?? NO_BYTES,
      runs: values[i * 2 + 1] ?? NO_BYTES,
    }));
  }
}
