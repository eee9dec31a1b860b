import type { View } from '../view.ts';
import type { Category } from './chart.ts';

/** Labels that fit below a chart, on a wide screen and on a phone. */
const MOST_TICKS = 14;
const MOST_MAIN_TICKS = 6;
const YEAR = 12;
/** Of those below an axis, every so many months. */
const STEPS = [1, 2, 3, 4, 6, 12, 24, 60, 120, 240, 600, 1_200];

/** The labels of months (`2026-01`) that follow one another, with ticks at round months for as many as fit. */
export function monthLabels(
  { locale }: Pick<View, 'locale'>,
  months: readonly string[],
): Pick<Category, 'label' | 'tick' | 'isMainTick'>[] {
  const step = STEPS.find((one) => months.length / one <= MOST_TICKS) ?? 1_200;
  const main = STEPS.find((one) => one % step === 0 && months.length / one <= MOST_MAIN_TICKS) ?? step;
  return months.map((month, at) => {
    const label = locale.date(month);
    const number = monthNumber(month);
    if (number % step !== 0) return { label };
    const year = month.slice(0, 4);
    const name = locale.shortMonth(month);
    const isYearShown = number % YEAR === 0 || at < step;
    const tick = step >= YEAR ? [year] : isYearShown ? [name, year] : [name];
    return { label, tick, isMainTick: number % main === 0 };
  });
}

/** All months from one to another, both among them; at most `most`, the last ones. */
export function monthsBetween(from: string, to: string, most: number): string[] {
  const [first, last] = [monthNumber(from), monthNumber(to)];
  const start = Math.max(first, last - most + 1);
  return Array.from({ length: Math.max(0, last - start + 1) }, (_, i) => monthText(start + i));
}

/** Months since the year nought. */
function monthNumber(month: string): number {
  return Number(month.slice(0, 4)) * YEAR + Number(month.slice(5, 7)) - 1;
}

function monthText(number: number): string {
  const year = String(Math.floor(number / YEAR)).padStart(4, '0');
  return `${year}-${String((number % YEAR) + 1).padStart(2, '0')}`;
}
