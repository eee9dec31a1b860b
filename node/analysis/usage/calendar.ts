export const DAY_MS = 86_400_000;
export const DAY_SECONDS = 86_400;

/** Days are counted from 1970, in UTC. */
export function dayText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length);
}

/** @returns the number of the day, or undefined where the text is none (`YYYY-MM-DD`) */
export function dayNumber(text: string): number | undefined {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(time) || dayText(time / DAY_MS) !== text ? undefined : time / DAY_MS;
}

/** The calendar month of a day, as `2026-11`. */
export function monthOfDay(day: string): string {
  return day.slice(0, 'YYYY-MM'.length);
}
