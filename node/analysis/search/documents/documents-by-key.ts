import { PAGE_SIZE, rankOf, type DocumentTable } from './document-table.ts';

const FIRST_SLOTS = 1 << 10;

/**
 * Where the document of a record is, in 8 to 16 bytes a document. Documents are found by the beginning of their keys, which
 * the table has in its columns; so all but a few of those that are given are right, and whoever reads one sees its key.
 */
export class DocumentsByKey {
  /** By a hash of the beginning: a document and 1 more; where another is, in the next free place. */
  #slots = new Uint32Array(FIRST_SLOTS);
  #count = 0;

  static of(table: DocumentTable): DocumentsByKey {
    const documents = new DocumentsByKey();
    documents.#read(table);
    return documents;
  }

  /** Takes in a document of the table. One that dies need not be taken out. */
  add(document: number, table: DocumentTable): void {
    if (this.#count * 2 >= this.#slots.length) this.#read(table);
    else this.#put(document, table.rank(document));
  }

  /** The live documents that may be that of a record. */
  candidates(key: string, table: DocumentTable): number[] {
    const rank = rankOf(key);
    const slots = this.#slots;
    const found: number[] = [];
    for (let slot = placeOf(rank, slots.length); slots[slot] !== 0; slot = (slot + 1) & (slots.length - 1)) {
      const document = slots[slot]! - 1;
      if (table.isLive(document) && table.rank(document) === rank) found.push(document);
    }
    return found;
  }

  /** All live documents of the table anew, in at least twice as many places. */
  #read(table: DocumentTable): void {
    let places = FIRST_SLOTS;
    while (places <= table.count * 2) places *= 2;
    this.#slots = new Uint32Array(places);
    this.#count = 0;
    for (const [number, page] of table.pages.entries()) {
      if (page === undefined) continue;
      for (let slot = 0; slot < PAGE_SIZE; slot += 1) {
        if (page.owners[slot] !== 0) this.#put(number * PAGE_SIZE + slot, page.ranks[slot]!);
      }
    }
  }

  #put(document: number, rank: number): void {
    const slots = this.#slots;
    let slot = placeOf(rank, slots.length);
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = document + 1;
    this.#count += 1;
  }
}

/** @param places a power of two */
const placeOf = (rank: number, places: number): number =>
  Math.imul(rank, 0x9e37_79b1) >>> (Math.clz32(places) + 1);
