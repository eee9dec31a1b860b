import { PositionCursor } from './positions.ts';
import { unzigzag, VarintReader, varintLength, writeVarint, zigzag } from './varint.ts';

/**
 * One term's postings in one part of the index, as bytes:
 *
 *     count   zigzag varint: documents with the term that came, less those that went, in this part's time
 *     length  varint: of what follows, up to the positions
 *     then for each posting, by ascending document number:
 *     gap     varint: document number less the one before
 *     weight  varint: how much of the term is in the document (`packWeight`)
 *     then for each posting, where the term has positions:
 *     codes   varints, see `positions.ts`
 *
 * The counts of all parts add up to the live documents that have the term, exactly and without reading a posting:
 * a document that goes is counted where it goes, whereas its posting stays in an older part until that is merged.
 * Only phrases read the positions; for all else they are bytes at the end.
 */
export type PostingBlock = Uint8Array;

/** Postings that have yet to be written. */
export interface PostingList {
  /** Document number, weight, document number, weight … */
  readonly pairs: readonly number[];
  /** The position codes of all of them, one after another; none for a term without positions. */
  readonly codes: readonly number[];
}

/** The fields that a word may be in, a bit each in a posting's weight; their order is also that of the positions. */
export const fields = { title: 1, author: 2, subject: 4, abstract: 8 } as const;
export type Field = keyof typeof fields;
export const ALL_FIELDS = 15;
const FIELD_BITS = 4;

/** How often a term is in a document's content (title, abstract, subjects; weighted), and which fields have it. */
export const packWeight = (content: number, inFields: number): number => (content << FIELD_BITS) | inFields;
export const contentOf = (weight: number): number => weight >>> FIELD_BITS;
export const fieldsOf = (weight: number): number => weight & ALL_FIELDS;
/** Whether it is among the names of the creators. */
export const isOfCreators = (weight: number): boolean => (weight & fields.author) !== 0;

/** @returns nothing where there is nothing to say: no postings and a count of 0 */
export function encodePostings(count: number, { pairs, codes }: PostingList): PostingBlock | undefined {
  if (count === 0 && pairs.length === 0) return undefined;
  let length = 0;
  for (let i = 0, before = 0; i < pairs.length; i += 2) {
    const document = pairs[i] ?? 0;
    length += varintLength(document - before) + varintLength(pairs[i + 1] ?? 0);
    before = document;
  }
  let size = varintLength(zigzag(count)) + varintLength(length) + length;
  for (const code of codes) size += varintLength(code);
  const bytes = Buffer.allocUnsafe(size);
  let at = writeVarint(bytes, writeVarint(bytes, 0, zigzag(count)), length);
  for (let i = 0, before = 0; i < pairs.length; i += 2) {
    const document = pairs[i] ?? 0;
    at = writeVarint(bytes, at, document - before);
    at = writeVarint(bytes, at, pairs[i + 1] ?? 0);
    before = document;
  }
  for (const code of codes) at = writeVarint(bytes, at, code);
  return bytes;
}

export function countOf(block: PostingBlock): number {
  return unzigzag(new VarintReader(block).next());
}

/** The live documents that have a term, by its blocks in all parts. */
export function countOfAll(blocks: readonly PostingBlock[]): number {
  return blocks.reduce((sum, block) => sum + countOf(block), 0);
}

/** One block for several whose document numbers ascend from block to block, without the postings of dead documents. */
export function mergePostings(
  blocks: readonly PostingBlock[],
  isLive: (document: number) => boolean,
): { block: PostingBlock | undefined; count: number; postings: number } {
  const pairs: number[] = [];
  const codes: number[] = [];
  let count = 0;
  for (const block of blocks) {
    count += countOf(block);
    const cursor = new PostingCursor([block]);
    const positions = new PositionCursor(block);
    for (; cursor.document !== END; cursor.advance()) {
      if (isLive(cursor.document)) {
        pairs.push(cursor.document, cursor.weight);
        positions.copyTo(codes);
      } else positions.skip();
    }
  }
  return { block: encodePostings(count, { pairs, codes }), count, postings: pairs.length / 2 };
}

/** The document number of a cursor that is through; above all others, and small enough to be handled as an integer. */
export const END = 0x7fff_ffff;

/** Goes through the postings of one term, part after part. Ranking spends its time here. */
export class PostingCursor {
  document = 0;
  weight = 0;
  /** The live documents that have the term. */
  readonly count: number;
  readonly #blocks: readonly PostingBlock[];
  #next = 0;
  #bytes: Uint8Array = new Uint8Array();
  #at = 0;
  #end = 0;

  constructor(blocks: readonly PostingBlock[]) {
    this.#blocks = blocks;
    this.count = countOfAll(blocks);
    this.advance();
  }

  advance(): void {
    if (this.#at >= this.#end && !this.#enterNextBlock()) {
      this.document = END;
      return;
    }
    this.document += this.#varint();
    this.weight = this.#varint();
  }

  /**
   * Takes the postings of documents below `end`, as many as there are: into `documents` and `weights`, which have to be
   * long enough. Faster than one at a time.
   * @returns how many
   */
  takeBefore(end: number, documents: Uint32Array, weights: Uint32Array): number {
    let taken = 0;
    while (this.document < end) {
      // Within a block, with what changes at hand.
      const bytes = this.#bytes;
      let { document, weight } = this;
      const last = this.#end;
      let at = this.#at;
      while (document < end) {
        documents[taken] = document;
        weights[taken] = weight;
        taken += 1;
        if (at >= last) break;
        let gap = bytes[at++]!;
        if (gap >= 0x80) {
          gap &= 0x7f;
          for (let shift = 7, byte = 0x80; byte >= 0x80; shift += 7) {
            byte = bytes[at++]!;
            gap |= (byte & 0x7f) << shift;
          }
        }
        document += gap;
        weight = bytes[at++]!;
        if (weight >= 0x80) {
          weight &= 0x7f;
          for (let shift = 7, byte = 0x80; byte >= 0x80; shift += 7) {
            byte = bytes[at++]!;
            weight |= (byte & 0x7f) << shift;
          }
        }
      }
      this.#at = at;
      this.document = document;
      this.weight = weight;
      if (document < end) this.advance();
    }
    return taken;
  }

  #enterNextBlock(): boolean {
    for (;;) {
      const block = this.#blocks[this.#next];
      if (block === undefined) return false;
      this.#next += 1;
      this.#bytes = block;
      this.#at = 0;
      this.#varint();
      const length = this.#varint();
      this.#end = this.#at + length;
      this.document = 0;
      if (length > 0) return true;
    }
  }

  #varint(): number {
    const bytes = this.#bytes;
    let byte = bytes[this.#at++] ?? 0;
    if (byte < 0x80) return byte;
    let n = byte & 0x7f;
    for (let shift = 7; byte >= 0x80; shift += 7) {
      byte = bytes[this.#at++] ?? 0;
      n |= (byte & 0x7f) << shift;
    }
    return n >>> 0;
  }
}
