/** A month in UTC, `2026-03`. Months compare as texts do. */
export type Month = string;

const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;
const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export function isMonth(text: string): boolean {
  return MONTH.test(text) && !text.startsWith('0000');
}

/** The month of a time in milliseconds since 1970. */
export function monthAt(time: number): Month {
  return new Date(time).toISOString().slice(0, 7);
}

/** The month so many later, or earlier. */
export function monthsLater(month: Month, by: number): Month {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + by;
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`;
}

/** From the one to the other, both among them. */
export function* monthsBetween(from: Month, to: Month): Generator<Month> {
  for (let month = from; month <= to; month = monthsLater(month, 1)) yield month;
}

export function countMonths(from: Month, to: Month): number {
  const place = (month: Month): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5));
  return place(to) - place(from) + 1;
}

export const firstDay = (month: Month): string => `${month}-01`;

export function lastDay(month: Month): string {
  return `${month}-${daysIn(month)}`;
}

export function daysIn(month: Month): number {
  return new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
}

/** Milliseconds since 1970 at which the month is over. */
export function endOf(month: Month): number {
  return Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 1);
}

/** `Mar-2026`: the heading of its column (CoP 5.1, table 3.n). */
export function monthHeading(month: Month): string {
  return `${names[Number(month.slice(5)) - 1]}-${month.slice(0, 4)}`;
}
