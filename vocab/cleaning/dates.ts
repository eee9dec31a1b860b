import { isCalendarDay } from './calendar.ts';
import { foldedForm } from './folded-form.ts';
import type { RepairLog } from './repair.ts';

/** Years in which something in a repository can have been published. */
const firstYear = 1000;
const lastYear = 2100;

const iso = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ].{0,40})?)?)?$/;

/**
 * A date as precise as it was given: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. A part that is impossible is left out with all
 * that is finer (30 February is February); `undefined` where no possible year is left.
 */
export function cleanDate(text: string, log: RepairLog): string | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const parts = iso.exec(trimmed) ?? looseDate(trimmed);
  const date = parts === undefined ? undefined : possible(parts[1], parts[2], parts[3]);
  if (date === undefined) log.add('DATE_REFUSED', text, '');
  else if (!trimmed.startsWith(date) || (trimmed.length > date.length && !/^.{10}[T ]/.test(trimmed))) {
    log.add('DATE_READ', text, date);
  }
  return date;
}

type DateParts = readonly (string | undefined)[];

function possible(year = '', month?: string, day?: string): string | undefined {
  if (Number(year) < firstYear || Number(year) > lastYear) return undefined;
  if (month === undefined || !isCalendarDay(Number(year), Number(month), 1)) return year;
  const toMonth = `${year}-${month.padStart(2, '0')}`;
  if (day === undefined || !isCalendarDay(Number(year), Number(month), Number(day))) return toMonth;
  return `${toMonth}-${day.padStart(2, '0')}`;
}

/** Year, month and day at 1, 2 and 3, as in a match of `iso`. */
function looseDate(text: string): DateParts | undefined {
  if (text.length > 100) return undefined;
  const yearFirst = /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2})(?!\d))?(?![\d/])/.exec(text);
  if (yearFirst !== null) return yearFirst;
  const compact = /^(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}.{0,10})?$/.exec(text);
  if (compact !== null) return compact;
  const yearLast = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/.exec(text);
  if (yearLast !== null) return dayAndMonth(yearLast[1]!, yearLast[3]!, yearLast[4]!, yearLast[2] === '.');
  const monthFirst = /^(\d{1,2})[-/](\d{4})$/.exec(text);
  if (monthFirst !== null) return [text, monthFirst[2], monthFirst[1]];
  return dateInWords(text);
}

/** Points are written between day and month in this order; slashes in either, so that only a day over 12 tells. */
function dayAndMonth(first: string, second: string, year: string, dayFirst: boolean): DateParts {
  if (dayFirst || Number(first) > 12) return ['', year, second, first];
  if (Number(second) > 12 || first === second) return ['', year, first, second];
  return ['', year];
}

/** "12 May 2010", "mayo de 2010", "Spring 2010", "[c2010]", "2009/2010", "ca. 1890". */
function dateInWords(text: string): DateParts | undefined {
  const folded = foldedForm(text.replace(/(\d)(?:st|nd|rd|th)\b/g, '$1')).replace(/\bc(?=\d{4})/, '');
  const words = folded.split(' ');
  const year = words.find((word) => /^\d{4}$/.test(word));
  if (year === undefined) return undefined;
  const month = words
    .map((word) => months.get(word.slice(0, 9)) ?? months.get(word))
    .find((known) => known !== undefined);
  if (month === undefined) return ['', year];
  const day = words.find((word) => /^\d{1,2}$/.test(word));
  return ['', year, String(month), day];
}

/** Months in English, Spanish, Portuguese, French, German and Italian, as `foldedForm` leaves them. */
const months = new Map<string, number>();
[
  'january jan enero ene janeiro janvier janv januar gennaio gen',
  'february feb febrero fevereiro fev fevrier fevr februar febbraio',
  'march mar marzo marco mars marz maerz',
  'april apr abril abr avril avr aprile',
  'may mayo maio mai maggio mag',
  'june jun junio junho juin juni giugno giu',
  'july jul julio julho juillet juil juli luglio lug',
  'august aug agosto ago aout',
  'september sep sept septiembre setiembre setembro set septembre settembre',
  'october oct octubre outubro out octobre oktober okt ottobre ott',
  'november nov noviembre novembro novembre',
  'december dec diciembre dic dezembro dez decembre dezember dicembre',
].forEach((names, index) => {
  for (const name of names.split(' ')) months.set(name, index + 1);
});
