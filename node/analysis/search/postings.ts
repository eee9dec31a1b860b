import { unzigzag, VarintReader, varintLength, writeVarint, zigzag } from './varint.ts';

/**
 * One term's postings in one part of the index, as bytes:
 *
 *     count   zigzag varint: documents with the term that came, less those that went, in this part's time
 *     then for each posting, by ascending document number:
 *     gap     varint: document number less the one before
 *     weight  varint: how much of the term is in the document (`packWeight`)
 *
 * The counts of all parts add up to the live documents that have the term, exactly and without reading a posting:
 * a document that goes is counted where it goes, whereas its posting stays in an older part until that is merged.
 */
export type PostingBlock = Uint8Array;

/** Postings that have yet to be written: document number, weight, document number, weight … */
export type PostingList = readonly number[];

const MOST_CREATORS = 3;

/** How often a term is in a document's content (title, abstract, subjects; weighted), and among its creators (at most 3). */
export const packWeight = (content: number, creators: number): number =>
  content * 4 + Math.min(creators, MOST_CREATORS);
export const contentOf = (weight: number): number => weight >>> 2;
export const creatorsOf = (weight: number): number => weight & 3;

/** @returns nothing where there is nothing to say: no postings and a count of 0 */
export function encodePostings(count: number, postings: PostingList): PostingBlock | undefined {
  if (count === 0 && postings.length === 0) return undefined;
  let length = varintLength(zigzag(count));
  for (let i = 0, before = 0; i < postings.length; i += 2) {
    const document = postings[i] ?? 0;
    length += varintLength(document - before) + varintLength(postings[i + 1] ?? 0);
    before = document;
  }
  const bytes = Buffer.allocUnsafe(length);
  let at = writeVarint(bytes, 0, zigzag(count));
  for (let i = 0, before = 0; i < postings.length; i += 2) {
    const document = postings[i] ?? 0;
    at = writeVarint(bytes, at, document - before);
    at = writeVarint(bytes, at, postings[i + 1] ?? 0);
    before = document;
  }
  return bytes;
}

export function countOf(block: PostingBlock): number {
  return unzigzag(new VarintReader(block).next());
}

/** One block for several whose document numbers ascend from block to block, without the postings of dead documents. */
export function mergePostings(
  blocks: readonly PostingBlock[],
  isLive: (document: number) => boolean,
): { block: PostingBlock | undefined; postings: number } {
  const kept: number[] = [];
  const cursor = new PostingCursor(blocks);
  for (; cursor.document !== END; cursor.advance()) {
    if (isLive(cursor.document)) kept.push(cursor.document, cursor.weight);
  }
  return { block: encodePostings(cursor.count, kept), postings: kept.length / 2 };
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

  constructor(blocks: readonly PostingBlock[]) {
    this.#blocks = blocks;
    this.count = blocks.reduce((sum, block) => sum + countOf(block), 0);
    this.advance();
  }

  advance(): void {
    if (this.#at >= this.#bytes.length && !this.#enterNextBlock()) {
      this.document = END;
      return;
    }
    this.document += this.#varint();
    this.weight = this.#varint();
  }

  #enterNextBlock(): boolean {
    for (;;) {
      const block = this.#blocks[this.#next];
      if (block === undefined) return false;
      this.#next += 1;
      this.#bytes = block;
      this.#at = 0;
      this.#varint();
      this.document = 0;
      if (this.#at < block.length) return true;
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
