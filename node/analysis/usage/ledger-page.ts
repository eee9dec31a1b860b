import type { Operation } from '../../store/index.ts';
import type { DayLedger } from './day-ledger.ts';
import type { RefusalCode } from './errors.ts';
import { Rows } from './rows.ts';
import type { Visitors } from './visitors.ts';

/** Where rows of a day go, or why they go nowhere. */
export type Destination = (day: number) => DayLedger | RefusalCode;

/** A day, within one write. */
interface Slot {
  ledger: DayLedger;
  rows: Rows;
  hasOwn: boolean;
}

/** The rows of one write, by day. */
export class LedgerPage {
  readonly #destination: Destination;
  readonly #visitors: Visitors;
  readonly #slots = new Map<number, Slot | RefusalCode>();
  #lastDay = -1;
  #last: Slot | RefusalCode = 'USAGE_BAD_TIME';

  constructor(destination: Destination, visitors: Visitors) {
    this.#destination = destination;
    this.#visitors = visitors;
  }

  slot(day: number): Slot | RefusalCode {
    if (day === this.#lastDay) return this.#last;
    const slot = this.#slots.get(day) ?? this.#newSlot(day);
    this.#lastDay = day;
    this.#last = slot;
    return slot;
  }

  /** A click soon after midnight may make one before it the first of a double click: so the day before has to know. */
  noteAfter(day: number, item: number, click: number, address: string, userAgent: string): void {
    const slot = this.slot(day);
    if (typeof slot === 'string') return;
    const visitor = this.#visitors.visitor(slot.ledger.salt, address, userAgent);
    if (visitor !== undefined) slot.rows.push(item, visitor.high, visitor.low, visitor.bits | click);
  }

  /** The operations that write the rows, and what is to be called when they are on disk: it gives the ledgers. */
  finish(
    came: { now: number; robots: string },
    { isStanding }: { isStanding: boolean },
  ): { operations: Operation[]; written: () => DayLedger[] } {
    const operations: Operation[] = [];
    const notes: (() => void)[] = [];
    const written: DayLedger[] = [];
    for (const slot of this.#slots.values()) {
      if (typeof slot === 'string' || slot.rows.length === 0) continue;
      const { ledger, rows, hasOwn } = slot;
      written.push(ledger);
      if (isStanding && ledger.isUnwritten) operations.push(ledger.saltOperation());
      for (const one of ledger.successor === undefined ? [ledger] : [ledger, ledger.successor]) {
        one.noteCame({ ...came, hasOwn });
        const blocks = one.blocks(rows, { parted: false });
        operations.push(...blocks.operations);
        notes.push(blocks.written);
      }
      if (isStanding) operations.push(ledger.stateOperation());
    }
    return {
      operations,
      written: () => {
        for (const note of notes) note();
        return written;
      },
    };
  }

  #newSlot(day: number): Slot | RefusalCode {
    const ledger = this.#destination(day);
    const slot = typeof ledger === 'string' ? ledger : { ledger, rows: new Rows(), hasOwn: false };
    this.#slots.set(day, slot);
    return slot;
  }
}
