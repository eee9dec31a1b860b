/** A term, or what reads one after another. */
export interface Letters {
  readonly length: number;
  charCodeAt(at: number): number;
}

/**
 * How many letters are wrong, missing, too many or in each other's place (optimal string alignment) in terms that come
 * one after another, of which each may begin like the one before: what they share is not looked at again.
 */
export class EditDistance {
  readonly #word: string;
  readonly #most: number;
  /** By letters of the term that are read: the distances of the word's beginnings. */
  readonly #rows: Uint8Array[];
  /** Rows that hold for the term that was last read. */
  #depth = 0;
  /** The row from which on nothing is within `most`. */
  #hopelessFrom = Infinity;
  readonly #least: number;

  /** How many letters of the term that was last read are enough to know that none which begins with them is near. */
  get hopelessFrom(): number {
    return this.#hopelessFrom;
  }

  /**
   * @param most greater distances are not told apart
   * @param least letters of the word of which a term may be a misspelling as well: a stem of a word is like its beginning
   */
  constructor(word: string, most: number, least = word.length) {
    this.#word = word;
    this.#most = most;
    this.#least = least;
    this.#rows = [Uint8Array.from({ length: word.length + 1 }, (_, i) => Math.min(i, 0xff))];
  }

  /**
   * @param shared letters that the term has in common with the one before
   * @returns nothing where the distance is greater than `most`
   */
  of(term: Letters, shared = 0): number | undefined {
    this.#depth = Math.min(this.#depth, shared);
    if (this.#hopelessFrom > this.#depth) this.#hopelessFrom = Infinity;
    if (this.#hopelessFrom !== Infinity) return undefined;
    if (term.length > this.#word.length + this.#most || term.length < this.#least - this.#most)
      return undefined;
    for (; this.#depth < term.length; this.#depth += 1) {
      if (this.#addRow(term, this.#depth) > this.#most) {
        this.#depth += 1;
        this.#hopelessFrom = this.#depth;
        return undefined;
      }
    }
    let distance = Infinity;
    for (const each of this.#rows[term.length]?.subarray(this.#least, this.#word.length + 1) ?? []) {
      distance = Math.min(distance, each);
    }
    return distance <= this.#most ? distance : undefined;
  }

  /** The row after the letter at `at`. @returns the least distance in it */
  #addRow(term: Letters, at: number): number {
    const word = this.#word;
    const above = this.#rows[at] ?? new Uint8Array();
    const twoAbove = this.#rows[at - 1];
    const row = (this.#rows[at + 1] ??= new Uint8Array(word.length + 1));
    const letter = term.charCodeAt(at);
    let least = (row[0] = Math.min(at + 1, 0xff));
    for (let i = 1; i <= word.length; i += 1) {
      const isSame = word.charCodeAt(i - 1) === letter;
      let distance = Math.min(
        (above[i - 1] ?? 0) + (isSame ? 0 : 1),
        (above[i] ?? 0) + 1,
        (row[i - 1] ?? 0) + 1,
      );
      if (
        twoAbove !== undefined &&
        i > 1 &&
        word.charCodeAt(i - 2) === letter &&
        word.charCodeAt(i - 1) === term.charCodeAt(at - 1)
      ) {
        distance = Math.min(distance, (twoAbove[i - 2] ?? 0) + 1);
      }
      row[i] = distance;
      if (distance < least) least = distance;
    }
    return least;
  }
}
