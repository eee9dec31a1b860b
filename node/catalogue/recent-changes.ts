import type { Change } from './change.ts';

const MOST_CHANGES = 1_024;
/** Of the blocks that they were decoded of. */
const MOST_BYTES = 8_388_608;

/**
 * The changes of the log that were decoded last: readers follow one another closely, and decoding is much of what they cost.
 *
 * Each position has a slot, which it shares with those a whole round before and behind it; the latest of them stays. So a
 * reader that lags far behind, or begins anew, does not take the place of what the others are at.
 */
export class RecentChanges {
  readonly #slots: ({ change: Change; bytes: number } | undefined)[] = Array.from({ length: MOST_CHANGES });
  #bytes = 0;

  at(position: number): Change | undefined {
    const kept = this.#slots[position % MOST_CHANGES]?.change;
    return kept?.position === position ? kept : undefined;
  }

  /** @param bytes of the block; where there is no room for it, the change is not kept */
  keep(change: Change, bytes: number): void {
    const slot = change.position % MOST_CHANGES;
    const before = this.#slots[slot];
    if (before !== undefined && before.change.position >= change.position) return;
    this.#bytes -= before?.bytes ?? 0;
    const isKept = this.#bytes + bytes <= MOST_BYTES;
    this.#slots[slot] = isKept ? { change, bytes } : undefined;
    if (isKept) this.#bytes += bytes;
  }
}
