import { asLast, codeOf, stretchOf } from '../postings/positions.ts';
import { writeVarint } from '../postings/varint.ts';
import { fields, packWeight } from '../postings/weights.ts';
import type { Stemming } from '../text/stemming.ts';
import { WORD_LENGTH } from '../text/text-normalisation.ts';
import { currentLexicon } from '../text/tokens.ts';

/** What is read of one description, so that no record costs more than many: far more than any abstract has. */
const MOST_TOKENS = 10_000;
const MOST_TERMS = 1_000;
const MOST_POSITIONS = (1 << 14) - 1;
/** No phrase reaches from one text into the next. */
const BETWEEN_TEXTS = 40;

const LINE_END = 0x0a;
const FIRST_TERMS = 1 << 12;
const MOST_BYTES_OF_NUMBER = 5;
const MOST_BYTES_OF_WORD = WORD_LENGTH * 3;

/**
 * The terms of one description after another, in columns that are used again and again: nothing is made for a document,
 * and what it is stored as is written from here (`stored-document.ts`).
 */
export class Description {
  lexicon = currentLexicon();
  /** By number of a term in the lexicon: its place in this document, in documents counted from 1 on. */
  #documentOfTerm = new Uint32Array();
  #placeOfTerm = new Uint16Array();
  #document = 0;

  /** By place: the term, the first word that gave it and how that is stemmed, content, fields, where it was last. */
  readonly #terms = new Uint32Array(MOST_TERMS);
  readonly #words = new Uint32Array(MOST_TERMS);
  readonly #stemmings = new Uint8Array(MOST_TERMS);
  readonly #contents = new Uint32Array(MOST_TERMS);
  readonly #inFields = new Uint8Array(MOST_TERMS);
  readonly #positions = new Uint32Array(MOST_TERMS);
  /** Its first and last code, and by code the next one of the same term. */
  readonly #firstCodes = new Uint32Array(MOST_TERMS);
  readonly #lastCodes = new Uint32Array(MOST_TERMS);
  readonly #codes = new Uint32Array(MOST_TOKENS);
  readonly #nextCodes = new Uint32Array(MOST_TOKENS);
  /** How many terms it has, and how many position codes. */
  count = 0;
  codeCount = 0;
  #left = MOST_TOKENS;
  #field = 0;
  #position = 0;

  /** Begins another one. */
  begin(): void {
    const lexicon = currentLexicon();
    this.#document += 1;
    if (lexicon !== this.lexicon) {
      this.lexicon = lexicon;
      this.#documentOfTerm.fill(0);
    }
    this.count = 0;
    this.codeCount = 0;
    this.#left = MOST_TOKENS;
    this.#field = 0;
    this.#position = 0;
  }

  /** Whether it has a term of the lexicon. */
  has(term: number): boolean {
    return this.#documentOfTerm[term] === this.#document;
  }

  /** The numbers of its terms. */
  terms(): number[] {
    const terms: number[] = [];
    for (let place = 0; place < this.count; place += 1) terms.push(this.#terms[place]!);
    return terms;
  }

  /** Sum of the weights of its content. */
  get length(): number {
    let length = 0;
    for (let place = 0; place < this.count; place += 1) length += this.#contents[place]!;
    return length;
  }

  /** What it takes at most to write all of it. */
  get mostBytes(): number {
    const numbers = 2 + this.count * 3 + this.codeCount;
    return numbers * MOST_BYTES_OF_NUMBER + this.count * (MOST_BYTES_OF_WORD + 1);
  }

  /** Reads a text; fields come in the order of their bits. */
  read(text: string, field: number, weight: number, stemming: Stemming): void {
    if (this.#left <= 0) return;
    if (field !== this.#field) this.#position = stretchOf(field);
    this.#field = field;
    const lexicon = this.lexicon;
    const count = lexicon.read(text, stemming);
    const { found } = lexicon;
    this.#makeRoomForTerms(lexicon.termCount);
    // A text of nothing but stop words has those ("The Who"), and so has a name ("A. Will").
    let hasOthers = false;
    if (field !== fields.author) {
      for (let i = 0; i < count && !hasOthers; i += 1) hasOthers = !lexicon.isStopWord(found[i]!);
    }
    const last = stretchOf(field) + MOST_POSITIONS;
    for (let i = 0; i < count; i += 1) {
      const word = found[i]!;
      const position = Math.min(this.#position, last);
      this.#position += 1;
      if (hasOthers && lexicon.isStopWord(word)) continue;
      this.#left -= 1;
      const term = lexicon.termOf(word);
      if (this.#documentOfTerm[term] === this.#document) {
        const place = this.#placeOfTerm[term]!;
        this.#contents[place]! += weight;
        this.#inFields[place]! |= field;
        if (position === this.#positions[place]) continue;
        const code = this.#addCode(codeOf(position - this.#positions[place]!));
        this.#nextCodes[this.#lastCodes[place]!] = code;
        this.#lastCodes[place] = code;
        this.#positions[place] = position;
      } else if (this.count < MOST_TERMS) {
        const place = this.count++;
        this.#documentOfTerm[term] = this.#document;
        this.#placeOfTerm[term] = place;
        this.#terms[place] = term;
        this.#words[place] = word;
        this.#stemmings[place] = stemming;
        this.#contents[place] = weight;
        this.#inFields[place] = field;
        this.#positions[place] = position;
        const code = this.#addCode(codeOf(position - stretchOf(field)));
        this.#firstCodes[place] = code;
        this.#lastCodes[place] = code;
      }
      if (this.#left <= 0) break;
    }
    this.#position += BETWEEN_TEXTS;
  }

  writeWeights(bytes: Uint8Array, at: number): number {
    for (let place = 0; place < this.count; place += 1) {
      at = writeVarint(bytes, at, packWeight(this.#contents[place]!, this.#inFields[place]!));
    }
    return at;
  }

  /** How the words are stemmed, in runs. */
  writeRuns(bytes: Uint8Array, at: number): number {
    const runs: number[] = [];
    for (let place = 0, start = 0; place < this.count; place += 1) {
      if (place + 1 < this.count && this.#stemmings[place + 1] === this.#stemmings[place]) continue;
      runs.push(this.#stemmings[place]!, place + 1 - start);
      start = place + 1;
    }
    at = writeVarint(bytes, at, runs.length);
    for (const n of runs) at = writeVarint(bytes, at, n);
    return at;
  }

  writeCodes(bytes: Uint8Array, at: number): number {
    for (let place = 0; place < this.count; place += 1) {
      const last = this.#lastCodes[place]!;
      for (let code = this.#firstCodes[place]!; code !== last; code = this.#nextCodes[code]!) {
        at = writeVarint(bytes, at, this.#codes[code]!);
      }
      at = writeVarint(bytes, at, asLast(this.#codes[last]!));
    }
    return at;
  }

  /** The words with a line end after each. */
  writeWords(bytes: Uint8Array, at: number): number {
    const { lexicon } = this;
    const { letters } = lexicon;
    for (let place = 0; place < this.count; place += 1) {
      const word = this.#words[place]!;
      const end = lexicon.endOf(word);
      for (let from = lexicon.startOf(word); from < end; from += 1) bytes[at++] = letters[from]!;
      bytes[at++] = LINE_END;
    }
    return at;
  }

  #addCode(code: number): number {
    this.#codes[this.codeCount] = code;
    return this.codeCount++;
  }

  #makeRoomForTerms(count: number): void {
    if (count <= this.#documentOfTerm.length) return;
    const documents = new Uint32Array(Math.max(FIRST_TERMS, count * 2));
    documents.set(this.#documentOfTerm);
    this.#documentOfTerm = documents;
    const places = new Uint16Array(documents.length);
    places.set(this.#placeOfTerm);
    this.#placeOfTerm = places;
  }
}
