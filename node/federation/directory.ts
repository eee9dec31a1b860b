import { forkOfHeads, type Fork, type SignedHead } from '../../protocols/heads/index.ts';
import type { NodeId } from '../../vocab/record.ts';
import type { Clock } from '../clock.ts';

const NODES_KEPT = 20_000;
const HOLDERS_KEPT = 32;

/** For so long a holder that failed is not asked for that feed. */
const ASIDE_MS = 30_000;

/** What this node knows of another one's feed: the newest head that it signed. */
export interface KnownFeed {
  newest: SignedHead;
}

interface Holder {
  /** Up to which place it has the feed. */
  seq: number;
  /** When it may be asked again; milliseconds since 1970. */
  from: number;
}

/** The feeds of the network as far as this node has heard of them, and when it last heard of each node. */
export class Directory {
  readonly #clock: Clock;
  readonly #feeds = new Map<NodeId, KnownFeed & { holders: Map<NodeId, Holder> }>();
  readonly #contacts = new Map<NodeId, number>();

  constructor(options: { clock: Clock }) {
    this.#clock = options.clock;
  }

  feed(node: NodeId): KnownFeed | undefined {
    return this.#feeds.get(node);
  }

  nodes(): NodeId[] {
    return [...new Set([...this.#feeds.keys(), ...this.#contacts.keys()])];
  }

  lastContact(node: NodeId): number | undefined {
    return this.#contacts.get(node);
  }

  noteContact(node: NodeId): void {
    if (!this.#contacts.has(node)) makeRoom(this.#contacts, NODES_KEPT);
    this.#contacts.set(node, this.#clock.now());
  }

  /** Whether a head is news: nothing so new has been heard of that feed. Its signature need not be checked to ask. */
  isNews(head: SignedHead): boolean {
    const newest = this.#feeds.get(head.node)?.newest;
    return (
      newest === undefined || head.seq > newest.seq || (head.seq === newest.seq && head.time > newest.time)
    );
  }

  /** Whether a head contradicts the newest one that is known of its node. Its signature need not be checked to ask. */
  forkWith(head: SignedHead): Fork | undefined {
    const newest = this.#feeds.get(head.node)?.newest;
    return newest === undefined ? undefined : forkOfHeads(newest, head);
  }

  /** Notes a head whose signature was checked. */
  noteHead(head: SignedHead): void {
    const known = this.#feeds.get(head.node);
    if (known === undefined) {
      makeRoom(this.#feeds, NODES_KEPT);
      this.#feeds.set(head.node, { newest: head, holders: new Map() });
    } else if (this.isNews(head)) {
      known.newest = head;
    }
  }

  /** Notes that `holder` says it has the feed up to `seq`. */
  noteHolder(node: NodeId, holder: NodeId, seq: number): void {
    const holders = this.#feeds.get(node)?.holders;
    if (holders === undefined || holder === node) return;
    if (!holders.has(holder)) makeRoom(holders, HOLDERS_KEPT);
    const before = holders.get(holder);
    holders.set(holder, { seq: Math.max(seq, before?.seq ?? 0), from: before?.from ?? 0 });
  }

  /** Who may be asked for a feed now, and up to which place each has it; the origin is not among them. */
  holders(node: NodeId): [holder: NodeId, seq: number][] {
    const now = this.#clock.now();
    return [...(this.#feeds.get(node)?.holders ?? [])].flatMap(([holder, { seq, from }]) =>
      from <= now ? [[holder, seq]] : [],
    );
  }

  /** A holder failed: it is not asked for the feed for a while. What it holds it tells only once. */
  setAside(node: NodeId, holder: NodeId): void {
    const known = this.#feeds.get(node)?.holders.get(holder);
    if (known !== undefined) known.from = this.#clock.now() + ASIDE_MS;
  }
}

function makeRoom(map: Map<NodeId, unknown>, size: number): void {
  if (map.size < size) return;
  const oldest = map.keys().next();
  if (!oldest.done) map.delete(oldest.value);
}
