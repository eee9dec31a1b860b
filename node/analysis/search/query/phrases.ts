import { fieldOf, PositionCursor } from '../postings/positions.ts';
import { END, PostingCursor } from '../postings/posting-cursor.ts';
import type { PostingBlock } from '../postings/postings.ts';
import { fieldsOf } from '../postings/weights.ts';
import type { Matches } from './matching.ts';

/** A word of a phrase: its place there, and the postings of each term that it may be found under. */
export interface PhraseWord {
  place: number;
  terms: readonly (readonly PostingBlock[])[];
}

/** Finds the documents, ascending, that have the words at their places in one of the fields. */
export class PhraseMatches implements Matches {
  readonly #slots: readonly Slot[];
  readonly #inFields: number;

  constructor(words: readonly PhraseWord[], inFields: number) {
    this.#slots = words.map(({ place, terms }) => ({ place, word: new Occurrences(terms) }));
    this.#inFields = inFields;
  }

  get document(): number {
    let document = this.#slots.length === 0 ? END : 0;
    for (const { word } of this.#slots) document = Math.max(document, word.document);
    return document;
  }

  before(end: number): number[] {
    const found: number[] = [];
    for (;;) {
      const { document } = this;
      if (document >= end) return found;
      let isEverywhere = true;
      for (const { word } of this.#slots) {
        word.advanceTo(document);
        isEverywhere &&= word.document === document;
      }
      if (!isEverywhere) continue;
      if (isThere(this.#slots, this.#inFields)) found.push(document);
      this.#slots[0]?.word.advanceTo(document + 1);
    }
  }
}

interface Slot {
  place: number;
  word: Occurrences;
}

function isThere(slots: readonly Slot[], inFields: number): boolean {
  const starts = slots.map(
    ({ place, word }) => new Set(word.positions().map((position) => position - place)),
  );
  const [first, ...others] = starts;
  const place = slots[0]?.place ?? 0;
  for (const start of first ?? []) {
    if ((fieldOf(start + place) & inFields) !== 0 && others.every((other) => other.has(start))) return true;
  }
  return false;
}

/** The documents and positions of a word, under whichever of its terms. */
class Occurrences {
  document = 0;
  readonly #terms: TermOccurrences[];

  constructor(terms: readonly (readonly PostingBlock[])[]) {
    this.#terms = terms.map((blocks) => new TermOccurrences(blocks));
    this.advanceTo(0);
  }

  advanceTo(document: number): void {
    this.document = END;
    for (const term of this.#terms) {
      while (term.document < document) term.advance();
      this.document = Math.min(this.document, term.document);
    }
  }

  positions(): number[] {
    return this.#terms.flatMap((term) => (term.document === this.document ? term.positions() : []));
  }
}

class TermOccurrences {
  document = 0;
  readonly #blocks: readonly PostingBlock[];
  #next = 0;
  #cursor = new PostingCursor([]);
  #positions: PositionCursor | undefined;
  #taken: number[] | undefined;

  constructor(blocks: readonly PostingBlock[]) {
    this.#blocks = blocks;
    this.#enter();
  }

  advance(): void {
    if (this.#taken === undefined) this.#positions?.skip();
    this.#taken = undefined;
    this.#cursor.advance();
    this.#enter();
  }

  positions(): number[] {
    this.#taken ??= this.#positions?.next(fieldsOf(this.#cursor.weight)) ?? [];
    return this.#taken;
  }

  /** Goes on to the next block that has a posting, where this one is through. */
  #enter(): void {
    while (this.#cursor.document === END) {
      const block = this.#blocks[this.#next];
      if (block === undefined) break;
      this.#next += 1;
      this.#cursor = new PostingCursor([block]);
      this.#positions = new PositionCursor(block);
    }
    this.document = this.#cursor.document;
  }
}
