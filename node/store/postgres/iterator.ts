import { AbstractIterator, type AbstractIteratorOptions, type AbstractLevel } from 'abstract-level';
import { bytesOf, type RangeScan } from './range-scan.ts';
import type { EntryRow } from './rows.ts';

/** A key or value in the encoding that was asked for. */
export type Encoded = string | Buffer;
type Level = AbstractLevel<string | Buffer | Uint8Array, string, Uint8Array>;

/** Gives the rows of a range one by one or some at a time, as `abstract-level` asks for them. */
export class PostgresIterator extends AbstractIterator<Level, string, Uint8Array> {
  readonly #scan: RangeScan;
  readonly #keysAs: unknown;
  readonly #valuesAs: unknown;

  constructor(db: Level, options: AbstractIteratorOptions<string, Uint8Array>, scan: RangeScan) {
    super(db, options);
    this.#scan = scan;
    this.#keysAs = options.keyEncoding;
    this.#valuesAs = options.valueEncoding;
  }

  async _next(): Promise<[Encoded, Encoded | undefined] | undefined> {
    const entry = await this.#scan.next();
    return entry === undefined ? undefined : this.#encoded(entry);
  }

  async _nextv(size: number): Promise<[Encoded, Encoded | undefined][]> {
    return (await this.#scan.take(size)).map((entry) => this.#encoded(entry));
  }

  _seek(target: string | Uint8Array): void {
    this.#scan.seek(bytesOf(target));
  }

  #encoded([key, value]: EntryRow): [Encoded, Encoded | undefined] {
    return [encoded(key, this.#keysAs), encoded(value, this.#valuesAs)];
  }
}

export function encoded(bytes: Buffer, encoding: unknown): Encoded;
export function encoded(bytes: Buffer | undefined, encoding: unknown): Encoded | undefined;
export function encoded(bytes: Buffer | undefined, encoding: unknown): Encoded | undefined {
  return encoding === 'utf8' ? bytes?.toString() : bytes;
}
