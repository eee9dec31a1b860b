import {
  daysIn,
  endOf,
  monthAt,
  monthsBetween,
  monthsLater,
  type CounterException,
  type Month,
  type ReportRequest,
} from '../../../../protocols/counter/index.ts';
import type { CounterUsage, MonthRange } from './counter-usage.ts';

const DAY_MS = 86_400_000;
const MOST_TOLD = 24;

/** What a report can cover of the months that were asked for. */
export interface Coverage extends MonthRange {
  /** Those of it that are not counted to their end. */
  unknown: ReadonlySet<Month>;
  /** Whether there is any month in it of which something can be told. */
  isEmpty: boolean;
  exceptions: readonly CounterException[];
}

/** Which months are counted to their end: those of which no day takes events any more. */
export class Availability {
  /** The first month with any use, where it is over. */
  readonly #first: Month | undefined;
  readonly #daysOfFirst: number;
  readonly #open: ReadonlySet<Month>;
  /** The last month that is over, and its window too. */
  readonly #lastOver: Month;

  private constructor(
    months: Awaited<ReturnType<CounterUsage['months']>>,
    { now, windowDays }: { now: number; windowDays: number },
  ) {
    this.#open = new Set(months.filter(({ openDays }) => openDays > 0).map(({ month }) => month));
    const present = monthAt(now);
    const last = monthsLater(present, -1);
    this.#lastOver = now < endOf(last) + windowDays * DAY_MS ? monthsLater(present, -2) : last;
    const [first] = months;
    this.#first = first !== undefined && first.month <= this.#lastOver ? first.month : undefined;
    this.#daysOfFirst = first?.days ?? 0;
  }

  /** @param options.now milliseconds since 1970 */
  static async of(usage: CounterUsage, options: { now: number; windowDays: number }): Promise<Availability> {
    return new Availability(await usage.months(), options);
  }

  /** First and last month of which reports tell. Before anything was used, that is the last month that is over. */
  get available(): { first: Month; last: Month } {
    const from = this.#first ?? this.#lastOver;
    const ready = [...monthsBetween(from, this.#lastOver)].filter((month) => !this.#open.has(month));
    return { first: ready[0] ?? this.#lastOver, last: ready.at(-1) ?? this.#lastOver };
  }

  /** What of a period can be told: exceptions 3031, 3032 and 3040 (CoP 5.1, table D.1). */
  coverage({ begin, end, askedEnd }: ReportRequest['period']): Coverage {
    const months = [...monthsBetween(begin, end)];
    const first = this.#first;
    const late = months.filter((month) => month > this.#lastOver || this.#open.has(month));
    const unknown = new Set(late);
    const told = months.filter((month) => !unknown.has(month) && (first === undefined || month >= first));
    const [from = begin, to = end] = [told[0], told.at(-1)];
    const isCut = late.length > 0 || askedEnd !== undefined;
    const { first: firstTold, last } = this.available;
    return {
      from,
      to,
      unknown,
      isEmpty: told.length === 0,
      exceptions: [
        ...(isCut ? [{ code: 3031, data: this.#lateText(late, begin, askedEnd ?? end) } as const] : []),
        ...(first !== undefined && begin < first
          ? [{ code: 3032, data: `usage is available from ${firstTold} to ${last}` } as const]
          : []),
        ...this.#partial(told),
      ],
    };
  }

  #lateText(late: readonly Month[], begin: Month, end: Month): string {
    const asked = `request was for ${begin} to ${end}`;
    const names = late.slice(0, MOST_TOLD).join(', ');
    const more = late.length > MOST_TOLD ? ` and ${late.length - MOST_TOLD} more` : '';
    return names === '' ? `${asked}; that is not over` : `${asked}; not processed yet: ${names}${more}`;
  }

  /** In the first of all months the counting may have begun at any day. */
  #partial(told: readonly Month[]): CounterException[] {
    const first = this.#first;
    if (first === undefined || told[0] !== first || this.#daysOfFirst >= daysIn(first)) return [];
    const data = `${first}, the first month that was counted, has usage on ${this.#daysOfFirst} of ${daysIn(first)} days`;
    return [{ code: 3040, data }];
  }
}
