/** A stretch of time, milliseconds since 1970; both ends belong to it. */
export interface TimeSpan {
  first: number;
  last: number;
}

/** W3C Datetime (NOTE-datetime), whose less precise forms name a year, a month or a day. */
const W3C_DATETIME =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?$/;

const MINUTE = 60_000;

/**
 * The time that a W3C Datetime names (section 7), or undefined for anything else. Without a time zone it is read as UTC.
 */
export function timeSpan(text: string | undefined): TimeSpan | undefined {
  const parts = W3C_DATETIME.exec(text?.trim() ?? '');
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone] = parts;
  const y = Number(year);
  const m = Number(month ?? 1) - 1;
  const d = Number(day ?? 1);
  const [h, min, s] = [hour, minute, second].map((part) => Number(part ?? 0)) as [number, number, number];
  if (m > 11 || d > new Date(Date.UTC(2000 + (y % 400), m + 1, 0)).getUTCDate() || d < 1 || m < 0)
    return undefined;
  if (h > 23 || min > 59 || s > 60) return undefined;
  const milliseconds = Number((fraction ?? '').padEnd(3, '0').slice(0, 3));
  const at = (yy: number, mm: number, dd: number, rest = 0): number => {
    const date = new Date(0);
    // Date.UTC takes the years before 100 for those of the 20th century.
    date.setUTCFullYear(yy, mm, dd);
    return date.getTime() + rest - offsetOf(zone);
  };
  const first = at(y, m, d, ((h * 60 + min) * 60 + s) * 1000 + milliseconds);
  if (month === undefined) return { first, last: at(y + 1, 0, 1) - 1 };
  if (day === undefined) return { first, last: at(y, m + 1, 1) - 1 };
  if (hour === undefined) return { first, last: at(y, m, d + 1) - 1 };
  if (second === undefined) return { first, last: first + MINUTE - 1 };
  return { first, last: fraction === undefined ? first + 999 : first };
}

function offsetOf(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -minutes : minutes) * MINUTE;
}
