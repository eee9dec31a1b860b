/** A term, or what reads one after another. */
export interface Letters {
  readonly length: number;
  charCodeAt(at: number): number;
}

/** A word that terms are held against. */
export interface Meant {
  word: string;
  /** How many letters may be wrong: 0 to 2. */
  most: number;
  /** Letters of the word of which a term may be a misspelling as well: a stem of a word is like its beginning. */
  least?: number;
}

/** A bit for each beginning of a word, the empty one too. */
const LONGEST = 30;
const MOST = 2;
const UNITS = 0x1_0000;

/**
 * Finds the terms in which few letters are wrong, missing, too many or in each other's place (optimal string alignment).
 *
 * An automaton of bits: after some letters of a term each word has, for each number of slips, the set of its beginnings
 * that the letters may stand for (Wu and Manber, "Fast Text Searching Allowing Errors", 1992; with transpositions). Terms
 * come in order, and each may begin like the one before: what they share is not read again.
 */
export class NearTerms {
  readonly #words: readonly Required<Meant>[];
  /** By UTF-16 unit a number for those that the words have, 0 for all others. */
  readonly #letters = new Uint8Array(UNITS);
  /** By word and letter: the beginnings that end in that letter. */
  readonly #masks: Int32Array;
  readonly #letterCount: number;
  /** By letters that are read, word and slips. */
  #states: Int32Array;
  /** The number of each letter that is read. */
  readonly #read: number[] = [];
  #depth = 0;
  #hopelessFrom = Infinity;

  /** @param words of more than 30 letters nothing is near */
  constructor(words: readonly Meant[]) {
    this.#words = words
      .filter(({ word }) => word.length <= LONGEST)
      .map(({ word, most, least = word.length }) => ({ word, most, least }));
    let count = 1;
    for (const { word } of this.#words) {
      for (let i = 0; i < word.length; i += 1) {
        const unit = word.charCodeAt(i);
        if (this.#letters[unit] === 0 && count < 0xff) this.#letters[unit] = count++;
      }
    }
    this.#letterCount = count;
    this.#masks = new Int32Array(this.#words.length * count);
    for (const [at, { word }] of this.#words.entries()) {
      for (let i = 0; i < word.length; i += 1) {
        this.#masks[at * count + this.#letters[word.charCodeAt(i)]!]! |= 1 << (i + 1);
      }
    }
    this.#states = new Int32Array(this.#words.length * (MOST + 1) * (LONGEST + MOST + 2));
    for (const [at, { most }] of this.#words.entries()) {
      for (let slips = 0; slips <= most; slips += 1) this.#states[at * (MOST + 1) + slips] = (2 << slips) - 1;
    }
  }

  /** How many letters of the term that was last read are enough to know that none which begins with them is near. */
  get hopelessFrom(): number {
    return this.#hopelessFrom;
  }

  /**
   * @param shared letters that the term has in common with the one before
   * @returns how many letters are wrong, nothing where too many are
   */
  slipsIn(term: Letters, shared = 0): number | undefined {
    if (!this.#reads(term, shared)) return undefined;
    const from = this.#depth * this.#words.length * (MOST + 1);
    let fewest: number | undefined;
    for (const [at, { word, most, least }] of this.#words.entries()) {
      const whole = (2 << word.length) - (1 << least);
      for (let slips = 0; slips <= Math.min(most, (fewest ?? MOST + 1) - 1); slips += 1) {
        if ((this.#states[from + at * (MOST + 1) + slips]! & whole) !== 0) fewest = slips;
      }
    }
    return fewest;
  }

  /** Whether a near term may begin so. The next term has nothing in common with it, for all that is known. */
  mayBeginWith(letters: string): boolean {
    const isPossible = this.#reads(letters, 0);
    this.#depth = 0;
    this.#hopelessFrom = Infinity;
    return isPossible;
  }

  /** @returns whether there is hope to its end */
  #reads(term: Letters, shared: number): boolean {
    this.#depth = Math.min(this.#depth, shared);
    if (this.#hopelessFrom > this.#depth) this.#hopelessFrom = Infinity;
    if (this.#hopelessFrom !== Infinity) return false;
    while (this.#depth < term.length) {
      const isPossible = this.#step(this.#letters[term.charCodeAt(this.#depth)]!);
      this.#depth += 1;
      if (isPossible) continue;
      this.#hopelessFrom = this.#depth;
      return false;
    }
    return true;
  }

  #step(letter: number): boolean {
    const depth = this.#depth;
    const size = this.#words.length * (MOST + 1);
    const states = this.#states;
    const before = depth === 0 ? 0 : this.#read[depth - 1]!;
    this.#read[depth] = letter;
    let left = 0;
    for (let at = 0; at < this.#words.length; at += 1) {
      const { word, most } = this.#words[at]!;
      const all = (2 << word.length) - 1;
      const own = this.#masks[at * this.#letterCount + letter]!;
      const swapped = depth === 0 ? 0 : (own << 1) & this.#masks[at * this.#letterCount + before]!;
      const here = depth * size + at * (MOST + 1);
      let next = (states[here]! << 1) & own;
      states[here + size] = next;
      left |= next;
      for (let slips = 1; slips <= most; slips += 1) {
        const fewer = states[here + slips - 1]!;
        const fewerNext = next;
        // The right letter; one too many; a wrong one; one that is missing; two in each other's place.
        next = ((states[here + slips]! << 1) & own) | fewer | (fewer << 1) | (fewerNext << 1);
        if (swapped !== 0) next |= (states[here + slips - 1 - size]! << 2) & swapped;
        next &= all;
        states[here + size + slips] = next;
        left |= next;
      }
    }
    return left !== 0;
  }
}
