import { UsageLogError } from './errors.ts';

const DAY_MS = 86_400_000;
/** Days that are restated at one time. */
const MOST_DAYS = 400;

/** The day of a time, in UTC. An export may tell a time that is none at all: that is of no day. */
export function dayOf(time: number): string {
  return Math.abs(time) > 8.64e15 ? '' : new Date(time).toISOString().slice(0, 10);
}

/**
 * The days of a day (`2026-03-01`), a month (`2026-03`) or from one to another (`2026-01..2026-03`), ascending.
 * @throws UsageLogError `USAGE_IMPORT_BAD_DAYS`
 */
export function daysIn(written: string): string[] {
  const [from = '', to = from, ...more] = written.split('..');
  const [first, last] = [firstDay(from), lastDay(to)];
  const days = (last - first) / DAY_MS + 1;
  if (more.length > 0 || !(days >= 1 && days <= MOST_DAYS)) {
    throw new UsageLogError('USAGE_IMPORT_BAD_DAYS', `“${written.slice(0, 50)}” names no days.`, {
      remedy: `Name a day (2026-03-01), a month (2026-03) or the first and the last (2026-01..2026-03), ${MOST_DAYS} days at most.`,
    });
  }
  return Array.from({ length: days }, (_, i) => dayOf(first + i * DAY_MS));
}

function firstDay(text: string): number {
  const day = /^\d{4}-\d{2}$/.test(text) ? `${text}-01` : text;
  const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  // The 31st of February is read as another day.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day) ? time : Number.NaN;
}

function lastDay(text: string): number {
  const first = firstDay(text);
  if (Number.isNaN(first) || text.length > 7) return first;
  const date = new Date(first);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0);
}
