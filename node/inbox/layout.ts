/**
 * The inbox's keys, in its own section of the store. Both entries of a notification are written in one batch.
 *
 *     n!<id>       `StoredNotification`, DAG-CBOR array in the order of the interface
 *     o!<place>    the order of receipt: `ReceivedNotification`, DAG-CBOR array
 *
 * `place` is 12 hex digits, counted from 1.
 */
import * as dagCbor from '@ipld/dag-cbor';
import { numberKey, numberOfKey } from '../store/index.ts';

/** A notification as it lies in the store. */
export interface StoredNotification {
  place: number;
  /** Milliseconds since 1970. */
  receivedAt: number;
  /** Of the content, see `protocols/ldn`. */
  digest: string;
  /** The bytes as they came. */
  body: Uint8Array;
}

/** A notification in the order of receipt. */
export interface ReceivedNotification {
  id: string;
  /** Milliseconds since 1970. */
  receivedAt: number;
}

export const notificationKey = (id: string): string => `n!${id}`;
export const orderKey = (place: number): string => `o!${numberKey(place)}`;
export const placeOfOrderKey = (key: string): number => numberOfKey(key.slice(2));
export const orderRange = (after: number): { gt: string; lt: string } => ({ gt: orderKey(after), lt: 'o!~' });

export function encodeNotification({ place, receivedAt, digest, body }: StoredNotification): Uint8Array {
  return dagCbor.encode([place, receivedAt, digest, body]);
}

export function decodeNotification(bytes: Uint8Array): StoredNotification {
  const [place, receivedAt, digest, body] = dagCbor.decode<[number, number, string, Uint8Array]>(bytes);
  return { place, receivedAt, digest, body };
}

export function encodeReceived({ id, receivedAt }: ReceivedNotification): Uint8Array {
  return dagCbor.encode([id, receivedAt]);
}

export function decodeReceived(bytes: Uint8Array): ReceivedNotification {
  const [id, receivedAt] = dagCbor.decode<[string, number]>(bytes);
  return { id, receivedAt };
}
