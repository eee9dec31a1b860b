import type { StoredTerms } from '../documents/stored-document.ts';
import { isLast } from '../postings/positions.ts';
import { blockOf, type PostingBlock } from '../postings/postings.ts';
import { VarintReader } from '../postings/varint.ts';
import type { Lexicon } from '../text/lexicon.ts';
import { isSpelled } from '../text/text-normalisation.ts';
import { ByteStreams } from './byte-streams.ts';

const NO_BYTES = new Uint8Array();

/**
 * The postings of the latest changes, in memory until there are enough of them for a segment. Nothing is lost with
 * them: they are made again from the stored documents.
 */
export class RecentPostings {
  /** Which deaths are counted here, see `deathKey`. */
  readonly generation: number;
  /** Numbers of the terms. Of each the streams of postings and of positions have twice its number, and one more. */
  readonly #numbers = new Map<string, number>();
  /** The same by the numbers that they have in the lexicon of the latest documents, and 1 more. */
  #numbersInLexicon = new Uint32Array();
  #lexicon: Lexicon | undefined;
  /** By number: documents that came less those that went, and the last one that came. */
  readonly #counts: number[] = [];
  readonly #last: number[] = [];
  readonly #streams = new ByteStreams();
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
    return this.#numbers.keys();
  }

  /** Takes in a document with a higher number than all before. */
  add(document: number, stored: StoredTerms): void {
    const { bytes, weightsAt, codesAt, codesEnd, terms } = stored;
    this.#follow(stored);
    const streams = this.#streams;
    const weights = new VarintReader(bytes, weightsAt);
    const codes = new VarintReader(bytes, codesAt);
    for (const term of terms) {
      const number = this.#numberOf(term);
      this.#counts[number]! += 1;
      streams.push(number * 2, document - this.#last[number]!);
      streams.push(number * 2, weights.next());
      this.#last[number] = document;
      // The terms that stand somewhere come first; the others have no codes left.
      while (codes.at < codesEnd) {
        const code = codes.next();
        streams.push(number * 2 + 1, code);
        if (isLast(code)) break;
      }
    }
    this.#size += terms.length;
  }

  /** Takes a dead document off the counts; wherever its postings are, they stay. */
  retract(stored: StoredTerms): void {
    this.#follow(stored);
    for (const term of stored.terms) this.#counts[this.#numberOf(term)]! -= 1;
    this.#size += stored.terms.length;
  }

  /** Its postings; no bytes where there are none. */
  block(term: string): PostingBlock {
    const number = this.#numbers.get(term);
    if (number === undefined) return NO_BYTES;
    const [length, positions] = [this.#streams.length(number * 2), this.#streams.length(number * 2 + 1)];
    if (length === 0) return NO_BYTES;
    const bytes = blockOf(length, positions);
    const at = this.#streams.copyTo(bytes, bytes.length - length - positions, number * 2);
    this.#streams.copyTo(bytes, at, number * 2 + 1);
    return bytes;
  }

  /** Documents that came with the term less those that went. */
  count(term: string): number {
    return this.#counts[this.#numbers.get(term) ?? -1] ?? 0;
  }

  spelledWith(letter: string): readonly string[] {
    return this.#spelled.get(letter) ?? [];
  }

  /** From here on terms are known by their numbers in the lexicon of this document. */
  #follow({ lexicon }: StoredTerms): void {
    if (lexicon !== this.#lexicon) {
      this.#lexicon = lexicon;
      this.#numbersInLexicon.fill(0);
    }
    if (lexicon.termCount <= this.#numbersInLexicon.length) return;
    const numbers = new Uint32Array(lexicon.termCount * 2);
    numbers.set(this.#numbersInLexicon);
    this.#numbersInLexicon = numbers;
  }

  #numberOf(termInLexicon: number): number {
    const known = this.#numbersInLexicon[termInLexicon]!;
    if (known !== 0) return known - 1;
    const number = this.#number(this.#lexicon?.term(termInLexicon) ?? '');
    this.#numbersInLexicon[termInLexicon] = number + 1;
    return number;
  }

  #number(term: string): number {
    const known = this.#numbers.get(term);
    if (known !== undefined) return known;
    const number = this.#counts.length;
    this.#numbers.set(term, number);
    this.#counts.push(0);
    this.#last.push(0);
    if (isSpelled(term)) {
      const letter = term.charAt(0);
      const alike = this.#spelled.get(letter);
      if (alike === undefined) this.#spelled.set(letter, [term]);
      else alike.push(term);
    }
    return number;
  }
}
