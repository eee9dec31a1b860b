const MOST_ENTRIES = 60_000;
/** Characters of the names in one of the two halves. */
const MOST_CHARACTERS = 6_000_000;

/**
 * Values by names that are parts of large texts, as many as were used last: two halves, of which the older one is let go when
 * the newer one is full. Cheaper a look-up than an order of use.
 */
export class RecentMap<T> {
  #newer = new Map<string, T>();
  #older = new Map<string, T>();
  #characters = 0;
  readonly #most: number;

  /** @param most names in one of the two halves */
  constructor(most = MOST_ENTRIES) {
    this.#most = most;
  }

  get(name: string): T | undefined {
    const value = this.#newer.get(name);
    if (value !== undefined) return value;
    const old = this.#older.get(name);
    if (old !== undefined) this.set(name, old);
    return old;
  }

  set(name: string, value: T): void {
    if (this.#newer.size >= this.#most || this.#characters >= MOST_CHARACTERS) {
      this.#older = this.#newer;
      this.#newer = new Map();
      this.#characters = 0;
    }
    this.#newer.set(ownText(name), value);
    this.#characters += name.length;
  }

  clear(): void {
    this.#newer.clear();
    this.#older.clear();
    this.#characters = 0;
  }
}

/** Where parts are copied through: a buffer for each would take longer than the copy. */
const through = Buffer.allocUnsafe(16 * 1024);

/** A copy of a part of a text (latin1): the part itself would keep the whole of it in memory. */
export function ownText(part: string): string {
  if (part.length > through.length) return Buffer.from(part, 'latin1').toString('latin1');
  return through.toString('latin1', 0, through.write(part, 0, 'latin1'));
}
