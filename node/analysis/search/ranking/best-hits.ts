import type { DocumentTable } from '../documents/document-table.ts';

/** A scored document; what orders it among others is here, so that nothing has to be read to compare. */
export interface ScoredDocument {
  document: number;
  score: number;
  /** By what they are sorted, the greatest first: the score, or when they were published. */
  order: number;
  tombstone: boolean;
  /** `rankOf` its key. */
  rank: number;
  /** Which of the query's terms it has, a bit a term. */
  matched: number;
}

/** Records before tombstones, then by order, then by key. */
export function isBetter(a: ScoredDocument, b: ScoredDocument): boolean {
  if (a.tombstone !== b.tombstone) return b.tombstone;
  if (a.order !== b.order) return a.order > b.order;
  return a.rank !== b.rank ? a.rank < b.rank : a.document < b.document;
}

/** Keeps the best `limit` of all that are offered: a binary heap with the worst of them on top. */
export class BestHits {
  readonly #table: DocumentTable;
  readonly #limit: number;
  readonly #heap: ScoredDocument[] = [];
  #total = 0;

  constructor(table: DocumentTable, limit: number) {
    this.#table = table;
    this.#limit = limit;
  }

  /** Records that score less need not be offered: there are enough better ones. */
  get least(): number {
    const worst = this.#heap[0];
    return this.#heap.length < this.#limit || worst === undefined || worst.tombstone ? 0 : worst.score;
  }

  /** How many were offered. */
  get total(): number {
    return this.#total;
  }

  offer(document: number, score: number, matched: number, order = score): void {
    this.#total += 1;
    const heap = this.#heap;
    const isFull = heap.length >= this.#limit;
    const worst = heap[0];
    // Nearly all end here, and nothing is made for them.
    if (isFull && (worst === undefined || (order < worst.order && !worst.tombstone))) return;
    const hit = { document, score, order, matched, ...this.#table.describe(document) };
    if (!isFull) {
      heap.push(hit);
      this.#rise(heap.length - 1);
    } else if (worst !== undefined && isBetter(hit, worst)) {
      heap[0] = hit;
      this.#sink();
    }
  }

  /** Best first. */
  sorted(): ScoredDocument[] {
    return [...this.#heap].sort((a, b) => (isBetter(a, b) ? -1 : 1));
  }

  #rise(at: number): void {
    const heap = this.#heap;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.#isWorse(at, above)) return;
      [heap[at], heap[above]] = [heap[above], heap[at]] as [ScoredDocument, ScoredDocument];
      at = above;
    }
  }

  #sink(): void {
    const heap = this.#heap;
    for (let at = 0; ;) {
      const left = at * 2 + 1;
      if (left >= heap.length) return;
      const below = left + 1 < heap.length && this.#isWorse(left + 1, left) ? left + 1 : left;
      if (!this.#isWorse(below, at)) return;
      [heap[at], heap[below]] = [heap[below], heap[at]] as [ScoredDocument, ScoredDocument];
      at = below;
    }
  }

  #isWorse(a: number, b: number): boolean {
    const [x, y] = [this.#heap[a], this.#heap[b]];
    return x !== undefined && y !== undefined && isBetter(y, x);
  }
}
