import * as dagCbor from '@ipld/dag-cbor';
import type { Progress } from './topic.ts';

/** One callback that is told of one topic. Times are milliseconds since 1970. */
export interface Subscription {
  id: string;
  topic: string;
  callback: string;
  secret?: string;
  /** When it was first confirmed, and when its lease ends. */
  since: number;
  expires: number;
  /** How far it was told, or left behind. */
  told: Progress;
  /** Deliveries that arrived, and when the last one did. */
  delivered: number;
  lastDelivery?: number;
  failing?: Failing;
  /** Nothing is sent any more. */
  ended?: { at: number; reason: 'gone' | 'expired' };
}

/** How deliveries fail. */
export interface Failing {
  since: number;
  attempts: number;
  code: string;
  message: string;
  /** Before which it is not tried again. */
  next: number;
  /** Given up until the topic has gone beyond this place. */
  beyond?: number;
}

/** A request that the subscriber has still to confirm. */
export interface PendingRequest {
  id: string;
  mode: 'subscribe' | 'unsubscribe';
  topic: string;
  /** The topic as the subscriber wrote it. */
  writtenTopic: string;
  callback: string;
  leaseSeconds: number;
  secret?: string;
  asked: number;
  /** How far the topic was then: what comes later is told. */
  told: Progress;
  /** Questions that had no answer, and when the next is due. */
  attempts: number;
  next: number;
}

export type SubscriptionState = 'active' | 'failing' | 'given-up' | 'gone' | 'expired';

export function stateOf({ failing, ended }: Subscription): SubscriptionState {
  if (ended !== undefined) return ended.reason;
  if (failing === undefined) return 'active';
  return failing.beyond === undefined ? 'failing' : 'given-up';
}

export const encode = (row: Subscription | PendingRequest): Uint8Array => dagCbor.encode(row);
export const decodeSubscription = (bytes: Uint8Array): Subscription => dagCbor.decode<Subscription>(bytes);
export const decodePending = (bytes: Uint8Array): PendingRequest => dagCbor.decode<PendingRequest>(bytes);
