import type { EntryRow } from './rows.ts';

/** A key to look up by, which sorts as its bytes do. */
export function mapKey(key: Buffer): string {
  return key.toString('latin1');
}

type Found = ReadonlyMap<string, Buffer>;

/** Joins what is asked for at once, by whomever, into one question: loops over records ask for hundreds side by side. */
export class JoinedGets {
  readonly #read: (keys: readonly Buffer[]) => Promise<EntryRow[]>;
  readonly #given = new WeakSet<Buffer>();
  #asked = new Map<string, Buffer>();
  #answer: Promise<Found> | undefined;

  constructor(read: (keys: readonly Buffer[]) => Promise<EntryRow[]>) {
    this.#read = read;
  }

  /** The values of these keys, in their order. */
  async get(keys: readonly Buffer[]): Promise<(Buffer | undefined)[]> {
    for (const key of keys) this.#asked.set(mapKey(key), key);
    // The next tick comes when all that goes on by itself has had its turn.
    this.#answer ??= new Promise((resolve) => {
      process.nextTick(() => resolve(this.#ask()));
    });
    const found = await this.#answer;
    return keys.map((key) => this.#own(found.get(mapKey(key))));
  }

  async #ask(): Promise<Found> {
    const keys = [...this.#asked.values()];
    this.#asked = new Map();
    this.#answer = undefined;
    const found = new Map<string, Buffer>();
    for (const [key, value] of await this.#read(keys)) if (value !== undefined) found.set(mapKey(key), value);
    return found;
  }

  /** Who gets a value may write into it. */
  #own(value: Buffer | undefined): Buffer | undefined {
    if (value === undefined) return undefined;
    if (this.#given.has(value)) return Buffer.from(value);
    this.#given.add(value);
    return value;
  }
}
