import * as dagCbor from '@ipld/dag-cbor';
import { isTombstone, type Holding, type NodeId } from '../../../vocab/record.ts';

/** Which changes somebody wants to be told of; all of what is named has to fit, and nothing named is everything. */
export interface ChangeQuery {
  /** A setSpec of the node's own records; those below it count too. */
  set?: string;
  /** A COAR Resource Type, by its URI or the last part of it. */
  type?: string;
  /** Words that a record has to have in its title, abstract, names or subjects. */
  q?: string;
}

/** Somebody who wants to be told of changes in their own inbox. Times are milliseconds since 1970. */
export interface Subscription {
  id: string;
  inbox: string;
  query: ChangeQuery;
  since: number;
  /** The last position of the log that was told of, or left out. */
  cursor: number;
  /** Notifications that arrived. */
  delivered: number;
  /** Where the last attempt failed: since when it does, how often, why, and when it is tried again. */
  failing?: { since: number; attempts: number; code: string; message: string; next: number };
  /** Nothing is sent any more, and why. */
  dropped?: { at: number; reason: string };
}

export function encodeSubscription(subscription: Subscription): Uint8Array {
  return dagCbor.encode(subscription);
}

export function decodeSubscription(bytes: Uint8Array): Subscription {
  return dagCbor.decode<Subscription>(bytes);
}

/**
 * Whether a change is one to be told of. Of what is gone little is known: where that leaves it open whether somebody was told
 * of the record before, they are told that it is gone.
 *
 * @param self whose sets are meant
 */
export function isWanted(holding: Holding, { set, type, q }: ChangeQuery, self: NodeId): boolean {
  if (set !== undefined && !(holding.node === self && holding.sets.some((spec) => isWithin(spec, set))))
    return false;
  if (isTombstone(holding)) return true;
  if (type !== undefined && holding.type?.split('/').at(-1) !== type.split('/').at(-1)) return false;
  if (q === undefined) return true;
  const text = folded(
    [
      ...[...holding.titles, ...holding.abstracts, ...holding.subjects].map(({ value }) => value),
      ...[...holding.creators, ...holding.contributors].map(({ name }) => name),
    ].join(' '),
  );
  return folded(q)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function isWithin(spec: string, set: string): boolean {
  return spec === set || spec.startsWith(`${set}:`);
}

/** Without case and accents. */
function folded(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
