import { PositionCursor } from './positions.ts';
import { VarintReader, varintLength, writeVarint } from './varint.ts';

/**
 * Postings of one term over a range of documents, as bytes:
 *
 *     length     varint: bytes of the postings
 *     positions  varint: bytes of the positions
 *     then for each posting, by ascending document number:
 *     gap        varint: document number less the one before
 *     weight     varint: how much of the term is in the document (`packWeight`)
 *     then for each posting, where the term has positions:
 *     codes      varints, see `positions.ts`
 *
 * Only phrases read the positions; for all else they are bytes at the end. Blocks of ascending ranges that lie one behind
 * the other are a run (`blocksOf`).
 */
export type PostingBlock = Uint8Array;

/**
 * All postings of a term, by ascending document numbers, and how many live documents have it. The count is exact, and
 * known without a posting being read: a document that goes is counted where it goes, whereas its posting stays in an older
 * part of the index until that is merged.
 */
export interface TermPostings {
  count: number;
  blocks: readonly PostingBlock[];
}

export const NO_POSTINGS: TermPostings = { count: 0, blocks: [] };

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

export function encodePostings({ pairs, codes }: PostingList): PostingBlock {
  let length = 0;
  for (let i = 0, before = 0; i < pairs.length; i += 2) {
    const document = pairs[i] ?? 0;
    length += varintLength(document - before) + varintLength(pairs[i + 1] ?? 0);
    before = document;
  }
  let positions = 0;
  for (const code of codes) positions += varintLength(code);
  const bytes = blockOf(length, positions);
  let at = bytes.length - length - positions;
  for (let i = 0, before = 0; i < pairs.length; i += 2) {
    const document = pairs[i] ?? 0;
    at = writeVarint(bytes, at, document - before);
    at = writeVarint(bytes, at, pairs[i + 1] ?? 0);
    before = document;
  }
  for (const code of codes) at = writeVarint(bytes, at, code);
  return bytes;
}

/** A block whose postings and positions have yet to be filled in. */
export function blockOf(length: number, positions: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(varintLength(length) + varintLength(positions) + length + positions);
  writeVarint(bytes, writeVarint(bytes, 0, length), positions);
  return bytes;
}

/** The blocks of a run. */
export function blocksOf(run: Uint8Array): PostingBlock[] {
  const blocks: PostingBlock[] = [];
  for (let from = 0; from < run.length;) {
    const reader = new VarintReader(run, from);
    const end = reader.next() + reader.next() + reader.at;
    blocks.push(from === 0 && end === run.length ? run : run.subarray(from, end));
    from = end;
  }
  return blocks;
}

const NO_BYTES = new Uint8Array();
/** Runs of which one is longer than this are put one behind the other as they are, where all documents live. */
const LONG_RUN = 512;

/**
 * One run for several whose document numbers ascend from run to run, without the postings of dead documents.
 * @param isLive whether a document lives; left out where all do
 */
export function mergeRuns(
  runs: readonly Uint8Array[],
  isLive?: (document: number) => boolean,
): { run: Uint8Array; dropped: number } {
  const [only] = runs;
  if (isLive === undefined && only !== undefined) {
    if (runs.length === 1) return { run: only, dropped: 0 };
    if (runs.some(({ length }) => length > LONG_RUN)) return { run: Buffer.concat(runs), dropped: 0 };
  }
  const pairs: number[] = [];
  const codes: number[] = [];
  let dropped = 0;
  for (const block of runs.flatMap(blocksOf)) {
    const cursor = new PostingCursor([block]);
    const positions = new PositionCursor(block);
    for (; cursor.document !== END; cursor.advance()) {
      if (isLive === undefined || isLive(cursor.document)) {
        pairs.push(cursor.document, cursor.weight);
        positions.copyTo(codes);
      } else {
        dropped += 1;
        positions.skip();
      }
    }
  }
  return { run: pairs.length === 0 ? NO_BYTES : encodePostings({ pairs, codes }), dropped };
}

/** The document number of a cursor that is through; above all others, and small enough to be handled as an integer. */
export const END = 0x7fff_ffff;

/** Goes through the postings of one term, part after part. Ranking spends its time here. */
export class PostingCursor {
  document = 0;
  weight = 0;
  readonly #blocks: readonly PostingBlock[];
  #next = 0;
  #bytes: Uint8Array = new Uint8Array();
  #at = 0;
  #end = 0;

  constructor(blocks: readonly PostingBlock[]) {
    this.#blocks = blocks;
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
      const length = this.#varint();
      this.#varint();
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
