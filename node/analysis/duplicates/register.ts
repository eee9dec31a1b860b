import { hash32 } from '../../../vocab/same-work/index.ts';
import { KEY_LENGTH } from './layout.ts';
import { OUTLINE } from './outline.ts';

const IN_CHUNK = 4_096;
const FIRST_SLOTS = 1_024;
/** From this share of its slots on the index is made anew, twice as large. */
const FULL = 0.6;

/**
 * The records that stand, by small numbers, with their keys and outlines: some eighty bytes each, in memory. A record keeps its number
 * until it goes; then another gets it. Nothing that is found out depends on the numbers.
 */
export class Register {
  readonly #keys: Buffer[] = [];
  readonly #outlines: Uint32Array[] = [];
  readonly #free: number[] = [];
  #next = 0;
  #size = 0;
  /** Open addressing by the hash of the key: a record's number and one; 0 where there is none. */
  #slots: Uint32Array;

  /** @param expected how many records there will be, roughly */
  constructor(expected = 0) {
    let slots = FIRST_SLOTS;
    while (slots * FULL <= expected) slots *= 2;
    this.#slots = new Uint32Array(slots);
  }

  numberOf(key: string): number | undefined {
    const number = this.#slots[this.#slotOf(key)] ?? 0;
    return number === 0 ? undefined : number - 1;
  }

  keyOf(number: number): string {
    const at = (number % IN_CHUNK) * KEY_LENGTH;
    return this.#keys[Math.floor(number / IN_CHUNK)]?.toString('latin1', at, at + KEY_LENGTH) ?? '';
  }

  outlineOf(number: number): Uint32Array {
    const at = (number % IN_CHUNK) * OUTLINE;
    return this.#outlines[Math.floor(number / IN_CHUNK)]?.subarray(at, at + OUTLINE) ?? NO_OUTLINE;
  }

  /** The numbers that the next `count` records get. */
  vacant(count: number): number[] {
    const free = this.#free.slice(Math.max(0, this.#free.length - count)).toReversed();
    return [...free, ...Array.from({ length: count - free.length }, (_, i) => this.#next + i)];
  }

  /** Enters a record, or its other outline. */
  enter(number: number, key: string, outline: Uint32Array): void {
    const chunk = Math.floor(number / IN_CHUNK);
    while (this.#keys.length <= chunk) {
      this.#keys.push(Buffer.alloc(IN_CHUNK * KEY_LENGTH));
      this.#outlines.push(new Uint32Array(IN_CHUNK * OUTLINE));
    }
    this.#outlines[chunk]?.set(outline, (number % IN_CHUNK) * OUTLINE);
    const slot = this.#slotOf(key);
    if (this.#slots[slot] === number + 1) return;
    this.#occupy(number);
    this.#keys[chunk]?.write(key, (number % IN_CHUNK) * KEY_LENGTH, KEY_LENGTH, 'latin1');
    this.#size += 1;
    this.#slots[slot] = number + 1;
    if (this.#size > this.#slots.length * FULL) this.#grow();
  }

  strike(number: number): void {
    const key = this.keyOf(number);
    let hole = this.#slotOf(key);
    const mask = this.#slots.length - 1;
    this.#slots[hole] = 0;
    // What was pushed on by it moves up, so that nothing has to mark the place.
    for (let at = (hole + 1) & mask; this.#slots[at] !== 0; at = (at + 1) & mask) {
      const other = this.#slots[at] ?? 0;
      const home = hash32(this.keyOf(other - 1)) & mask;
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      this.#slots[hole] = other;
      this.#slots[at] = 0;
      hole = at;
    }
    this.#size -= 1;
    this.#free.push(number);
  }

  #occupy(number: number): void {
    if (number >= this.#next) {
      // On reading them from disk, which comes in the order of the numbers: those left out are free.
      for (let between = this.#next; between < number; between++) this.#free.push(between);
      this.#next = number + 1;
      return;
    }
    const at = this.#free.lastIndexOf(number);
    if (at >= 0) this.#free.splice(at, 1);
  }

  #slotOf(key: string): number {
    const mask = this.#slots.length - 1;
    let at = hash32(key) & mask;
    for (let number = this.#slots[at] ?? 0; number !== 0; number = this.#slots[at] ?? 0) {
      if (this.keyOf(number - 1) === key) return at;
      at = (at + 1) & mask;
    }
    return at;
  }

  #grow(): void {
    const former = this.#slots;
    this.#slots = new Uint32Array(former.length * 2);
    for (const number of former) if (number !== 0) this.#slots[this.#slotOf(this.keyOf(number - 1))] = number;
  }
}

const NO_OUTLINE = new Uint32Array(OUTLINE);
