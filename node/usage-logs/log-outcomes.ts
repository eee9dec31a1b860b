import type { Operation, Section } from '../store/index.ts';
import { dayOf } from './days.ts';
import {
  figuresKey,
  lastPart,
  readStored,
  type Refusals,
  refusalsKey,
  refusalsRange,
  stored,
} from './layout.ts';
import { type LogFigures, Tally } from './tally.ts';

const DAY_MS = 86_400_000;
/** Days for which refusals are told as issues. */
const TOLD_DAYS = 7;

/** What became of the lines of one log: of all so far, and what was refused of those that were read in the last days. */
export class LogOutcomes {
  readonly #section: Section;
  readonly #log: string;
  #total = new Tally();
  readonly #refused = new Map<string, Record<string, number>>();

  constructor({ section, log }: { section: Section; log: string }) {
    this.#section = section;
    this.#log = log;
  }

  /** Reads what is kept; again, where that or what is opened with it failed. */
  async open(): Promise<void> {
    this.#total = new Tally();
    const figures = await this.#section.get(figuresKey(this.#log));
    if (figures !== undefined) this.#total.add(readStored(figures));
    for await (const [key, value] of this.#section.iterator(refusalsRange(this.#log)))
      this.#refused.set(lastPart(key), readStored(value));
  }

  get figures(): LogFigures {
    return this.#total.figures();
  }

  refusedLately(now: number): Refusals {
    const refused: Record<string, number> = {};
    const first = dayOf(now - (TOLD_DAYS - 1) * DAY_MS);
    for (const [day, codes] of this.#refused) if (day >= first) addTo(refused, codes);
    return refused;
  }

  /** Adds what became of lines that are read now. @returns what to write, so that it is kept */
  add(figures: LogFigures, now: number): Operation[] {
    this.#total.add(figures);
    const day = dayOf(now);
    const refused = this.#refused.get(day) ?? {};
    addTo(refused, figures.refused);
    this.#refused.set(day, refused);
    const rows: Operation[] = [
      { type: 'put', key: figuresKey(this.#log), value: stored(this.#total.figures()) },
      { type: 'put', key: refusalsKey(this.#log, day), value: stored(refused) },
    ];
    for (const old of [...this.#refused.keys()].toSorted().slice(0, -TOLD_DAYS)) {
      this.#refused.delete(old);
      rows.push({ type: 'del', key: refusalsKey(this.#log, old) });
    }
    return rows;
  }
}

function addTo(sums: Record<string, number>, codes: Refusals): void {
  for (const [code, times] of Object.entries(codes)) sums[code] = (sums[code] ?? 0) + times;
}
