import type { Connection, MultiaddrConnection, PeerId } from '@libp2p/interface';
import type { Multiaddr } from '@multiformats/multiaddr';
import type { NodeId } from '../../../vocab/record.ts';
import { groupOf, sourceOf } from './address-groups.ts';

/** Connections of all kinds, both ways. */
export const MOST_CONNECTIONS = 500;
/** Of these, as many at the most of nodes that called and are not trusted: the rest is for those that are. */
const MOST_OF_STRANGERS = 400;
const MOST_OF_ONE_NODE = 3;
/** A region may be behind one address. */
const MOST_OF_A_SOURCE = 64;
const MOST_OF_A_GROUP = 200;
/** Connections of one source that have not said yet who they are. */
const MOST_PENDING_OF_A_SOURCE = 16;

/**
 * Who is let in. One machine, one network and all strangers together have a bound each, so that whoever opens all the
 * connections it can leaves room for others, and for those whom this node trusts in any case.
 */
export class InboundLimits {
  readonly #mostOfASource: number;
  readonly #isTrusted: (node: NodeId) => boolean;
  readonly #connections: () => readonly Connection[];
  /** How many of each source are not known yet, and which these are. */
  readonly #pending = new Map<string, number>();
  readonly #unsettled = new WeakMap<MultiaddrConnection, string>();

  /** @param options.colocationLimit nodes that are known to share an address; 0: any number */
  constructor(options: {
    colocationLimit: number;
    isTrusted: (node: NodeId) => boolean;
    connections: () => readonly Connection[];
  }) {
    const { colocationLimit } = options;
    this.#mostOfASource = colocationLimit === 0 ? Infinity : Math.max(MOST_OF_A_SOURCE, colocationLimit);
    this.#isTrusted = options.isTrusted;
    this.#connections = options.connections;
  }

  /** Whether a connection is refused before it is known whose it is. */
  refusesUnknown(connection: MultiaddrConnection): boolean {
    const source = sourceOf(connection.remoteAddr);
    if (source === undefined || this.#mostOfASource === Infinity) return false;
    const pending = this.#pending.get(source) ?? 0;
    if (pending >= MOST_PENDING_OF_A_SOURCE) return true;
    this.#pending.set(source, pending + 1);
    connection.addEventListener('close', () => this.#settle(connection), { once: true });
    this.#unsettled.set(connection, source);
    return false;
  }

  /** Whether a connection is refused, now that it is known whose it is. */
  refuses(peer: PeerId, connection: MultiaddrConnection): boolean {
    this.#settle(connection);
    const open = this.#connections();
    if (count(open, ({ remotePeer }) => remotePeer.equals(peer)) >= MOST_OF_ONE_NODE) return true;
    if (this.#isTrusted(peer.toString())) return false;
    const strangers = open.filter(
      ({ direction, remotePeer }) => direction === 'inbound' && !this.#isTrusted(remotePeer.toString()),
    );
    const isFull = (of: (address: Multiaddr) => string | undefined, most: number): boolean => {
      const from = of(connection.remoteAddr);
      return from !== undefined && count(strangers, ({ remoteAddr }) => of(remoteAddr) === from) >= most;
    };
    return (
      strangers.length >= MOST_OF_STRANGERS ||
      isFull(sourceOf, this.#mostOfASource) ||
      isFull(groupOf, Math.max(MOST_OF_A_GROUP, this.#mostOfASource))
    );
  }

  #settle(connection: MultiaddrConnection): void {
    const source = this.#unsettled.get(connection);
    if (source === undefined) return;
    this.#unsettled.delete(connection);
    const left = (this.#pending.get(source) ?? 0) - 1;
    if (left > 0) this.#pending.set(source, left);
    else this.#pending.delete(source);
  }
}

function count<T>(all: readonly T[], is: (one: T) => boolean): number {
  return all.reduce((sum, one) => sum + (is(one) ? 1 : 0), 0);
}
