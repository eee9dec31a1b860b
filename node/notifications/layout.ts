/**
 * The keys of notifications, in their own section of the store. What belongs together is written in one batch.
 *
 *     n!<id>                 a notification, received or sent (`StoredNotification`, DAG-CBOR)
 *     b!<id>                 its JSON-LD, the bytes as they came or go
 *     o!<place>              in the order of their coming and going: its id
 *     i!<place>              those received, in the same order: its id
 *     u!<place>              those received that others may see
 *     x!<place>              those sent
 *     t!<state>!<place>      those in a state, in the same order: its id
 *     d!<time>!<place>       those to be sent, by when: its id
 *     c!<id>                 the conversation about an Offer, under the id of the notification that made it (`Conversation`, DAG-CBOR)
 *     a!<record>!<id>        what is announced of a record and shown (`Announcement`, DAG-CBOR)
 *     m!<record>             when that last changed, also where nothing is shown any more (milliseconds, DAG-CBOR)
 *     s!<id>                 who wants to be told of changes (`Subscription`, DAG-CBOR)
 *
 * `id` is 26 characters of base32: a hash of the id that the sender gave, or of the content. `place` and `time` are 12 hex
 * digits; places count from 1, in both directions together.
 */
import { createHash } from 'node:crypto';
import { base32 } from 'multiformats/bases/base32';
import { numberKey, numberOfKey } from '../store/index.ts';
import type { NotificationState } from './stored-notification.ts';

const ID_LENGTH = 26;
/** After every key that starts with the prefix `o!`: `~` is above all characters that keys use. */
const END = '~';

/** The id here of a notification to which its sender gave one. */
export const idOfIri = (iri: string): string => hashed(`id\n${iri}`);
/** That of one without: by the digest of what it says. */
export const idOfContent = (digest: string): string => hashed(`content\n${digest}`);

function hashed(identity: string): string {
  return base32.baseEncode(createHash('sha256').update(identity).digest()).slice(0, ID_LENGTH);
}

interface Range {
  gt: string;
  lt: string;
}

export const notificationKey = (id: string): string => `n!${id}`;
export const bodyKey = (id: string): string => `b!${id}`;
export const conversationKey = (id: string): string => `c!${id}`;
export const announcementKey = (record: string, id: string): string => `a!${record}!${id}`;
export const announcementRange = (record: string): Range => ({
  gt: `a!${record}!`,
  lt: `a!${record}!${END}`,
});

export const changeKey = (record: string): string => `m!${record}`;
export const changeRange: Range = { gt: 'm!', lt: `m!${END}` };
export const recordOfChangeKey = (key: string): string => key.slice('m!'.length);
export const subscriptionKey = (id: string): string => `s!${id}`;
export const subscriptionRange: Range = { gt: 's!', lt: `s!${END}` };

/** The lists that a notification can stand in; each has its own prefix. */
export type ListName = 'all' | 'received' | 'public' | 'sent' | NotificationState;

const prefixes: Readonly<Record<string, string>> = { all: 'o!', received: 'i!', public: 'u!', sent: 'x!' };
const prefixOf = (list: ListName): string => prefixes[list] ?? `t!${list}!`;
export const listKey = (list: ListName, place: number): string => prefixOf(list) + numberKey(place);
export const listRange = (list: ListName, after = 0): Range => ({
  gt: listKey(list, after),
  lt: prefixOf(list) + END,
});
/** From before a place on backwards, or from the end. */
export const listRangeBefore = (list: ListName, before: number | undefined): Range => ({
  gt: prefixOf(list),
  lt: before === undefined ? prefixOf(list) + END : listKey(list, before),
});
export const placeOfListKey = (key: string): number => numberOfKey(key.slice(key.lastIndexOf('!') + 1));

export const dueKey = (time: number, place: number): string => `d!${numberKey(time)}!${numberKey(place)}`;
export const dueRange: Range = { gt: 'd!', lt: `d!${END}` };
export const timeOfDueKey = (key: string): number => numberOfKey(key.split('!')[1] ?? '');
