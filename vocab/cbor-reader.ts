import { isUtf8 } from 'node:buffer';

const BYTES = 2;
const TEXT = 3;
const LARGEST_DIRECT = 23;
const LARGEST_INFO = 27;
const FALSE = 0xf4;
const TRUE = 0xf5;
const NULL = 0xf6;
/** Up to here bytes are looked at one by one: a call out of JavaScript costs more. */
const LOOPED = 128;
/** More than any form here has. */
const MAX_DEPTH = 32;
/** In one value: twice what the longest list has that is read as one. An item takes a hundred times the memory of its byte. */
const MAX_VALUE_ITEMS = 10_000;
const BYTE_ORDER_MARK = 0xfeff;

/** Bytes are not what is to be read there: no canonical DAG-CBOR, or of another form. */
export class FormError extends Error {
  /** Where, from the outside in: names of properties and places in lists. */
  readonly path: (string | number)[] = [];

  /** What is wrong, and where: `creators.3.name: longer than 4000`. */
  get problem(): string {
    return this.path.length === 0 ? this.message : `${this.path.join('.')}: ${this.message}`;
  }
}

/**
 * Reads canonical DAG-CBOR (IPLD; RFC 8949 §4.2.1) item by item: each number and length in as few bytes as it takes, texts in
 * UTF-8, nothing indefinite, no tags, no fractions. What the caller does not want as a value is only looked at, so a
 * record is held against its form (`cbor-form.ts`) without anything being built of it.
 *
 * Every method reads the next item and throws FormError where it is not there.
 */
export class CborReader {
  readonly #bytes: Buffer;
  /** The place of the next item. */
  at: number;
  #items = 0;
  #mostItems = 0;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = at;
  }

  /** Items read so far, each element, key and value counted. */
  get items(): number {
    return this.#items;
  }

  /** The bytes from a place up to the next item; a view. */
  since(start: number): Uint8Array {
    return this.#view(start, this.at);
  }

  end(): void {
    if (this.at !== this.#bytes.length) throw new FormError('more bytes than the value has');
  }

  /** @returns how many items the list has, which come next */
  array(): number {
    return this.#head(4, 'a list');
  }

  /** @returns how many properties the object has; each comes as its name and its value */
  map(): number {
    return this.#head(5, 'an object');
  }

  boolean(): boolean {
    const byte = this.#bytes[this.at];
    if (byte !== TRUE && byte !== FALSE) throw new FormError('not a yes or no');
    this.at += 1;
    this.#items += 1;
    return byte === TRUE;
  }

  /** A whole number that JavaScript can hold. */
  integer(): number {
    const isNegative = (this.#bytes[this.at] ?? 0) >> 5 === 1;
    const n = isNegative ? -1 - this.#head(1, 'a number') : this.#head(0, 'a whole number');
    if (!Number.isSafeInteger(n)) throw new FormError('too large a number');
    return n;
  }

  /** A byte string; a view. */
  bytes(): Uint8Array {
    const length = this.#length(BYTES, 'bytes');
    return this.#view(this.at, (this.at += length));
  }

  /** @param most of characters (Unicode code points) */
  text(most = Infinity): string {
    const length = this.#length(TEXT, 'a text');
    const start = this.at;
    this.#checkText(start, length, most);
    this.at = start + length;
    return this.#bytes.toString('utf8', start, this.at);
  }

  /** Reads on over a text. @param most of characters (Unicode code points) */
  skipText(most: number): void {
    const length = this.#length(TEXT, 'a text');
    this.#checkText(this.at, length, most);
    this.at += length;
  }

  /** Reads on over an item where it is this one. @param encoded it, in canonical form @returns whether it was */
  skipIf(encoded: Uint8Array): boolean {
    const { length } = encoded;
    if (this.at + length > this.#bytes.length) return false;
    for (let i = 0; i < length; i++) if (this.#bytes[this.at + i] !== encoded[i]) return false;
    this.at += length;
    this.#items += 1;
    return true;
  }

  /**
   * Whatever comes next, as a value of JavaScript that holds on to none of the bytes. As the reference reads it (@ipld/dag-cbor):
   * of a text without a byte order mark at its beginning.
   */
  value(): unknown {
    this.#mostItems = this.#items + MAX_VALUE_ITEMS;
    return this.#value(0);
  }

  #value(depth: number): unknown {
    if (depth > MAX_DEPTH) throw new FormError('nested too deeply');
    if (this.#items > this.#mostItems) throw new FormError(`more than ${MAX_VALUE_ITEMS} items`);
    const first = this.#bytes[this.at];
    switch ((first ?? 0) >> 5) {
      case 0:
      case 1:
        return this.integer();
      case BYTES:
        return this.bytes().slice();
      case TEXT:
        return this.#unmarked();
      case 4:
        return this.#list(depth);
      case 5:
        return this.#object(depth);
      default:
        if (first !== NULL) return this.boolean();
        this.at += 1;
        this.#items += 1;
        return null;
    }
  }

  #list(depth: number): unknown[] {
    const items: unknown[] = [];
    for (let left = this.array(); left > 0; left--) items.push(this.#value(depth + 1));
    return items;
  }

  #object(depth: number): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    for (let left = this.map(); left > 0; left--) {
      const name = this.#unmarked();
      if (Object.hasOwn(object, name) || name === '__proto__') throw new FormError(`a second ${name}`);
      object[name] = this.#value(depth + 1);
    }
    return object;
  }

  #unmarked(): string {
    const text = this.text();
    return text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text;
  }

  #view(from: number, to: number): Uint8Array {
    return new Uint8Array(this.#bytes.buffer, this.#bytes.byteOffset + from, to - from);
  }

  /** The length of a text or byte string, all of which is there. */
  #length(type: number, what: string): number {
    const length = this.#head(type, what);
    if (this.at + length > this.#bytes.length) throw new FormError('cut off');
    return length;
  }

  #head(type: number, what: string): number {
    const first = this.#bytes[this.at];
    if (first === undefined) throw new FormError('cut off');
    if (first >> 5 !== type) throw new FormError(`not ${what}`);
    this.at += 1;
    this.#items += 1;
    const info = first & 0x1f;
    return info <= LARGEST_DIRECT ? info : this.#argument(info);
  }

  #argument(info: number): number {
    if (info > LARGEST_INFO) throw new FormError('of indefinite length');
    const width = 2 ** (info - LARGEST_DIRECT - 1);
    const { at } = this;
    if (at + width > this.#bytes.length) throw new FormError('cut off');
    this.at += width;
    const n = width === 8 ? this.#long(at) : this.#bytes.readUIntBE(at, width);
    const least = width === 1 ? LARGEST_DIRECT + 1 : 2 ** (width * 4);
    if (n < least) throw new FormError('not in its shortest form');
    return n;
  }

  #long(at: number): number {
    return this.#bytes.readUInt32BE(at) * 2 ** 32 + this.#bytes.readUInt32BE(at + 4);
  }

  #checkText(start: number, length: number, most: number): void {
    const end = start + length;
    // A text has no more characters than bytes.
    if (length > most && this.#characters(start, end) > most) throw new FormError(`longer than ${most}`);
    if (length <= LOOPED) {
      let at = start;
      while (at < end && (this.#bytes[at] ?? 0) < 0x80) at += 1;
      if (at === end) return;
    }
    if (!isUtf8(this.#bytes.subarray(start, end))) throw new FormError('not UTF-8');
  }

  /** In UTF-8: bytes that do not go on with another one's character. */
  #characters(start: number, end: number): number {
    let count = 0;
    for (let at = start; at < end; at++) if (((this.#bytes[at] ?? 0) & 0xc0) !== 0x80) count += 1;
    return count;
  }
}
