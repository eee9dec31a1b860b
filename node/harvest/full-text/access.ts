import { isCalendarDay } from '../../../vocab/cleaning/index.ts';
import type { Access, Record as NgrRecord, RecordFile } from '../../../vocab/record.ts';

/** Whether something may be fetched; where it may be later, from when on (milliseconds since 1970). */
export type Opening = { open: true } | { open: false; from?: number };

const open: Opening = { open: true };
const closed: Opening = { open: false };

/**
 * Whether anything of an item may be fetched at all: not what is restricted, metadata only, or under an embargo until the
 * day has come (in UTC) on which that ends. Where nothing is said, each file's own access counts.
 */
export function itemOpening(access: Access | undefined, now: number): Opening {
  switch (access?.right) {
    case undefined:
    case 'open':
      return open;
    case 'embargoed': {
      const from = embargoEnd(access.embargoEnds);
      if (from === undefined) return closed;
      return from <= now ? open : { open: false, from };
    }
    case 'restricted':
    case 'metadata-only':
      return closed;
  }
}

/** Whether a file may be fetched: it is open, or was under the embargo of its item that has ended; and is not withdrawn. */
export function fileOpening(record: Pick<NgrRecord, 'access'>, file: RecordFile, now: number): Opening {
  if (file.withdrawn !== undefined) return closed;
  const item = itemOpening(record.access, now);
  const asItem = file.access === 'embargoed' && record.access?.right === 'embargoed';
  return file.access === 'open' || asItem ? item : closed;
}

function embargoEnd(day: string | undefined): number | undefined {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '')?.map(Number) ?? [];
  if (year === undefined || month === undefined || date === undefined) return undefined;
  return isCalendarDay(year, month, date) ? Date.UTC(year, month - 1, date) : undefined;
}
