import { isCalendarDay } from '../../vocab/cleaning/index.ts';
import type { Granularity } from './model.ts';

const day = /^(\d{4})-(\d{2})-(\d{2})$/;
const second = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})Z$/;
/** Forms that ISO 8601 allows and OAI-PMH does not, but which are sent: fractions, offsets, no zone, a space for the T. */
const loose = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})?$/;

/** The granularity of a UTCdatetime (OAI-PMH 2.0, section 3.3), or `undefined` where the text is none. */
export function granularityOf(text: string): Granularity | undefined {
  const days = day.exec(text);
  if (days !== null) return isDay(days) ? 'YYYY-MM-DD' : undefined;
  const seconds = second.exec(text);
  if (seconds === null || !isDay(seconds)) return undefined;
  const inTime = Number(seconds[4]) < 24 && Number(seconds[5]) < 60 && Number(seconds[6]) < 60;
  return inTime ? 'YYYY-MM-DDThh:mm:ssZ' : undefined;
}

function isDay(parts: RegExpExecArray): boolean {
  return isCalendarDay(Number(parts[1]), Number(parts[2]), Number(parts[3]));
}

/** A datestamp as a source writes it, brought to UTCdatetime; `undefined` where it names no time. */
export function readDatestamp(text: string): string | undefined {
  if (granularityOf(text) !== undefined) return text;
  const parts = loose.exec(text);
  if (parts === null || granularityOf(parts[1]!) === undefined) return undefined;
  const zone = (parts[3] ?? 'Z').replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const milliseconds = Date.parse(`${parts[1]}T${parts[2]}${zone}`);
  if (Number.isNaN(milliseconds)) return undefined;
  const stamp = utcSeconds(milliseconds);
  return granularityOf(stamp) === undefined ? undefined : stamp;
}

/** Milliseconds since 1970 as UTCdatetime to the second. */
export function utcSeconds(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
