import type { CounterException } from './exceptions.ts';
import { countMonths, daysIn, isMonth, monthAt, monthsLater, type Month } from './months.ts';

/** What a table has columns for, and no report goes back further. */
const MOST_MONTHS = 1_200;

export interface Period {
  begin: Month;
  end: Month;
  /** What was asked for, where that goes on into a month that is not over. */
  askedEnd?: Month;
}

/**
 * The months from begin_date to end_date, each `yyyy-mm` or a month's first or last day (CoP 5.1, section 3.3.8; exceptions
 * 1030, 3020 and 3031 of table D.1).
 *
 * @param now milliseconds since 1970
 */
export function readPeriod(parameters: URLSearchParams, now: number): Period | { refused: CounterException } {
  const dates = ['begin_date', 'end_date'].map((name) => ({ name, text: valueOf(parameters, name) }));
  const missing = dates.filter(({ text }) => text === '').map(({ name }) => name);
  if (missing.length > 0) return { refused: { code: 1030, data: `Missing: ${missing.join(', ')}` } };
  const [begin, end] = dates.map(({ text }, i) => monthOf(text, i === 0 ? 'first' : 'last'));
  const refuse = (data: string): { refused: CounterException } => ({ refused: { code: 3020, data } });
  if (begin === undefined || end === undefined) {
    const wrong = begin === undefined ? 'begin_date' : 'end_date';
    const day = begin === undefined ? 'first' : 'last';
    return refuse(`${wrong} has to be a month, yyyy-mm, or the ${day} day of one, yyyy-mm-dd`);
  }
  const present = monthAt(now);
  if (end < begin) return refuse('end_date is before begin_date');
  if (begin >= present) return refuse('begin_date is in a month that is not over');
  if (countMonths(begin, end) > MOST_MONTHS) return refuse(`There may be ${MOST_MONTHS} months in a report`);
  return end < present ? { begin, end } : { begin, end: monthsLater(present, -1), askedEnd: end };
}

/** The value of a parameter: empty where it is not there; one that is there twice is a list. */
export function valueOf(parameters: URLSearchParams, name: string): string {
  return parameters
    .getAll(name)
    .map((value) => value.trim())
    .filter((value) => value !== '')
    .join('|');
}

function monthOf(text: string, day: 'first' | 'last'): Month | undefined {
  const month = text.slice(0, 7);
  if (!isMonth(month)) return undefined;
  if (text === month) return month;
  return text === `${month}-${day === 'first' ? '01' : daysIn(month)}` ? month : undefined;
}
