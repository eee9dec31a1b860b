import { isCalendarDay } from './calendar.ts';
import { foldedForm } from './folded-form.ts';
import { monthNamed, romanMonth } from './months.ts';
import type { RepairLog } from './repair.ts';

/**
 * Years in which something in a repository can have been published: 0000, 0001 and 9999 say that nobody knows. What lies
 * ahead of the harvest is judged where the time of the harvest is known.
 */
const firstYear = 1000;
const lastYear = 2100;

const iso = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ].{0,40})?)?)?$/;

/** No date is longer. */
const longest = 100;

/**
 * A date as precise as it was given: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. Of a span it is the beginning. A part that is
 * impossible is left out with all that is finer (30 February is February); `undefined` where no possible year is left, or
 * the year has two digits.
 */
export function cleanDate(text: string, log: RepairLog): string | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const parts = iso.exec(trimmed) ?? looseDate(trimmed);
  const date = parts === undefined ? undefined : possible(parts[1], parts[2], parts[3]);
  if (date === undefined) log.add('DATE_REFUSED', text, '');
  else if (isCut(date, parts)) log.add('DATE_IMPOSSIBLE', text, date);
  else if (!trimmed.startsWith(date) || (trimmed.length > date.length && !/^.{10}[T ]/.test(trimmed))) {
    log.add('DATE_READ', text, date);
  }
  return date;
}

/** Year, month and day at 1, 2 and 3, as in a match of `iso`. */
type DateParts = readonly (string | undefined)[];

function possible(year = '', month?: string, day?: string): string | undefined {
  if (Number(year) < firstYear || Number(year) > lastYear) return undefined;
  if (month === undefined || !isCalendarDay(Number(year), Number(month), 1)) return year;
  const toMonth = `${year}-${month.padStart(2, '0')}`;
  if (day === undefined || !isCalendarDay(Number(year), Number(month), Number(day))) return toMonth;
  return `${toMonth}-${day.padStart(2, '0')}`;
}

/** Whether there is no such month or day; noughts say that none is known. */
function isCut(date: string, parts: DateParts = []): boolean {
  const finer = parts.slice(2, 4).filter((part) => part !== undefined && Number(part) !== 0);
  return finer.length > date.split('-').length - 1;
}

/** Dates in digits, as they are written in many places. */
const inDigits: readonly { pattern: RegExp; read: (match: RegExpExecArray) => DateParts }[] = [
  // A span of ISO 8601: 2010-05-01/2010-06-01
  { pattern: /^(\d{4})-(\d{2})(?:-(\d{2}))?\/(?:\d{4}|\.\.|$)/, read: (match) => match },
  // 2010/5/12, 2010.05, 2010-5-12 10:00; not 2010-2012 nor 2010/2011
  { pattern: /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2})(?!\d))?(?![\d/]|-\d{4})/, read: (match) => match },
  // 20100512, 20100512T101500
  { pattern: /^(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}.{0,10})?$/, read: (match) => match },
  { pattern: /^(\d{4})\s?年(?:\s?(\d{1,2})\s?月)?(?:\s?(\d{1,2})\s?日)?/, read: (match) => match },
  {
    pattern: /^(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4})(?!\d)/,
    read: ([, first = '', mark, second = '', year = '']) => dayAndMonth(first, second, year, mark === '.'),
  },
  { pattern: /^(\d{1,2})[-/.](\d{4})$/, read: ([text, month, year]) => [text, year, month] },
  {
    pattern: /^(\d{1,2})[\s./-]{1,3}([IVX]{1,4})[\s./-]{1,3}(\d{4})$/i,
    read: ([text, day, month = '', year]) => [text, year, romanMonth(month), day],
  },
];

function looseDate(text: string): DateParts | undefined {
  if (text.length > longest) return undefined;
  for (const { pattern, read } of inDigits) {
    const match = pattern.exec(text);
    if (match !== null) return read(match);
  }
  return dateInWords(text);
}

/** Points are written between day and month in this order; slashes in either, so that only a day over 12 tells. */
function dayAndMonth(first: string, second: string, year: string, dayFirst: boolean): DateParts {
  if (dayFirst || Number(first) > 12) return ['', year, second, first];
  if (Number(second) > 12 || first === second) return ['', year, first, second];
  return ['', year];
}

/** "12 May 2010", "1º de mayo de 2010", "May 12-14, 2010", "Spring 2010", "[c2010]", "2009/2010", "ca. 1890". */
function dateInWords(text: string): DateParts | undefined {
  const plain = text
    .replace(/(\d)(?:st|nd|rd|th|er|ère|º|ª|°|\.º)(?!\p{L})/giu, '$1')
    .replace(/[©℗]|(?<!\p{L})[cp](?=\d{4})/gu, ' ');
  const words = foldedForm(plain).split(' ');
  const year = words.find((word) => /^\d{4}$/.test(word));
  if (year === undefined) return undefined;
  const at = words.findIndex((word) => monthNamed(word) !== undefined);
  if (at < 0) return ['', year];
  // The day stands before the month or behind it; behind the year it is the time of the day.
  const day = [words[at - 1] === 'de' ? words[at - 2] : words[at - 1], words[at + 1]].find(
    (word) => word !== undefined && /^\d{1,2}$/.test(word),
  );
  return ['', year, String(monthNamed(words[at]!)), day];
}
