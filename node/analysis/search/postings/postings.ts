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
