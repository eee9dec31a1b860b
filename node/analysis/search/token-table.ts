/** A word of a text: as it may be shown (lower case), and the term it is found by. */
export interface Token {
  word: string;
  term: string;
  isStopWord: boolean;
}

/** Twice as many places as tokens. */
const SLOT_BITS = 16;
const SLOTS = 1 << SLOT_BITS;
const MOST_TOKENS = SLOTS / 2;

/**
 * The tokens of the latest words, found by their letters as they stand in a text. Words come again and again, and to make a
 * string of each, let alone its stem, was most of the work of reading a text.
 */
export class TokenTable {
  readonly #make: (word: string) => Token;
  /** By a hash of the word, the number of its token from 1 on; where another word is, in the next free place. */
  readonly #slots = new Uint16Array(SLOTS);
  #tokens: Token[] = [];

  constructor(make: (word: string) => Token) {
    this.#make = make;
  }

  /** The token of the word from `from` up to `to` in a text, whose capitals A to Z are not told from small letters. */
  find(text: string, from: number, to: number): Token {
    let hash = 0;
    for (let i = from; i < to; i += 1) hash = (Math.imul(hash, 31) + small(text.charCodeAt(i))) | 0;
    // Mixed, so that numbers that follow on one another do not lie side by side (Fibonacci hashing).
    const first = Math.imul(hash ^ (hash >>> 15), 0x9e37_79b1) >>> (32 - SLOT_BITS);
    for (let slot = first; ; slot = (slot + 1) & (SLOTS - 1)) {
      const number = this.#slots[slot]!;
      if (number === 0) return this.#add(text.slice(from, to).toLowerCase(), slot);
      const token = this.#tokens[number - 1]!;
      if (isAt(token.word, text, from, to)) return token;
    }
  }

  #add(word: string, slot: number): Token {
    const token = this.#make(word);
    this.#slots[slot] = this.#tokens.push(token);
    if (this.#tokens.length === MOST_TOKENS) {
      this.#tokens = [];
      this.#slots.fill(0);
    }
    return token;
  }
}

const small = (unit: number): number => (unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit);

function isAt(word: string, text: string, from: number, to: number): boolean {
  if (word.length !== to - from) return false;
  for (let i = 0; i < word.length; i += 1) {
    if (word.charCodeAt(i) !== small(text.charCodeAt(from + i))) return false;
  }
  return true;
}
