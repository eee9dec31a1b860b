import type { PostingBlock } from './postings.ts';

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
