/** Unsigned LEB128 integers below 2^32: seven bits a byte, the lowest first. */

export function varintLength(n: number): number {
  return n < 0x80 ? 1 : n < 0x4000 ? 2 : n < 0x200000 ? 3 : n < 0x10000000 ? 4 : 5;
}

/** Writes `n` at `at`. @returns where the next byte goes */
export function writeVarint(bytes: Uint8Array, at: number, n: number): number {
  while (n >= 0x80) {
    bytes[at++] = (n & 0x7f) | 0x80;
    n >>>= 7;
  }
  bytes[at++] = n;
  return at;
}

/** Reads integers one after another from `at`; past the end it reads zeros. */
export class VarintReader {
  readonly #bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.at = at;
  }

  get ended(): boolean {
    return this.at >= this.#bytes.length;
  }

  next(): number {
    let byte = this.#bytes[this.at++] ?? 0;
    if (byte < 0x80) return byte;
    let n = byte & 0x7f;
    for (let shift = 7; byte >= 0x80 && shift < 35; shift += 7) {
      byte = this.#bytes[this.at++] ?? 0;
      n |= (byte & 0x7f) << shift;
    }
    return n >>> 0;
  }

  skip(count: number): void {
    for (let left = count; left > 0 && !this.ended; this.at += 1) if (this.#bytes[this.at]! < 0x80) left -= 1;
  }

  many(count: number): number[] {
    const numbers: number[] = [];
    for (let i = 0; i < count; i += 1) numbers.push(this.next());
    return numbers;
  }
}

/** Signed integers as unsigned ones: 0, -1, 1, -2, 2 … */
export const zigzag = (n: number): number => ((n << 1) ^ (n >> 31)) >>> 0;
export const unzigzag = (n: number): number => (n >>> 1) ^ -(n & 1);
