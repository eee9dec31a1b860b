/**
 * What a canonical form can hold here: no `undefined`, no fractions, no numbers beyond 2^53. Objects are plain.
 */
export type Canonical =
  | string
  | number
  | boolean
  | null
  | Uint8Array
  | EncodedItem
  | readonly Canonical[]
  | { readonly [key: string]: Canonical };

/** One item that is in canonical form already: it is put in as it is, and nobody looks at it again. */
export class EncodedItem {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

const FIRST_BYTES = 64 * 1024;
/** Buffers that one very large value made grow are let go again. */
const KEPT_BYTES = 4 * 1024 * 1024;
const SHORT = 24;
const MAX_UINT32 = 0xffff_ffff;
const LOOPED = 60;

/** CBOR's major types (RFC 8949 §3.1), in the upper three bits of the first byte. */
const UNSIGNED = 0x00;
const NEGATIVE = 0x20;
const BYTES = 0x40;
const TEXT = 0x60;
const ARRAY = 0x80;
const MAP = 0xa0;
const FALSE = 0xf4;
const TRUE = 0xf5;
const NULL = 0xf6;

let buffer = Buffer.allocUnsafe(FIRST_BYTES);
/** One that was lent and has come back. */
let spare: typeof buffer | undefined;
let at = 0;

/**
 * A value as DAG-CBOR (IPLD): the one form that each value has, with the shortest lengths and keys in the order of their
 * lengths, then their bytes.
 *
 * The same bytes as `@ipld/dag-cbor` gives, which reads them back; this one writes plain data in half of its time, and
 * writing was the dearest step of a harvest. A test holds the two against each other.
 *
 * @throws TypeError for what the form cannot hold
 */
export function encodeCanonical(value: unknown): Uint8Array {
  at = 0;
  write(value);
  const bytes = Uint8Array.prototype.slice.call(buffer, 0, at);
  if (buffer.length > KEPT_BYTES) buffer = Buffer.allocUnsafe(FIRST_BYTES);
  return bytes;
}

/**
 * The same for bytes that are read once and let go: they are lent to `read`, and are somebody else's as soon as it is over.
 * A page has a megabyte, and memory that is left behind at that rate is what a collection waits for.
 */
export async function withCanonical<T>(value: unknown, read: (bytes: Uint8Array) => Promise<T>): Promise<T> {
  at = 0;
  write(value);
  const [lent, length] = [buffer, at];
  buffer = spare ?? Buffer.allocUnsafe(FIRST_BYTES);
  spare = undefined;
  try {
    return await read(lent.subarray(0, length));
  } finally {
    takeBack(lent);
  }
}

function takeBack(lent: typeof buffer): void {
  if (lent.length <= KEPT_BYTES && lent.length > (spare?.length ?? 0)) spare = lent;
}

function write(value: unknown): void {
  switch (typeof value) {
    case 'string':
      writeText(value);
      return;
    case 'number':
      writeInteger(value);
      return;
    case 'boolean':
      writeByte(value ? TRUE : FALSE);
      return;
    case 'object':
      if (value === null) writeByte(NULL);
      else if (Array.isArray(value)) writeArray(value);
      else if (value instanceof Uint8Array) writeBytes(value);
      else if (value instanceof EncodedItem) copy(value.bytes);
      else writeMap(value as Record<string, unknown>);
      return;
    default:
      throw new TypeError(`${typeof value} has no canonical form`);
  }
}

function writeText(text: string): void {
  if (text.length <= LOOPED && writeShortAscii(text)) return;
  const length = Buffer.byteLength(text);
  writeHead(TEXT, length);
  reserve(length);
  at += buffer.write(text, at, length);
}

/** Most texts are short and ASCII, and a call out of JavaScript costs more than their characters one by one. */
function writeShortAscii(text: string): boolean {
  const start = at;
  const { length } = text;
  writeHead(TEXT, length);
  reserve(length);
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) {
      at = start;
      return false;
    }
    buffer[at++] = code;
  }
  return true;
}

function writeInteger(n: number): void {
  if (!Number.isSafeInteger(n) || Object.is(n, -0)) throw new TypeError(`${n} has no canonical form`);
  if (n >= 0) writeHead(UNSIGNED, n);
  else writeHead(NEGATIVE, -1 - n);
}

function writeBytes(bytes: Uint8Array): void {
  writeHead(BYTES, bytes.length);
  copy(bytes);
}

function copy(bytes: Uint8Array): void {
  reserve(bytes.length);
  buffer.set(bytes, at);
  at += bytes.length;
}

function writeArray(items: readonly unknown[]): void {
  writeHead(ARRAY, items.length);
  for (const item of items) write(item);
}

function writeMap(map: Record<string, unknown>): void {
  const keys = inOrder(Object.keys(map));
  writeHead(MAP, keys.length);
  for (const key of keys) {
    writeText(key);
    write(map[key]);
  }
}

/** Objects of a kind have their keys in the same order again and again. */
const orders = new Map<string, readonly string[]>();
const ORDERS_KEPT = 1_000;

function inOrder(keys: string[]): readonly string[] {
  if (keys.length < 2) return keys;
  const name = keys.join('\0');
  const known = orders.get(name);
  // A key with a zero in it could make two lists of keys look alike: those are not kept, and differ in length.
  if (known?.length === keys.length) return known;
  keys.sort(byLengthThenBytes);
  if (orders.size < ORDERS_KEPT && !keys.some((key) => key.includes('\0'))) orders.set(name, keys);
  return keys;
}

function byLengthThenBytes(a: string, b: string): number {
  const [bytesA, bytesB] = [Buffer.from(a), Buffer.from(b)];
  return bytesA.length - bytesB.length || Buffer.compare(bytesA, bytesB);
}

/** The first bytes of an item: its type, and a number in as few bytes as it takes. */
function writeHead(type: number, n: number): void {
  reserve(9);
  if (n < SHORT) {
    buffer[at++] = type | n;
  } else if (n <= 0xff) {
    buffer[at++] = type | 24;
    buffer[at++] = n;
  } else if (n <= 0xffff) {
    buffer[at++] = type | 25;
    at = buffer.writeUInt16BE(n, at);
  } else if (n <= MAX_UINT32) {
    buffer[at++] = type | 26;
    at = buffer.writeUInt32BE(n, at);
  } else {
    buffer[at++] = type | 27;
    at = buffer.writeBigUInt64BE(BigInt(n), at);
  }
}

function writeByte(byte: number): void {
  reserve(1);
  buffer[at++] = byte;
}

function reserve(bytes: number): void {
  if (at + bytes <= buffer.length) return;
  const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, at + bytes));
  buffer.copy(larger, 0, 0, at);
  buffer = larger;
}
