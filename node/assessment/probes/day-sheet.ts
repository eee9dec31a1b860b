/** How often an endpoint is asked; of each such slot of a day one answer is kept. */
export const SLOT_MS = 5 * 60_000;
export const DAY_MS = 24 * 60 * 60_000;
export const SLOTS_A_DAY = DAY_MS / SLOT_MS;

type SlotState = 'up' | 'down' | 'unknown';

const BITMAP_BYTES = SLOTS_A_DAY / 8;

/** Slots since 1970. */
export function slotOf(time: number): number {
  return Math.floor(time / SLOT_MS);
}

/** Days since 1970, in UTC. */
export function dayOf(time: number): number {
  return Math.floor(time / DAY_MS);
}

/**
 * What is known of one day, in 72 bytes: 288 bits that tell which slots are known, and as many that tell in which of them the
 * endpoint answered. Bit n of a bitmap is bit `n % 8`, the lowest first, of its byte `n / 8`.
 */
export class DaySheet {
  static readonly BYTES = 2 * BITMAP_BYTES;
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array = new Uint8Array(DaySheet.BYTES)) {
    this.bytes = bytes;
  }

  /** @param slot of the day, from 0 */
  at(slot: number): SlotState {
    if (!this.#isSet(slot)) return 'unknown';
    return this.#isSet(slot, BITMAP_BYTES) ? 'up' : 'down';
  }

  /** What is asked twice, since the clock was set back, was up only where it answered both times. */
  mark(slot: number, isUp: boolean): void {
    const stays = isUp && this.at(slot) !== 'down';
    this.#set(slot, 0, true);
    this.#set(slot, BITMAP_BYTES, stays);
  }

  /** How many slots are known, and in how many of them it was up. */
  count(): { known: number; up: number } {
    return { known: bits(this.bytes.subarray(0, BITMAP_BYTES)), up: bits(this.bytes.subarray(BITMAP_BYTES)) };
  }

  #isSet(slot: number, from = 0): boolean {
    return (((this.bytes[from + (slot >> 3)] ?? 0) >> (slot & 7)) & 1) === 1;
  }

  #set(slot: number, from: number, is: boolean): void {
    const at = from + (slot >> 3);
    const bit = 1 << (slot & 7);
    const byte = this.bytes[at] ?? 0;
    this.bytes[at] = is ? byte | bit : byte & ~bit;
  }
}

function bits(bytes: Uint8Array): number {
  let count = 0;
  for (let byte of bytes) for (; byte !== 0; byte &= byte - 1) count += 1;
  return count;
}
