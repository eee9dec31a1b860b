import { isRecordKey } from '../../../vocab/record-key.ts';
import type { Catalogue } from '../../catalogue/index.ts';
import type { Operation, Section } from '../../store/index.ts';
import type { RefusalCode } from './errors.ts';
import { numberKeyOf, numberOfRecordKey, recordKeyOf, recordsOfPage } from './layout.ts';
import { Recent } from './recent.ts';

/** In the order in which texts are sorted, so that pages are in the order of the keys. */
const ALPHABET = '234567abcdefghijklmnopqrstuvwxyz';
const BITS_OF_SECOND = 3;
const NUMBER_BITS = 24;
const REMEMBERED = 150_000;
const AT_ONCE = 1_000;

type ItemCatalogue = Pick<Catalogue, 'node' | 'holdings'>;

/** What became of keys that were asked for. */
interface Numbered {
  numbers: Map<string, number>;
  refused: Map<string, RefusalCode>;
  /** Writes the numbers that are new. */
  operations: Operation[];
  /** To be called when those are written. */
  written(): void;
}

/**
 * Gives the node's own items numbers of 32 bits, by which rows and counts know them. The first 8 bits are those of the
 * record's key, so that the items of a month can be read in the order of their keys, a page at a time. 0 is no number.
 */
export class ItemNumbers {
  readonly #section: Section;
  readonly #catalogue: ItemCatalogue;
  readonly #known = new Recent<string, number>(REMEMBERED);
  /** The next number of each page that has been looked at. */
  readonly #next = new Map<number, number>();

  constructor(options: { section: Section; catalogue: ItemCatalogue }) {
    this.#section = options.section;
    this.#catalogue = options.catalogue;
  }

  /** The number of an item that may be counted, as far as it is remembered. */
  known(key: string): number | undefined {
    return this.#known.get(key);
  }

  /** The items were changed; they may be withdrawn. */
  forget(keys: Iterable<string>): void {
    for (const key of keys) this.#known.delete(key);
  }

  /** Finds the numbers of items, or why they are not counted; those that have none get one. Not to be run twice at a time. */
  async find(keys: readonly string[]): Promise<Numbered> {
    const numbers = new Map<string, number>();
    const refused = new Map<string, RefusalCode>();
    const fresh: string[] = [];
    for (let from = 0; from < keys.length; from += AT_ONCE) {
      const some = keys.slice(from, from + AT_ONCE);
      const codes = await Promise.all(some.map((key) => this.#objection(key)));
      const good = some.filter((key, i) => {
        const code = codes[i];
        if (code !== undefined) refused.set(key, code);
        return code === undefined;
      });
      const stored = await this.#section.getMany(good.map(numberKeyOf));
      for (const [i, key] of good.entries()) {
        const bytes = stored[i];
        if (bytes === undefined) fresh.push(key);
        else numbers.set(key, numberFrom(bytes));
      }
    }
    for (const key of fresh) numbers.set(key, await this.#newNumber(key));
    return {
      numbers,
      refused,
      operations: fresh.flatMap((key) => numbering(key, numbers.get(key) ?? 0)),
      written: () => {
        for (const [key, number] of numbers) this.#known.set(key, number);
      },
    };
  }

  /** The number of an item that was counted once, whatever has become of it. */
  async numberOf(key: string): Promise<number | undefined> {
    const bytes = isRecordKey(key) ? await this.#section.get(numberKeyOf(key)) : undefined;
    return bytes === undefined ? undefined : numberFrom(bytes);
  }

  /** In the order of the numbers. */
  async keysOf(numbers: readonly number[]): Promise<string[]> {
    const keys = await this.#section.getMany(numbers.map(recordKeyOf));
    return keys.map((bytes) => (bytes === undefined ? '' : Buffer.from(bytes).toString()));
  }

  /** A number that no other item has, of the page of the key. It is not given again. */
  async #newNumber(key: string): Promise<number> {
    const page = pageOf(key);
    const next = this.#next.get(page) ?? (await this.#firstFree(page));
    this.#next.set(page, next + 1);
    return next;
  }

  /** A number for an item that goes on under another key. @returns the operations that give it */
  async renamed(key: string): Promise<{ number: number; operations: Operation[] }> {
    const known = await this.numberOf(key);
    if (known !== undefined) return { number: known, operations: [] };
    const number = await this.#newNumber(key);
    return { number, operations: numbering(key, number) };
  }

  async #firstFree(page: number): Promise<number> {
    const [last] = await this.#section.keys({ ...recordsOfPage(page), reverse: true, limit: 1 }).all();
    return last === undefined ? page * 2 ** NUMBER_BITS + 1 : numberOfRecordKey(last) + 1;
  }

  async #objection(key: string): Promise<RefusalCode | undefined> {
    const place = isRecordKey(key) ? await this.#catalogue.holdings.place(key) : undefined;
    if (place === undefined || place.kind === 'dropped') return 'USAGE_UNKNOWN_ITEM';
    if (place.node !== this.#catalogue.node) return 'USAGE_NOT_OWN';
    return place.kind === 'withdrawn' || place.kind === 'deleted' ? 'USAGE_WITHDRAWN_ITEM' : undefined;
  }
}

/** The first 8 bits of a record's key, in the order of texts. */
export function pageOf(key: string): number {
  const [first, second] = [ALPHABET.indexOf(key.charAt(0)), ALPHABET.indexOf(key.charAt(1))];
  return (Math.max(0, first) << BITS_OF_SECOND) | (Math.max(0, second) >> 2);
}

function numbering(key: string, number: number): Operation[] {
  return [
    { type: 'put', key: numberKeyOf(key), value: Buffer.from(recordKeyOf(number)) },
    { type: 'put', key: recordKeyOf(number), value: Buffer.from(key) },
  ];
}

function numberFrom(bytes: Uint8Array): number {
  return numberOfRecordKey(Buffer.from(bytes).toString());
}
