import { DAY_SECONDS } from './calendar.ts';
import { PARTS } from './layout.ts';

/**
 * A row of the ledger is one event in 16 bytes, four numbers of 32 bits in the machine's (little-endian) order:
 *
 *     number of the item
 *     hash of the user, high and low half
 *     second of the day (17 bits) · kind (1) · country (10) · class of the user (2)
 *
 * A second beyond the day's end is a click of the next day's first half minute, which may make one before midnight the
 * first of a double click.
 */
export const ROW_WORDS = 4;
export const ROW_BYTES = ROW_WORDS * 4;

const KIND_BIT = 17;
const COUNTRY_BIT = 18;
const CLASS_BIT = 28;
export const SECOND_MASK = (1 << KIND_BIT) - 1;
/** What of the last number tells of the user: the same for all of a user's rows, unless a list was changed meanwhile. */
export const USER_MASK = (0xfff << COUNTRY_BIT) >>> 0;
/** Second and kind. */
export const CLICK_BITS = COUNTRY_BIT;
export const CLICK_MASK = (1 << CLICK_BITS) - 1;

export const HUMAN = 0;
/** By the list, or without a name. */
export const ROBOT = 1;
/** An address of the institution. */
export const INTERNAL = 2;
export type UserClass = typeof HUMAN | typeof ROBOT | typeof INTERNAL;

/** @param country 0 where it is not known */
export function userBits(userClass: UserClass, country: number): number {
  return (userClass << CLASS_BIT) | (country << COUNTRY_BIT);
}

export function classOf(bits: number): number {
  return (bits >>> CLASS_BIT) & 3;
}

export function countryOf(bits: number): number {
  return (bits >>> COUNTRY_BIT) & 0x3ff;
}

export function clickBits(second: number, isRequest: boolean): number {
  return second | (isRequest ? 1 << KIND_BIT : 0);
}

export function isRequest(bits: number): boolean {
  return (bits & (1 << KIND_BIT)) !== 0;
}

/** Whether the click is of the day itself. */
export function isOfDay(bits: number): boolean {
  return (bits & SECOND_MASK) < DAY_SECONDS;
}

/** The part of the day's ledger in which all rows of a user lie. */
export function partOf(hashHigh: number): number {
  return hashHigh >>> 28;
}

/** Rows that are gathered to be written. */
export class Rows {
  #words = new Uint32Array(64 * ROW_WORDS);
  #used = 0;
  readonly #ofPart = new Uint32Array(PARTS);

  get length(): number {
    return this.#used / ROW_WORDS;
  }

  push(item: number, high: number, low: number, bits: number): void {
    if (this.#used === this.#words.length) {
      const more = new Uint32Array(this.#words.length * 2);
      more.set(this.#words);
      this.#words = more;
    }
    const words = this.#words;
    const at = this.#used;
    words[at] = item;
    words[at + 1] = high;
    words[at + 2] = low;
    words[at + 3] = bits;
    this.#used = at + ROW_WORDS;
    this.#ofPart[partOf(high)] = (this.#ofPart[partOf(high)] ?? 0) + 1;
  }

  pushAll(words: Uint32Array): void {
    for (let at = 0; at < words.length; at += ROW_WORDS)
      this.push(words[at] ?? 0, words[at + 1] ?? 0, words[at + 2] ?? 0, words[at + 3] ?? 0);
  }

  /** All rows as they came. */
  whole(): Uint8Array {
    return bytesOf(this.#words.slice(0, this.#used));
  }

  /** The rows of each part that has any. */
  parted(): [part: number, rows: Uint8Array][] {
    const blocks = Array.from(this.#ofPart, (rows) => new Uint32Array(rows * ROW_WORDS));
    const filled = new Uint32Array(PARTS);
    for (let at = 0; at < this.#used; at += ROW_WORDS) {
      const part = partOf(this.#words[at + 1] ?? 0);
      const to = filled[part] ?? 0;
      blocks[part]?.set(this.#words.subarray(at, at + ROW_WORDS), to);
      filled[part] = to + ROW_WORDS;
    }
    return blocks.flatMap((block, part) => (block.length === 0 ? [] : [[part, bytesOf(block)]]));
  }
}

/** The rows of several blocks together. */
export function joined(blocks: readonly Uint8Array[]): Uint32Array {
  const bytes = new Uint8Array(blocks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const block of blocks) {
    bytes.set(block, at);
    at += block.length;
  }
  return new Uint32Array(bytes.buffer);
}

export function bytesOf(words: Uint32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}
