/**
 * The keys of the hub, in its own section of the store. What belongs together is written in one batch.
 *
 *     s!<id>     a subscription, also for a while one that has ended (`Subscription`, DAG-CBOR)
 *     q!<id>     a request for a subscription, or for its end, that is not confirmed yet (`PendingRequest`, DAG-CBOR)
 *
 * `id` is 26 characters of base32: a hash of topic and callback, which together are a subscription's identity (WebSub,
 * section 1).
 */
import { createHash } from 'node:crypto';
import { base32 } from 'multiformats/bases/base32';

const ID_LENGTH = 26;
const END = '~';

/** @param topic in the form by which topics are compared */
export function subscriptionId(topic: string, callback: string): string {
  return base32.baseEncode(createHash('sha256').update(`${topic}\n${callback}`).digest()).slice(0, ID_LENGTH);
}

export const subscriptionKey = (id: string): string => `s!${id}`;
export const subscriptionRange = { gt: 's!', lt: `s!${END}` };
export const pendingKey = (id: string): string => `q!${id}`;
export const pendingRange = { gt: 'q!', lt: `q!${END}` };
