/** Numbers pairs of 32-bit words in the order in which they are first met: a hash table without objects. */
export class Numbering {
  #slots: Int32Array;
  #high: Uint32Array;
  #low: Uint32Array;
  #size = 0;

  /** @param expected for how many pairs there is room at first */
  constructor(expected: number) {
    const room = 1 << Math.ceil(Math.log2(Math.max(16, expected * 2)));
    this.#slots = new Int32Array(room).fill(-1);
    this.#high = new Uint32Array(room / 2);
    this.#low = new Uint32Array(room / 2);
  }

  get size(): number {
    return this.#size;
  }

  high(n: number): number {
    return this.#high[n] ?? 0;
  }

  low(n: number): number {
    return this.#low[n] ?? 0;
  }

  of(high: number, low: number): number {
    const mask = this.#slots.length - 1;
    let slot = (Math.imul(high ^ Math.imul(low, 0x9e3779b1), 0x85ebca6b) >>> 8) & mask;
    for (;;) {
      const n = this.#slots[slot] ?? -1;
      if (n === -1) break;
      if (this.#low[n] === low && this.#high[n] === high) return n;
      slot = (slot + 1) & mask;
    }
    if (this.#size === this.#low.length) {
      this.#grow();
      return this.of(high, low);
    }
    this.#slots[slot] = this.#size;
    this.#high[this.#size] = high;
    this.#low[this.#size] = low;
    return this.#size++;
  }

  #grow(): void {
    const size = this.#size;
    const larger = new Numbering(size * 2);
    for (let n = 0; n < size; n++) larger.of(this.high(n), this.low(n));
    this.#slots = larger.#slots;
    this.#high = larger.#high;
    this.#low = larger.#low;
  }
}
