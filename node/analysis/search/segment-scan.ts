import type { Section } from '../../store/index.ts';
import { segmentRange, termOfPostingKey } from './layout.ts';
import type { PostingBlock } from './postings.ts';

const READ_AHEAD = 128;

/**
 * Goes through a segment term by term, in the order of the store, some terms ahead. It holds nothing open between two
 * reads, so it can wait for as long as it likes.
 */
export class SegmentScan {
  readonly #section: Section;
  readonly #segment: number;
  #ahead: [string, PostingBlock][] = [];
  #at = 0;
  #ended = false;
  /** Not there before the first `advance` and after the end. */
  term: string | undefined;
  block: PostingBlock | undefined;

  constructor(section: Section, segment: number) {
    this.#section = section;
    this.#segment = segment;
  }

  async advance(): Promise<void> {
    if (this.#at === this.#ahead.length && !this.#ended) await this.#read();
    const entry = this.#ahead[this.#at];
    this.#at += 1;
    this.term = entry === undefined ? undefined : termOfPostingKey(entry[0]);
    this.block = entry?.[1];
  }

  async #read(): Promise<void> {
    const range = segmentRange(this.#segment, this.term);
    this.#ahead = await this.#section.iterator({ ...range, limit: READ_AHEAD }).all();
    this.#at = 0;
    this.#ended = this.#ahead.length < READ_AHEAD;
  }
}

/** Whether `a` comes before `b` in the store, which orders by code points where JavaScript orders by UTF-16 units. */
export function isBefore(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i += 1) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) return isSurrogate(x) === isSurrogate(y) ? x < y : isSurrogate(y);
  }
  return a.length < b.length;
}

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xe000;
