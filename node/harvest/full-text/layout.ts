/**
 * The keys of the full texts, in the reader's own section of the store (which also has the reader's cursor).
 *
 *     f!<key>                      what is known of a record's files (`RecordState`, DAG-CBOR)
 *     w!<key>!<file>               words of a file (`packWords`); <file> is a hash of its address
 *     t!<key>!<file>               its text, deflated UTF-8; only where texts are kept
 *     q!<origin>!<time>!<key>      the record is to be visited now; <origin> is that of the first address, percent-encoded
 *     l!<time>!<key>               it is to be visited at that time (the origin)
 *     k!<key>                      where it stands in `q!` or `l!` (that key). An entry that this does not name is void
 *
 * <time> is milliseconds since 1970, 12 hex digits.
 */
import { createHash } from 'node:crypto';
import { numberKey, numberOfKey } from '../../store/index.ts';

export const stateKey = (key: string): string => `f!${key}`;
export const wordsKey = (key: string, url: string): string => `w!${key}!${fileHash(url)}`;
export const textKey = (key: string, url: string): string => `t!${key}!${fileHash(url)}`;
export const placeKey = (key: string): string => `k!${key}`;
export const waitingKey = (origin: string, time: number, key: string): string =>
  `${originPrefix(origin)}${numberKey(time)}!${key}`;
export const laterKey = (time: number, key: string): string => `l!${numberKey(time)}!${key}`;

export const stateRange = { gt: 'f!', lt: 'f"' };
export const textRange = { gt: 't!', lt: 't"' };
export const waitingRange = { gt: 'q!', lt: 'q"' };
/** Everything that is to be visited at the time or before. */
export const dueRange = (time: number): { gt: string; lt: string } => ({
  gt: 'l!',
  lt: `l!${numberKey(time)}"`,
});
export const laterRange = { gt: 'l!', lt: 'l"' };
export const originRange = (origin: string): { gt: string; lt: string } => ({
  gt: originPrefix(origin),
  lt: afterOrigin(origin),
});
/** The first key that can belong to an origin behind this one. */
export const afterOrigin = (origin: string): string => `${originPrefix(origin).slice(0, -1)}"`;

export const isWaitingKey = (place: string): boolean => place.startsWith('q!');
export const originOf = (waiting: string): string => decodeURIComponent(waiting.split('!')[1] ?? '');
export const recordOf = (entry: string): string => entry.slice(entry.lastIndexOf('!') + 1);
export const timeOf = (entry: string): number => numberOfKey(entry.split('!').at(-2) ?? '');

function originPrefix(origin: string): string {
  return `q!${encodeURIComponent(origin).replaceAll('!', '%21')}!`;
}

function fileHash(url: string): string {
  return createHash('sha256').update(url).digest('base64url').slice(0, 16);
}
