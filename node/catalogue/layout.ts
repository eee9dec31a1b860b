/**
 * The catalogue's keys, in its own section of the store. Everything here is written in one batch with the change it
 * belongs to.
 *
 *     p!<key>                       place: where the record's latest change stands (`Place`, DAG-CBOR)
 *     f!<node>!<seq>                that change, signed by its origin, with the block that its digest is of: as it goes over
 *                                   the wire (protocols/replication/page-item.ts)
 *     l!<position>                  the same change in this node's own order: its `<node>!<seq>`; of a record that was
 *                                   dropped its key
 *     i!<scheme>!<value>!<key>      the record has that identifier (empty)
 *     s!<node>                      state of a feed (`FeedState`, DAG-CBOR)
 *     w!<key>                       files that stay withdrawn should an own record that is gone come back (DAG-CBOR)
 *     r!<key>                       the record is another one since its node has another key: that one's key
 *     m!<name>                      facts about the catalogue itself: `m!base` the base URL its records lie under, `m!node`
 *                                   the id with which they are signed, `m!lost` how far others have the own feed
 *
 * `seq` and `position` are 12 hex digits. A record's older entries and positions are taken away when a new one comes, so
 * both orders stay compacted: one entry and one position a record.
 *
 * What is large, the block, lies in the order in which it comes and is passed on. By keys, which are hashes, LevelDB would
 * write all that is there anew again and again while it merges what comes into it.
 */
import { numberKey } from '../store/index.ts';

/** After every key that starts with the prefix `p!`: `~` is above all characters that keys use. */
const END = '~';
const FEEDS = 'f!';

export const placeKey = (key: string): string => `p!${key}`;
export const entryKey = (node: string, seq: number): string => `${FEEDS}${node}!${numberKey(seq)}`;
export const logKey = (position: number): string => `l!${numberKey(position)}`;
export const stateKey = (node: string): string => `s!${node}`;
export const withdrawnFilesKey = (key: string): string => `w!${key}`;
export const movedKey = (key: string): string => `r!${key}`;
export const metaKey = (name: string): string => `m!${name}`;
/** @param identifier as `scheme!value` */
export const identifierKey = (identifier: string, key: string): string => `i!${identifier}!${key}`;

export const entryRange = (node: string, after: number, upTo?: number): { gt: string; lt: string } => ({
  gt: entryKey(node, after),
  lt: upTo === undefined ? `${FEEDS}${node}!${END}` : entryKey(node, upTo + 1),
});
export const logRange = (after: number): { gt: string; lt: string } => ({
  gt: logKey(after),
  lt: `l!${END}`,
});
export const stateRange = { gt: 's!', lt: `s!${END}` };
export const identifierRange = (scheme: string, value: string): { gt: string; lt: string } => ({
  gt: `i!${scheme}!${value}!`,
  lt: `i!${scheme}!${value}!${END}`,
});

/** What the log has at the position of a change. */
export const loggedEntry = (node: string, seq: number): Uint8Array =>
  Buffer.from(entryKey(node, seq).slice(FEEDS.length));
export const loggedDrop = (key: string): Uint8Array => Buffer.from(key);

/** @returns the key of the entry's row, or that of the record that was dropped */
export function readLogged(value: Uint8Array): { row: string } | { dropped: string } {
  const text = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString();
  return text.includes('!') ? { row: FEEDS + text } : { dropped: text };
}

export const positionOfLogKey = (key: string): number => Number.parseInt(key.slice(2), 16);
