import type { PostingBlock } from './postings.ts';
import { VarintReader } from './varint.ts';

/**
 * Where a word stands in a document. Each field has a stretch of the line of positions, in the order of its bit
 * (`fields`), so a position tells its field, too.
 *
 * A posting's codes are its positions, ascending, each less the one before (the first less the beginning of its field's
 * stretch, which the posting's weight tells), times two, and one more where another follows. So nearly all take one byte.
 */
const STRETCH_BITS = 14;

/** Where the stretch of a field begins, by the field's bit. */
export const stretchOf = (field: number): number => (31 - Math.clz32(field)) << STRETCH_BITS;
/** The bit of the field that has the position. */
export const fieldOf = (position: number): number => 1 << (position >>> STRETCH_BITS);
/** The lowest field of several, which a document's first position of the word is in. */
export const firstField = (inFields: number): number => inFields & -inFields;

export const codeOf = (gap: number): number => (gap << 1) | 1;
/** The same code for the last position of a posting. */
export const asLast = (code: number): number => code & ~1;
export const isLast = (code: number): boolean => (code & 1) === 0;

/** Goes through the positions of one block, posting by posting, beside a `PostingCursor`. */
export class PositionCursor {
  readonly #reader: VarintReader;

  constructor(block: PostingBlock) {
    this.#reader = new VarintReader(block);
    const length = this.#reader.next();
    this.#reader.next();
    this.#reader.at += length;
  }

  /** The positions of the next posting, whose word is in these fields; none where the term has no positions. */
  next(inFields: number): number[] {
    const positions: number[] = [];
    for (let position = stretchOf(firstField(inFields)); !this.#reader.ended;) {
      const code = this.#reader.next();
      position += code >>> 1;
      positions.push(position);
      if (isLast(code)) break;
    }
    return positions;
  }

  skip(): void {
    while (!this.#reader.ended && !isLast(this.#reader.next()));
  }

  copyTo(codes: number[]): void {
    while (!this.#reader.ended) {
      const code = this.#reader.next();
      codes.push(code);
      if (isLast(code)) return;
    }
  }
}
