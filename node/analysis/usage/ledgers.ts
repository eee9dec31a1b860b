import { randomBytes } from 'node:crypto';
import { compact, writeBatch, type Operation, type Section } from '../../store/index.ts';
import { dayNumber, dayText } from './calendar.ts';
import { countedTo } from './counts.ts';
import { DayLedger, decodeState, type DayState } from './day-ledger.ts';
import {
  ALL_LEDGERS,
  allSalts,
  allStates,
  allWipes,
  lastOf,
  ledgerOf,
  ledgerRange,
  numberOfBlock,
  partKey,
  partOfBlock,
  PARTS,
  saltKey,
  stateKey,
  wipeKey,
} from './layout.ts';

const SALT_BYTES = 16;

/**
 * The days of which events are taken, each with its ledger, and those that are closed.
 *
 * A day is open from its first event until it is closed; then its rows and the key of its hashes are deleted, and what
 * LevelDB has of them in its files is overwritten by compacting those.
 */
export class Ledgers {
  readonly #section: Section;
  readonly #open = new Map<number, DayLedger>();
  readonly #closed = new Map<number, DayState>();
  #opened: Promise<void> | undefined;

  constructor(section: Section) {
    this.#section = section;
  }

  /** Reads what is on disk, once; where that fails, whoever comes next tries again. */
  open(): Promise<void> {
    this.#opened ??= this.#read().catch((error: unknown) => {
      this.#opened = undefined;
      throw error;
    });
    return this.#opened;
  }

  /** What a crash has left of ledgers that stand no more is deleted. */
  async #read(): Promise<void> {
    await this.#section.open();
    for await (const [key, bytes] of this.#section.iterator(allStates)) {
      const day = dayNumber(lastOf(key));
      if (day === undefined) continue;
      const state = decodeState(bytes);
      if (!state.isOpen) this.#closed.set(day, state);
      else await this.#reopen(day, state);
    }
    await this.#dropStrays();
    await this.clearWiped();
  }

  all(): DayLedger[] {
    return [...this.#open.values()];
  }

  get(day: number): DayLedger | undefined {
    return this.#open.get(day);
  }

  isClosed(day: number): boolean {
    return this.#closed.has(day);
  }

  stateOf(day: number): DayState | undefined {
    return this.#open.get(day)?.state ?? this.#closed.get(day);
  }

  /** A ledger for a day that has none; it is opened when its first rows are written. */
  fresh(day: number, now: number): DayLedger {
    return new DayLedger(day, randomBytes(SALT_BYTES).toString('hex'), {
      isOpen: true,
      generation: 1,
      lastCame: now,
      restated: 0,
      robots: [],
      hasOwn: false,
    });
  }

  /** A ledger that is to take the place of the one that the day has or had. */
  successor(day: number, now: number): DayLedger {
    const known = this.#open.get(day);
    const state = this.stateOf(day);
    const salt = known?.salt ?? randomBytes(SALT_BYTES).toString('hex');
    return new DayLedger(day, salt, {
      isOpen: !this.isClosed(day),
      generation: (state?.generation ?? 0) + 1,
      lastCame: now,
      restated: (state?.restated ?? 0) + 1,
      robots: [],
      hasOwn: false,
    });
  }

  noteOpen(ledger: DayLedger): void {
    this.#open.set(ledger.day, ledger);
    this.#closed.delete(ledger.day);
  }

  noteClosed(day: number, state: DayState): void {
    this.#open.delete(day);
    this.#closed.set(day, state);
  }

  /** Nothing is known of the day any more. */
  noteGone(day: number): void {
    this.#open.delete(day);
  }

  /** Deletes the rows of ledgers that stand no more. */
  async clearWiped(): Promise<void> {
    for await (const key of this.#section.keys(allWipes)) {
      const { day, generation } = ledgerOf(key);
      await this.#section.clear(ledgerRange(day, generation));
    }
  }

  /** Deletes them from the files, too. @returns whether there were any */
  async wipe(): Promise<boolean> {
    const wiped = await this.#section.keys(allWipes).all();
    if (wiped.length === 0) return false;
    await this.clearWiped();
    await compact(this.#section, ALL_LEDGERS);
    const done = wiped.map((key): Operation => ({ type: 'del', key }));
    await writeBatch(this.#section, done, { durable: true });
    return true;
  }

  async #reopen(day: number, state: DayState): Promise<void> {
    const name = dayText(day);
    const salt = await this.#section.get(saltKey(name, state.generation));
    const ledger = new DayLedger(day, Buffer.from(salt ?? []).toString('hex'), state);
    for await (const key of this.#section.keys(ledgerRange(name, state.generation)))
      ledger.noteWritten(partOfBlock(key), numberOfBlock(key));
    const parts = [...Array(PARTS).keys()];
    const counted = await this.#section.getMany(parts.map((part) => partKey(name, part)));
    for (const part of parts) ledger.noteCounted(part, countedTo(counted[part]));
    this.#open.set(day, ledger);
  }

  /** Keys of ledgers that were being made when the process ended. */
  async #dropStrays(): Promise<void> {
    for await (const key of this.#section.keys(allSalts)) {
      const { day, generation } = ledgerOf(key);
      if (this.#open.get(dayNumber(day) ?? -1)?.generation === generation) continue;
      await writeBatch(this.#section, ending(day, generation), { durable: true });
    }
  }
}

/** The operations by which a ledger stands no more; its rows are deleted by `wipe`. */
export function ending(day: string, generation: number): Operation[] {
  return [
    { type: 'del', key: saltKey(day, generation) },
    { type: 'put', key: wipeKey(day, generation), value: new Uint8Array(0) },
  ];
}

/** The operation by which nothing is known of a day any more. */
export function forgetting(day: string): Operation {
  return { type: 'del', key: stateKey(day) };
}
