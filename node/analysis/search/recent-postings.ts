import type { IndexedDocument } from './document.ts';
import { isLast } from './positions.ts';
import { encodePostings, type PostingBlock } from './postings.ts';
import { isSpelled } from './term-list.ts';

interface Entry {
  count: number;
  pairs: number[];
  codes: number[];
}

/**
 * The postings of the latest changes, in memory until there are enough of them for a segment. Nothing is lost with
 * them: they are made again from the stored documents.
 */
export class RecentPostings {
  /** Which deaths are counted here, see `deathKey`. */
  readonly generation: number;
  readonly #entries = new Map<string, Entry>();
  /** The terms that a misspelt word may stand for, by their first letter. */
  readonly #spelled = new Map<string, string[]>();
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
  add(number: number, document: Pick<IndexedDocument, 'terms' | 'weights' | 'positions'>): void {
    const { terms, weights, positions } = document;
    let at = 0;
    for (let i = 0; i < terms.length; i += 1) {
      const term = terms[i] ?? '';
      const entry = this.#entry(term);
      entry.count += 1;
      entry.pairs.push(number, weights[i] ?? 0);
      // The terms that stand somewhere come first; the others have no codes left.
      while (at < positions.length) {
        const code = positions[at] ?? 0;
        at += 1;
        entry.codes.push(code);
        if (isLast(code)) break;
      }
    }
    this.#size += terms.length;
  }

  /** Takes a dead document off the counts; wherever its postings are, they stay. */
  retract({ terms }: Pick<IndexedDocument, 'terms'>): void {
    for (const term of terms) this.#entry(term).count -= 1;
    this.#size += terms.length;
  }

  block(term: string): PostingBlock | undefined {
    const entry = this.#entries.get(term);
    return entry === undefined ? undefined : encodePostings(entry.count, entry);
  }

  /** Documents that came with the term less those that went. */
  count(term: string): number {
    return this.#entries.get(term)?.count ?? 0;
  }

  spelledWith(letter: string): readonly string[] {
    return this.#spelled.get(letter) ?? [];
  }

  #entry(term: string): Entry {
    let entry = this.#entries.get(term);
    if (entry !== undefined) return entry;
    entry = { count: 0, pairs: [], codes: [] };
    this.#entries.set(term, entry);
    if (isSpelled(term)) {
      const letter = term.charAt(0);
      const alike = this.#spelled.get(letter);
      if (alike === undefined) this.#spelled.set(letter, [term]);
      else alike.push(term);
    }
    return entry;
  }
}
