import type { Operation } from '../../store/index.ts';
import { encodeEntry, type Place } from './entry.ts';
import { entryKey } from './layout.ts';
import type { Register } from './register.ts';

/** A record whose profile came, went or changed. */
export interface Move {
  record: string;
  number: number;
  from: Place | undefined;
  to: Place | undefined;
}

/** The records before a batch, and after it. */
export type View = 'stored' | 'now';

/** The register as of one batch of changes: what came and went is kept apart until the batch is on disk. */
export class Roll {
  readonly #register: Register;
  readonly #moves = new Map<number, Move>();
  readonly #fresh = new Map<string, number>();

  constructor(register: Register) {
    this.#register = register;
  }

  /** Enters what becomes of records; those that were not held get their numbers. */
  move(moves: readonly Omit<Move, 'number'>[]): Move[] {
    const fresh = moves.filter(({ from }) => from === undefined);
    const vacant = this.#register.vacant(fresh.length);
    for (const [i, { record }] of fresh.entries()) this.#fresh.set(record, vacant[i] ?? 0);
    return moves.map((move) => {
      const numbered = { ...move, number: this.numberOf(move.record) ?? 0 };
      this.#moves.set(numbered.number, numbered);
      return numbered;
    });
  }

  /** Undefined for what is not held, neither before nor after. */
  numberOf(record: string): number | undefined {
    return this.#fresh.get(record) ?? this.#register.numberOf(record);
  }

  keyOf(number: number): string {
    return this.#moves.get(number)?.record ?? this.#register.keyOf(number);
  }

  /** Of a record that is held. */
  outlineOf(number: number, view: View): Uint32Array | undefined {
    const move = this.#moves.get(number);
    if (move === undefined) return this.#register.outlineOf(number);
    return (view === 'stored' ? move.from : move.to)?.outline;
  }

  operations(): Operation[] {
    return Array.from(this.#moves.values(), ({ record, number, to }): Operation => {
      const key = entryKey(number);
      return to === undefined ? { type: 'del', key } : { type: 'put', key, value: encodeEntry(record, to) };
    });
  }

  /** Makes it the state of things. */
  take(): void {
    for (const { number, to } of this.#moves.values()) if (to === undefined) this.#register.strike(number);
    for (const { record, number, to } of this.#moves.values())
      if (to !== undefined) this.#register.enter(number, record, to.outline);
  }
}
