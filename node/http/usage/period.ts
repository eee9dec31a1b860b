import { z } from 'zod';
import { monthAt, monthsLater } from '../../../protocols/counter/index.ts';
import type { MonthRange } from '../../analysis/usage/index.ts';

const MONTH = String.raw`(?:199\d|2\d{3})-(?:0[1-9]|1[0-2])`;

/** A month as `2026-01`; forms send an empty one where there is none. */
const month = z
  .string()
  .regex(new RegExp(`^(?:${MONTH})?$`), 'is no month such as 2026-01')
  .transform((text) => (text === '' ? undefined : text))
  .optional();

/** The parameters by which a period is asked for. `from` and `to` go before `period`. */
export const periodParameters = {
  period: z
    .string()
    .regex(/^(?:last-12|all|199\d|2\d{3})?$/, 'is none of last-12, all and a year')
    .transform((text) => (text === '' ? undefined : text))
    .optional(),
  from: month,
  to: month,
};

/** What a request says of the period. */
export interface AskedPeriod {
  period?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** Months from one to another, and how they were chosen. */
export interface Period extends MonthRange {
  /** `last-12`, `all`, a year, or `between` where the months themselves were given. */
  choice: string;
}

/** Before any use of a repository was counted. */
const BEGINNING = '1990-01';
const LAST = 12;

/** The months that are meant; without a word, the last twelve up to now. @param now milliseconds since 1970 */
export function periodOf(asked: AskedPeriod, now: number): Period {
  const current = monthAt(now);
  if (asked.from !== undefined || asked.to !== undefined) {
    const [one = BEGINNING, other = current] = [asked.from, asked.to];
    const [from, to] = one <= other ? [one, other] : [other, one];
    return { choice: 'between', from, to };
  }
  const { period = 'last-12' } = asked;
  if (period === 'all') return { choice: period, from: BEGINNING, to: current };
  if (period !== 'last-12') return { choice: period, from: `${period}-01`, to: `${period}-12` };
  return { choice: period, from: monthsLater(current, 1 - LAST), to: current };
}

/** The parameters that ask for the same again. */
export function periodQuery({ choice, from, to }: Period): Readonly<Record<string, string>> {
  if (choice === 'between') return { from, to };
  return choice === 'last-12' ? {} : { period: choice };
}
