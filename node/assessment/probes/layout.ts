import { createHash } from 'node:crypto';
import { DaySheet } from './day-sheet.ts';

/*
 * The keys of the section `probes`:
 *
 *     d!<endpoint>!<day>     what is known of an endpoint on a day (`DaySheet`, 72 bytes)
 *
 * <endpoint> is hashed from its address, so that its history outlives a new name; the node's own line has a word instead.
 * <day> is the number of days since 1970, five digits.
 */

/** Stands for the node's own line: down where it was suspected. */
export const OWN_LINE = 'own-line';

export function endpointKey(address: string): string {
  return createHash('sha256').update(address).digest('hex').slice(0, 20);
}

const PREFIX = 'd!';
export const ALL_SHEETS = { gt: PREFIX, lt: 'd~' };

export const sheetKey = (endpoint: string, day: number): string =>
  `${PREFIX}${endpoint}!${String(day).padStart(5, '0')}`;

export const sheetsOf = (endpoint: string): { gt: string; lt: string } => ({
  gt: `${PREFIX}${endpoint}!`,
  lt: `${PREFIX}${endpoint}!~`,
});

export const dayOfKey = (key: string): number => Number(key.slice(key.lastIndexOf('!') + 1));

/** Bytes of another length are nothing that is known. */
export const readSheet = (bytes: Uint8Array): DaySheet =>
  bytes.length === DaySheet.BYTES ? new DaySheet(Uint8Array.from(bytes)) : new DaySheet();
