import * as dagCbor from '@ipld/dag-cbor';
import type { Operation } from '../../store/index.ts';
import { dayText } from './calendar.ts';
import { blockKey, partName, PARTS, saltKey, stateKey, UNPARTED } from './layout.ts';
import type { Rows } from './rows.ts';

/** Fewer rows are not parted when they are written: a tracker's single events would make sixteen blocks each. */
const PARTED_FROM = 2_048;
const UNPARTED_PLACE = PARTS;

/** What is stored of a day beside rows and counts. */
export interface DayState {
  isOpen: boolean;
  /** Of the ledger that stands. */
  generation: number;
  /** When events last came for it; milliseconds since 1970. */
  lastCame: number;
  /** How often it was given anew. */
  restated: number;
  /** Lists of robots by which its events were judged. */
  robots: string[];
  /** Whether there is more than clicks of the next day's first half minute. */
  hasOwn: boolean;
}

type DayTuple = [
  isOpen: boolean,
  generation: number,
  lastCame: number,
  restated: number,
  robots: string[],
  hasOwn: boolean,
];

export function encodeState(state: DayState): Uint8Array {
  const { isOpen, generation, lastCame, restated, robots, hasOwn } = state;
  return dagCbor.encode([isOpen, generation, lastCame, restated, robots, hasOwn] satisfies DayTuple);
}

export function decodeState(bytes: Uint8Array): DayState {
  const [isOpen, generation, lastCame, restated, robots, hasOwn] = dagCbor.decode<DayTuple>(bytes);
  return { isOpen, generation, lastCame, restated, robots, hasOwn };
}

/** The rows of one open day: where they lie, and how far they are counted. */
export class DayLedger {
  readonly day: number;
  readonly name: string;
  /** Key of the day's hashes; 32 hex digits. */
  readonly salt: string;
  readonly state: DayState;
  /** A ledger that is being made to take this one's place: what comes meanwhile is written to both. */
  successor: DayLedger | undefined;
  #last = 0;
  /** Number of the last block by part, that of the rows without a part behind them; 0 for none. */
  readonly #written = new Uint32Array(PARTS + 1);
  readonly #counted = new Uint32Array(PARTS);

  constructor(day: number, salt: string, state: DayState) {
    this.day = day;
    this.name = dayText(day);
    this.salt = salt;
    this.state = state;
  }

  get generation(): number {
    return this.state.generation;
  }

  /** Number of the last block whose rows are not parted; 0 for none. */
  get lastUnparted(): number {
    return this.#written[UNPARTED_PLACE] ?? 0;
  }

  get isCounted(): boolean {
    if (this.lastUnparted > 0) return false;
    for (let part = 0; part < PARTS; part++)
      if ((this.#written[part] ?? 0) > (this.#counted[part] ?? 0)) return false;
    return true;
  }

  /** Parts with rows that are not counted. */
  uncounted(): number[] {
    return [...this.#counted.keys()].filter(
      (part) => (this.#written[part] ?? 0) > (this.#counted[part] ?? 0),
    );
  }

  /** Whether nothing of it is on disk. */
  get isUnwritten(): boolean {
    return this.#written.every((last) => last === 0);
  }

  /** Events came for it. */
  noteCame({ now, robots, hasOwn }: { now: number; robots: string; hasOwn: boolean }): void {
    this.state.lastCame = Math.max(this.state.lastCame, now);
    this.state.hasOwn ||= hasOwn;
    if (!this.state.robots.includes(robots)) this.state.robots.push(robots);
  }

  /** Notes what is on disk. */
  noteWritten(part: string, n: number): void {
    const place = part === UNPARTED ? UNPARTED_PLACE : Number.parseInt(part, 16);
    this.#written[place] = Math.max(this.#written[place] ?? 0, n);
    this.#last = Math.max(this.#last, n);
  }

  noteCounted(part: number, upTo: number): void {
    this.#counted[part] = Math.max(this.#counted[part] ?? 0, upTo);
  }

  /** The rows up to a block are parted. */
  noteParted(upTo: number): void {
    if ((this.#written[UNPARTED_PLACE] ?? 0) <= upTo) this.#written[UNPARTED_PLACE] = 0;
  }

  /** The operations that write rows; `written` is to be called when they are on disk. */
  blocks(rows: Rows, options: { parted: boolean }): { operations: Operation[]; written: () => void } {
    const parts: [string, Uint8Array][] =
      options.parted || rows.length >= PARTED_FROM
        ? rows.parted().map(([part, bytes]) => [partName(part), bytes])
        : [[UNPARTED, rows.whole()]];
    const numbered = parts.map(([part, bytes]) => ({ part, bytes, n: ++this.#last }));
    return {
      operations: numbered.map(({ part, bytes, n }) => ({
        type: 'put',
        key: blockKey(this.name, this.generation, part, n),
        value: bytes,
      })),
      written: () => {
        for (const { part, n } of numbered) this.noteWritten(part, n);
      },
    };
  }

  stateOperation(): Operation {
    return { type: 'put', key: stateKey(this.name), value: encodeState(this.state) };
  }

  saltOperation(): Operation {
    return { type: 'put', key: saltKey(this.name, this.generation), value: Buffer.from(this.salt, 'hex') };
  }
}
