import * as dagCbor from '@ipld/dag-cbor';
import { patterns, type PatternName, type Role } from '../../protocols/coar-notify/index.ts';

/** How it stands with a notification that came. */
const RECEIVED_STATES = ['waiting', 'accepted', 'rejected', 'undone'] as const;
/** How it stands with one that goes: it is tried again, it arrived, or it was given up. */
const SENT_STATES = ['pending', 'delivered', 'failed'] as const;
export const NOTIFICATION_STATES = [...RECEIVED_STATES, ...SENT_STATES] as const;
export type NotificationState = (typeof NOTIFICATION_STATES)[number];

/** The other side: who sent it, or to whom it goes. */
export interface Party {
  id: string;
  name?: string;
  inbox?: string;
  /** A resource of its own, by which its inbox is looked for where that is not known. */
  page?: string;
  /** The name of the service in the configuration that it is. */
  service?: string;
}

/** How far the sending has come. Times are milliseconds since 1970. */
interface Delivery {
  since: number;
  attempts: number;
  /** When it is tried next, where it is. */
  next?: number;
  /** Where it lies at the receiver. */
  location?: string;
  /** Why the last attempt failed. */
  error?: { code: string; message: string };
}

/** A notification as it lies in the store; what it says is stored beside it. */
export interface StoredNotification {
  id: string;
  place: number;
  direction: 'received' | 'sent';
  /** Milliseconds since 1970. */
  at: number;
  /** The id that its sender gave it. */
  iri?: string;
  /** Of what it says, see `protocols/ldn`. */
  digest: string;
  /** Absent for what is no COAR Notify. */
  pattern?: PatternName;
  state: NotificationState;
  /** Why it is in that state, see `reasons.ts`. */
  why: string;
  party?: Party;
  /** Keys of the node's own records that it is about. */
  records: readonly string[];
  /** What it is about, by the sender's name for it. */
  about?: string;
  /** Which notification made the conversation that it belongs to, by its id here. */
  conversation?: string;
  /** The text that it came or goes with. */
  summary?: string;
  /** What the manager said when she decided. */
  note?: string;
  /** For one that was sent: what the other side could not do with it. */
  complaint?: string;
  delivery?: Delivery;
}

/** What it does in a conversation; undefined for what is no COAR Notify. */
export function roleOf({ pattern }: Pick<StoredNotification, 'pattern'>): Role | undefined {
  return pattern === undefined ? undefined : patterns[pattern].role;
}

export function encodeNotification(notification: StoredNotification): Uint8Array {
  return dagCbor.encode(notification);
}

export function decodeNotification(bytes: Uint8Array): StoredNotification {
  return dagCbor.decode<StoredNotification>(bytes);
}
