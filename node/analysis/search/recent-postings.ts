import type { IndexedDocument } from './document.ts';
import { encodePostings, type PostingBlock } from './postings.ts';

interface Entry {
  count: number;
  postings: number[];
}

/**
 * The postings of the latest changes, in memory until there are enough of them for a segment. Nothing is lost with
 * them: they are made again from the stored documents.
 */
export class RecentPostings {
  /** Which deaths are counted here, see `deathKey`. */
  readonly generation: number;
  readonly #entries = new Map<string, Entry>();
  #size = 0;

  constructor(generation: number) {
    this.generation = generation;
  }

  /** Postings and deaths' words: what it takes in memory, roughly. */
  get size(): number {
    return this.#size;
  }

  get terms(): IterableIterator<string> {
    return this.#entries.keys();
  }

  /** Takes in a document with a higher number than all before. */
  add(number: number, document: Pick<IndexedDocument, 'terms' | 'weights'>): void {
    for (const [i, term] of document.terms.entries()) {
      const weight = document.weights[i] ?? 0;
      const entry = this.#entries.get(term);
      if (entry === undefined) {
        this.#entries.set(term, { count: 1, postings: [number, weight] });
      } else {
        entry.count += 1;
        entry.postings.push(number, weight);
      }
    }
    this.#size += document.terms.length;
  }

  /** Takes a dead document off the counts; wherever its postings are, they stay. */
  retract(document: Pick<IndexedDocument, 'terms'>): void {
    for (const term of document.terms) {
      const entry = this.#entries.get(term);
      if (entry === undefined) this.#entries.set(term, { count: -1, postings: [] });
      else entry.count -= 1;
    }
    this.#size += document.terms.length;
  }

  block(term: string): PostingBlock | undefined {
    const entry = this.#entries.get(term);
    return entry === undefined ? undefined : encodePostings(entry.count, entry.postings);
  }
}
