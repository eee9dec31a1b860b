import { writeBatch, WriteQueue, type Operation, type Section } from '../../store/index.ts';
import type { Clock } from '../../clock.ts';
import { dayNumber, monthOfDay } from './calendar.ts';
import { inOnePart, partOperation, type Counting } from './counting.ts';
import { CountsSum, sumOfCounts } from './counts.ts';
import type { DayLedger } from './day-ledger.ts';
import { UsageError, type RefusalCode } from './errors.ts';
import type { UsageEvent } from './event.ts';
import type { Intake } from './intake.ts';
import { ending, type Ledgers } from './ledgers.ts';
import type { DayRange, Restated } from './metrics.ts';
import type { Sums } from './sums.ts';
import { Tally } from './tally.ts';

const MOST_DAYS = 20_000;

/**
 * Gives days anew (COUNTER 5.1 §7.11). What is given goes into ledgers of their own; when all of it is there, they take the
 * places of the former ones, each day in one batch. Until then the former counts stand, and they stay where it is broken off.
 */
export class Restating {
  readonly #section: Section;
  readonly #ledgers: Ledgers;
  readonly #intake: Intake;
  readonly #counting: Counting;
  readonly #sums: Sums;
  readonly #counts: WriteQueue;
  readonly #clock: Clock;
  readonly #restatements = new WriteQueue();

  constructor(options: {
    section: Section;
    ledgers: Ledgers;
    intake: Intake;
    counting: Counting;
    sums: Sums;
    /** Whatever counts waits here for its turn. */
    counts: WriteQueue;
    clock: Clock;
  }) {
    this.#section = options.section;
    this.#ledgers = options.ledgers;
    this.#intake = options.intake;
    this.#counting = options.counting;
    this.#sums = options.sums;
    this.#counts = options.counts;
    this.#clock = options.clock;
  }

  /** One after another. @throws UsageError `USAGE_BAD_DAYS` */
  async restate(days: readonly number[], batches: AsyncIterable<readonly UsageEvent[]>): Promise<Restated> {
    return await this.#restatements.run(() => this.#restate(days, batches));
  }

  async #restate(days: readonly number[], batches: AsyncIterable<readonly UsageEvent[]>): Promise<Restated> {
    const made = await this.#intake.exclusively(() => this.#begin(days));
    const tally = new Tally();
    const months = new Set<string>();
    const left = new Set(made.values());
    try {
      const destination = (day: number): DayLedger | RefusalCode => made.get(day) ?? 'USAGE_OTHER_DAY';
      for await (const events of batches) tally.add(await this.#intake.takeInto(destination, events));
      for (const ledger of made.values()) {
        const isChanged = await this.#counts.run(() => this.#intake.exclusively(() => this.#replace(ledger)));
        left.delete(ledger);
        if (isChanged) months.add(monthOfDay(ledger.name));
      }
    } finally {
      await this.#intake.exclusively(() => this.#abandon(left));
    }
    const { taken, robots, internal, refused } = tally;
    return { taken, robots, internal, refused, days: made.size, months: [...months].sort() };
  }

  async #begin(days: readonly number[]): Promise<Map<number, DayLedger>> {
    const now = this.#clock.now();
    const made = new Map<number, DayLedger>();
    for (const day of days) {
      if (this.#ledgers.stateOf(day) === undefined) this.#ledgers.noteOpen(this.#ledgers.fresh(day, now));
      made.set(day, this.#ledgers.successor(day, now));
    }
    const salts = [...made.values()].map((ledger) => ledger.saltOperation());
    await writeBatch(this.#section, salts, { durable: false });
    for (const [day, ledger] of made) {
      const standing = this.#ledgers.get(day);
      // Later events of an open day are of both, until one is gone.
      if (standing !== undefined) standing.successor = ledger;
    }
    return made;
  }

  async #replace(ledger: DayLedger): Promise<boolean> {
    const { name, day } = ledger;
    const counted = await this.#counting.countAll(ledger);
    const counts = sumOfCounts(counted.map((part) => part.counts));
    const former = await this.#counting.stored(name);
    const change = new CountsSum();
    change.add(counts);
    change.add(former.counts, -1);
    const sums = await this.#sums.add(name, change.counts());
    const standing = this.#ledgers.get(day);
    const { isOpen } = ledger.state;
    const operations: Operation[] = [...sums, ledger.stateOperation()];
    if (standing !== undefined) operations.push(...ending(name, standing.generation));
    if (isOpen) {
      operations.push(
        ...former.keys.map((key): Operation => ({ type: 'del', key })),
        ...counted.map((part) => partOperation(name, part)),
      );
    } else operations.push(...inOnePart(name, former.keys, counts), ...ending(name, ledger.generation));
    await writeBatch(this.#section, operations, { durable: true });
    if (isOpen) {
      for (const { part, upTo } of counted) ledger.noteCounted(part, upTo);
      this.#ledgers.noteOpen(ledger);
    } else this.#ledgers.noteClosed(day, ledger.state);
    return sums.length > 0;
  }

  /** What was made and is not needed is deleted; the rows by the next wiping at the latest. */
  async #abandon(left: ReadonlySet<DayLedger>): Promise<void> {
    for (const { day } of left) {
      const standing = this.#ledgers.get(day);
      if (standing !== undefined) standing.successor = undefined;
    }
    const ended = [...left].flatMap(({ name, generation }) => ending(name, generation));
    if (ended.length > 0) await writeBatch(this.#section, ended, { durable: true });
    await this.#ledgers.clearWiped();
  }
}

/** Days by number, in order. @throws UsageError `USAGE_BAD_DAYS` for what are none, too many, or days to come */
export function daysOf(days: DayRange | readonly string[], now: number): number[] {
  const isRange = 'from' in days;
  const texts: readonly string[] = isRange ? [days.from, days.to] : days;
  const numbers = texts.map(dayNumber);
  const today = dayNumber(new Date(now).toISOString().slice(0, 10)) ?? 0;
  const known = numbers.filter((day) => day !== undefined);
  if (known.length !== texts.length || known.some((day) => day > today))
    throw badDays('They are written as 2026-11-21, and none is to come.');
  const [first = 0, last = -1] = known;
  if (isRange && last - first >= MOST_DAYS) throw badDays(`They are at most ${MOST_DAYS}.`);
  const all = isRange ? Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i) : known;
  const sorted = [...new Set(all)].sort((a, b) => a - b);
  if (sorted.length === 0) throw badDays('There is none.');
  if (sorted.length > MOST_DAYS) throw badDays(`They are at most ${MOST_DAYS}.`);
  return sorted;
}

function badDays(why: string): UsageError {
  return new UsageError('USAGE_BAD_DAYS', `The days that are to be given anew cannot be used. ${why}`, {
    remedy:
      'Name the first and the last of the days whose events are given, such as 2026-10-01 and 2026-10-31.',
  });
}
