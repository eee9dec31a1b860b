/** No electronic use was counted before 1990, and no node needs a row for each month of ten thousand years. */
export const MONTH = /^(199\d|2\d{3})-(0[1-9]|1[0-2])$/;

const DAY_LENGTH = 'YYYY-MM-DD'.length;
const DAY_MS = 86_400_000;

/** Whether the text is a day that there is, within the month. */
export function isDayOf(month: string, day: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || !day.startsWith(month)) return false;
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, DAY_LENGTH) === day;
}

/** How many days there are from the first to the last, both counted in. */
export function daysFrom(first: string, last: string): number {
  return Math.round((Date.parse(`${last}T00:00:00Z`) - Date.parse(`${first}T00:00:00Z`)) / DAY_MS) + 1;
}
