import { randomInt } from 'node:crypto';
import { nameTerm } from './name-terms.ts';
import { stemOf, type Stemming } from './stemming.ts';
import { isStopWord } from './stop-words.ts';
import { fold, TEXT_LENGTH, WORD_LENGTH, wordsOf } from './text-normalisation.ts';

/** Words and terms after which a lexicon is to be replaced: some 40 MB. */
const MOST_WORDS = 1 << 17;
const MOST_TERMS = 1 << 18;
const FIRST_WORDS = 1 << 12;
const FIRST_LETTERS = 1 << 16;
/** Of a UTF-16 unit in UTF-8. */
const BYTES_A_UNIT = 3;

/** One more than the last code point. */
const MOST_LETTERS = 0x11_0000;

const SPACE = 0x20;
const BEYOND_ASCII = 0x80;
const isAsciiLetter = (byte: number): boolean => /[a-z0-9]/i.test(String.fromCharCode(byte));
/** By byte: the same, of capitals A to Z the small letter. */
const SMALL = Uint8Array.from({ length: 0x100 }, (_, byte) =>
  byte >= 0x41 && byte < BEYOND_ASCII && isAsciiLetter(byte) ? byte | 0x20 : byte,
);
/** By byte: that too, but 0 for what is between words, and one and the same for all beyond ASCII. */
const LETTERS = SMALL.map((small, byte) =>
  byte >= BEYOND_ASCII ? BEYOND_ASCII : isAsciiLetter(byte) ? small : 0,
);

/** Whether a dash, a quotation mark or the like is at `at` (U+2010 to U+2027, in UTF-8): the most frequent of what is beyond ASCII. */
const isPunctuation = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 0xe2 && bytes[at + 1] === 0x80 && bytes[at + 2]! >= 0x90 && bytes[at + 2]! <= 0xa7;

/** What is known of a word: where its letters begin and end, its term, its hash. The term has a bit for stop words. */
const START = 0;
const END = 1;
const TERM = 2;
const HASH = 3;
const WORD = 4;
const STOP_WORD = 0x8000_0000 | 0;
/** A hash and a word. */
const SLOT = 2;
/** So that nobody can tell beforehand which words would lie in one place. */
const SEED = randomInt(0x7fff_ffff);
/** FNV-1a's. Each step is one to one, so the same letters after different beginnings never have the same hash. */
const PRIME = 0x0100_0193;

/**
 * The words of the latest texts, with how they are stemmed, and the terms they are found by: both as numbers, from 0 on.
 * Words come again and again, and to make a string of each, let alone its stem, was most of the work of reading a text. A
 * number means the same for as long as the lexicon is there.
 */
export class Lexicon {
  /** The words of what was read last, in order. */
  found = new Uint32Array(FIRST_WORDS);
  /** The words one behind the other, in UTF-8 and lower case, each from `startOf` up to `endOf`. */
  letters = Buffer.alloc(FIRST_LETTERS);
  /** By a hash of the word: the hash, and the word's number and 1 more; where another word is, in the next free place. */
  #slots = new Int32Array(FIRST_WORDS * 2 * SLOT);
  /** By word what is known of it, side by side, as it is asked for together. */
  #words = new Int32Array(FIRST_WORDS * WORD);
  #count = 0;
  readonly #terms: string[] = [];
  readonly #numbersOfTerms = new Map<string, number>();
  readonly #names = new Map<number, number>();
  readonly #text = Buffer.allocUnsafe(TEXT_LENGTH * BYTES_A_UNIT);
  readonly #word = Buffer.allocUnsafe(WORD_LENGTH * BYTES_A_UNIT);

  /** Whether it should be replaced before the next document is read. */
  get isFull(): boolean {
    return this.#count >= MOST_WORDS || this.#terms.length >= MOST_TERMS;
  }

  /** How many terms are known. */
  get termCount(): number {
    return this.#terms.length;
  }

  term(number: number): string {
    return this.#terms[number] ?? '';
  }

  numberOfTerm(term: string): number {
    const known = this.#numbersOfTerms.get(term);
    if (known !== undefined) return known;
    const number = this.#terms.push(term) - 1;
    this.#numbersOfTerms.set(term, number);
    return number;
  }

  /** The number of the term for creators of a surname, which is a term, with an initial. */
  numberOfName(surname: number, initial: string): number {
    const name = surname * MOST_LETTERS + (initial.codePointAt(0) ?? 0);
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const number = this.numberOfTerm(nameTerm(this.term(surname), initial));
    this.#names.set(name, number);
    return number;
  }

  /** The number of the term that a word is found by. */
  termOf(word: number): number {
    return this.#words[word * WORD + TERM]! & ~STOP_WORD;
  }

  isStopWord(word: number): boolean {
    return this.#words[word * WORD + TERM]! < 0;
  }

  word(word: number): string {
    return this.letters.toString('utf8', this.startOf(word), this.endOf(word));
  }

  startOf(word: number): number {
    return this.#words[word * WORD + START]!;
  }

  endOf(word: number): number {
    return this.#words[word * WORD + END]!;
  }

  /** The number of a word from `wordsOf`. */
  numberOf(word: string, stemming: Stemming): number {
    const isShort = word.length <= WORD_LENGTH;
    const bytes = isShort ? this.#word : Buffer.allocUnsafe(word.length * BYTES_A_UNIT);
    return this.numberAt(bytes, 0, bytes.write(word), stemming);
  }

  /** The number of a word that lies in bytes. */
  numberAt(bytes: Uint8Array, from: number, to: number, stemming: Stemming): number {
    let hash = (SEED + stemming) | 0;
    for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ SMALL[bytes[at]!]!, PRIME);
    return this.#find(bytes, from, to, hash, stemming);
  }

  /**
   * Reads the words of a text (`wordsOf`) into `found`. Nearly all stretches between two spaces are ASCII, of whose words
   * no strings need to be made. Of a text the first 100,000 characters are read.
   * @returns how many words there are
   */
  read(text: string, stemming: Stemming): number {
    const bytes = this.#text;
    const length = bytes.write(text.length > TEXT_LENGTH ? text.slice(0, TEXT_LENGTH) : text);
    let words = 0;
    let wordsBefore = 0;
    let stretch = 0;
    for (let at = 0; at < length; at += 1) {
      let letter = LETTERS[bytes[at]!]!;
      if (letter !== 0 && letter !== BEYOND_ASCII) {
        const from = at;
        let hash = (SEED + stemming) | 0;
        do {
          if (at - from < WORD_LENGTH) hash = Math.imul(hash ^ letter, PRIME);
          at += 1;
          letter = at < length ? LETTERS[bytes[at]!]! : 0;
        } while (letter !== 0 && letter !== BEYOND_ASCII);
        if (letter === 0 || isPunctuation(bytes, at)) {
          const to = Math.min(at, from + WORD_LENGTH);
          this.#put(words++, this.#find(bytes, from, to, hash, stemming));
        }
      }
      if (letter === BEYOND_ASCII && isPunctuation(bytes, at)) at += 2;
      else if (letter === BEYOND_ASCII) {
        while (at < length && bytes[at]! > SPACE) at += 1;
        words = wordsBefore;
        for (const word of wordsOf(bytes.toString('utf8', stretch, at))) {
          this.#put(words++, this.numberOf(word, stemming));
        }
      }
      if (at < length && bytes[at]! <= SPACE) {
        stretch = at + 1;
        wordsBefore = words;
      }
    }
    return words;
  }

  #put(place: number, word: number): void {
    if (place === this.found.length) this.found = longer(this.found);
    this.found[place] = word;
  }

  #find(bytes: Uint8Array, from: number, to: number, hash: number, stemming: Stemming): number {
    const slots = this.#slots;
    const places = slots.length / SLOT;
    for (let place = placeOf(hash, places); ; place = (place + 1) & (places - 1)) {
      const number = slots[place * SLOT + 1]!;
      if (number === 0) return this.#add(bytes.subarray(from, to), { hash, place, stemming });
      if (slots[place * SLOT] === hash && this.#isAt(number - 1, bytes, from, to)) return number - 1;
    }
  }

  #isAt(word: number, bytes: Uint8Array, from: number, to: number): boolean {
    const { letters } = this;
    let letter = this.#words[word * WORD + START]!;
    if (this.#words[word * WORD + END]! - letter !== to - from) return false;
    for (let at = from; at < to; at += 1) if (SMALL[bytes[at]!] !== letters[letter++]) return false;
    return true;
  }

  #add(
    bytes: Uint8Array,
    { hash, place, stemming }: { hash: number; place: number; stemming: Stemming },
  ): number {
    const word = this.#count;
    const at = word * WORD;
    const start = word === 0 ? 0 : this.endOf(word - 1);
    const end = start + bytes.length;
    if (at + WORD > this.#words.length) this.#words = longer(this.#words);
    if (end > this.letters.length) this.letters = Buffer.concat([this.letters], end * 2);
    for (let i = 0; i < bytes.length; i += 1) this.letters[start + i] = SMALL[bytes[i]!]!;
    this.#words[at + START] = start;
    this.#words[at + END] = end;
    this.#words[at + HASH] = hash;
    const folded = fold(this.word(word));
    const term = this.numberOfTerm(stemOf(folded, stemming));
    this.#words[at + TERM] = isStopWord(folded) ? term | STOP_WORD : term;
    this.#count += 1;
    this.#slots[place * SLOT] = hash;
    this.#slots[place * SLOT + 1] = word + 1;
    if (this.#count * 2 * SLOT > this.#slots.length) this.#spread();
    return word;
  }

  /** Twice as many places. */
  #spread(): void {
    const places = (this.#slots.length / SLOT) * 2;
    const slots = new Int32Array(places * SLOT);
    for (let word = 0; word < this.#count; word += 1) {
      const hash = this.#words[word * WORD + HASH]!;
      let place = placeOf(hash, places);
      while (slots[place * SLOT + 1] !== 0) place = (place + 1) & (places - 1);
      slots[place * SLOT] = hash;
      slots[place * SLOT + 1] = word + 1;
    }
    this.#slots = slots;
  }
}

/** Mixed, so that like hashes do not lie side by side (Fibonacci hashing). @param places a power of two */
const placeOf = (hash: number, places: number): number =>
  Math.imul(hash ^ (hash >>> 15), 0x9e37_79b1) >>> (Math.clz32(places) + 1);

function longer<T extends Uint8Array | Uint32Array | Int32Array>(array: T): T {
  const next = new (array.constructor as new (length: number) => T)(array.length * 2);
  next.set(array);
  return next;
}
