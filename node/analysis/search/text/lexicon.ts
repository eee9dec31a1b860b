import { randomInt } from 'node:crypto';
import { nameTerm } from './marked-terms.ts';
import { stemOf, type Stemming } from './stemming.ts';
import { isStopWord } from './stop-words.ts';
import { fold, TEXT_LENGTH, WORD_LENGTH, wordsOf } from './text-normalisation.ts';

/** Words and terms after which a lexicon is to be replaced: some 40 MB. */
const MOST_WORDS = 1 << 17;
const MOST_TERMS = 1 << 18;
const FIRST_WORDS = 1 << 12;
const FIRST_INTEGERS = 1 << 15;
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

/** What is known of a word: its length and how it is stemmed, its term. The letters follow, four to an integer. */
const LENGTH = 0;
const TERM = 1;
const LETTERS_AT = 2;
/** The term has a bit for stop words, and how a word is stemmed takes so many beside its length. */
const STOP_WORD = 0x8000_0000 | 0;
const STEMMING_BITS = 4;
const INTEGER_BYTES = 4;
const MOST_INTEGERS = WORD_LENGTH / INTEGER_BYTES;
/** A hash and a word. */
const SLOT = 2;
/** So that nobody can tell beforehand which words would lie in one place. */
const SEED = randomInt(0x7fff_ffff);
/** FNV-1a's (Fowler, Noll and Vo), for four letters at a time. */
const PRIME = 0x0100_0193;

/**
 * The words of the latest texts, with how they are stemmed, and the terms they are found by: both as numbers, from 0 on.
 * Words come again and again, and to make a string of each, let alone its stem, was most of the work of reading a text. A
 * number means the same for as long as the lexicon is there.
 */
export class Lexicon {
  /** The words of what was read last, in order. */
  found = new Uint32Array(FIRST_WORDS);
  /** The words one behind the other; a word's number is where it lies. */
  #words = new Int32Array(FIRST_INTEGERS);
  /** The same as bytes (little-endian wherever Node runs): letters in UTF-8 and lower case, from `startOf` up to `endOf`. */
  letters = Buffer.from(this.#words.buffer);
  /** Where the next word goes: 0 is none. */
  #end = 1;
  #count = 0;
  /** By a hash of the word: the hash, and the word; where another word is, in the next free place. */
  #slots = new Int32Array(FIRST_WORDS * 2 * SLOT);
  /** The letters of the word that is looked for. */
  #wanted = new Int32Array(WORD_LENGTH * BYTES_A_UNIT);
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
    return this.#words[word + TERM]! & ~STOP_WORD;
  }

  isStopWord(word: number): boolean {
    return this.#words[word + TERM]! < 0;
  }

  word(word: number): string {
    return this.letters.toString('utf8', this.startOf(word), this.endOf(word));
  }

  startOf(word: number): number {
    return (word + LETTERS_AT) * INTEGER_BYTES;
  }

  endOf(word: number): number {
    return this.startOf(word) + (this.#words[word + LENGTH]! >>> STEMMING_BITS);
  }

  /** The number of a word from `wordsOf`. */
  numberOf(word: string, stemming: Stemming): number {
    const isShort = word.length <= WORD_LENGTH;
    const bytes = isShort ? this.#word : Buffer.allocUnsafe(word.length * BYTES_A_UNIT);
    return this.numberAt(bytes, 0, bytes.write(word), stemming);
  }

  /** The number of a word that lies in bytes. */
  numberAt(bytes: Uint8Array, from: number, to: number, stemming: Stemming): number {
    if (to - from > this.#wanted.length) this.#wanted = new Int32Array(to - from);
    const wanted = this.#wanted;
    let hash = SEED;
    let integers = 0;
    for (let at = from; at < to;) {
      let four = 0;
      for (let shift = 0; shift < 32 && at < to; shift += 8) four |= SMALL[bytes[at++]!]! << shift;
      wanted[integers++] = four;
      hash = hashed(hash, four);
    }
    return this.#find(integers, to - from, hash, stemming);
  }

  /**
   * Reads the words of a text (`wordsOf`) into `found`. Nearly all stretches between two spaces are ASCII, of whose words
   * no strings need to be made. Of a text the first 100,000 characters are read.
   * @returns how many words there are
   */
  read(text: string, stemming: Stemming): number {
    const bytes = this.#text;
    const wanted = this.#wanted;
    const length = bytes.write(text.length > TEXT_LENGTH ? text.slice(0, TEXT_LENGTH) : text);
    let words = 0;
    let wordsBefore = 0;
    let stretch = 0;
    for (let at = 0; at < length; at += 1) {
      let letter = LETTERS[bytes[at]!]!;
      if (letter !== 0 && letter !== BEYOND_ASCII) {
        const from = at;
        let hash = SEED;
        let four = 0;
        let shift = 0;
        let integers = 0;
        do {
          four |= letter << shift;
          shift += 8;
          if (shift === 32) {
            // Of a word that is longer these are read, and left out.
            if (integers < MOST_INTEGERS) {
              wanted[integers++] = four;
              hash = hashed(hash, four);
            }
            four = 0;
            shift = 0;
          }
          at += 1;
          letter = at < length ? LETTERS[bytes[at]!]! : 0;
        } while (letter !== 0 && letter !== BEYOND_ASCII);
        if (letter === 0 || isPunctuation(bytes, at)) {
          if (shift !== 0 && integers < MOST_INTEGERS) {
            wanted[integers++] = four;
            hash = hashed(hash, four);
          }
          this.#put(words++, this.#find(integers, Math.min(at - from, WORD_LENGTH), hash, stemming));
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
    if (place === this.found.length) this.found = longer(this.found, place + 1);
    this.found[place] = word;
  }

  /** The word whose letters are in `#wanted`, in so many integers. */
  #find(integers: number, length: number, hash: number, stemming: Stemming): number {
    const slots = this.#slots;
    const words = this.#words;
    const wanted = this.#wanted;
    const places = slots.length / SLOT;
    const lengthAndStemming = (length << STEMMING_BITS) | stemming;
    const ofStemming = hash ^ stemming;
    for (let place = placeOf(ofStemming, places); ; place = (place + 1) & (places - 1)) {
      const word = slots[place * SLOT + 1]!;
      if (word === 0) return this.#add(integers, { lengthAndStemming, hash: ofStemming, place, stemming });
      if (slots[place * SLOT] !== ofStemming || words[word + LENGTH] !== lengthAndStemming) continue;
      const letters = word + LETTERS_AT;
      let same = 0;
      while (same < integers && words[letters + same] === wanted[same]) same += 1;
      if (same === integers) return word;
    }
  }

  #add(
    integers: number,
    word: { lengthAndStemming: number; hash: number; place: number; stemming: Stemming },
  ): number {
    const number = this.#end;
    const end = number + LETTERS_AT + integers;
    if (end > this.#words.length) {
      this.#words = longer(this.#words, end);
      this.letters = Buffer.from(this.#words.buffer);
    }
    this.#words[number + LENGTH] = word.lengthAndStemming;
    for (let i = 0; i < integers; i += 1) this.#words[number + LETTERS_AT + i] = this.#wanted[i]!;
    this.#end = end;
    const folded = fold(this.word(number));
    const term = this.numberOfTerm(stemOf(folded, word.stemming));
    this.#words[number + TERM] = isStopWord(folded) ? term | STOP_WORD : term;
    this.#slots[word.place * SLOT] = word.hash;
    this.#slots[word.place * SLOT + 1] = number;
    this.#count += 1;
    if (this.#count * 2 * SLOT > this.#slots.length) this.#spread();
    return number;
  }

  /** Twice as many places. */
  #spread(): void {
    const before = this.#slots;
    const slots = new Int32Array(before.length * 2);
    const places = slots.length / SLOT;
    for (let at = 0; at < before.length; at += SLOT) {
      const word = before[at + 1]!;
      if (word === 0) continue;
      const hash = before[at]!;
      let place = placeOf(hash, places);
      while (slots[place * SLOT + 1] !== 0) place = (place + 1) & (places - 1);
      slots[place * SLOT] = hash;
      slots[place * SLOT + 1] = word;
    }
    this.#slots = slots;
  }
}

/** With four letters more. */
const hashed = (hash: number, four: number): number => {
  const next = Math.imul(hash ^ four, PRIME);
  return next ^ (next >>> 15);
};

/** Mixed, so that like hashes do not lie side by side (Fibonacci hashing). @param places a power of two */
const placeOf = (hash: number, places: number): number =>
  Math.imul(hash ^ (hash >>> 15), 0x9e37_79b1) >>> (Math.clz32(places) + 1);

function longer<T extends Uint32Array | Int32Array>(array: T, least: number): T {
  const next = new (array.constructor as new (length: number) => T)(Math.max(least, array.length * 2));
  next.set(array);
  return next;
}
