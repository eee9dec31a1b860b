import { forkOfHeads, type Fork, type SignedHead } from '../../../protocols/heads/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import type { Clock } from '../../clock.ts';
import { BoundedMap } from './bounded-map.ts';

/** Of nodes that are not followed: of those that spoke with this one, and of those that others tell of. */
const MET_KEPT = 10_000;
const HEARSAY_KEPT = 10_000;
const HOLDERS_KEPT = 32;

/** For so long a holder that failed is not asked for that feed. */
const ASIDE_MS = 30_000;

/** What this node knows of another one's feed: the newest head that it signed. */
interface KnownFeed {
  newest: SignedHead;
}

interface Holder {
  /** Up to which place it has the feed. */
  seq: number;
  /** When it may be asked again; milliseconds since 1970. */
  from: number;
}

type Feed = KnownFeed & { holders: Map<NodeId, Holder> };

/**
 * The feeds of the network as far as this node has heard of them, and when it last heard of each node. Nodes cost nothing
 * to invent, so those that are told of by others do not push out those that spoke for themselves, and neither those that
 * are followed.
 */
export class Directory {
  readonly #clock: Clock;
  readonly #met: BoundedMap<Feed>;
  readonly #hearsay: BoundedMap<Feed>;
  readonly #contacts: BoundedMap<number>;

  /** @param options.isKept whether a node has its place for good, as one with a feed here has */
  constructor({ clock, isKept }: { clock: Clock; isKept: (node: NodeId) => boolean }) {
    this.#clock = clock;
    this.#met = new BoundedMap({ most: MET_KEPT, isKept });
    this.#hearsay = new BoundedMap({ most: HEARSAY_KEPT, isKept });
    this.#contacts = new BoundedMap({ most: MET_KEPT, isKept });
  }

  feed(node: NodeId): KnownFeed | undefined {
    return this.#feed(node);
  }

  nodes(): NodeId[] {
    return [...new Set([...this.#met.keys(), ...this.#hearsay.keys(), ...this.#contacts.keys()])];
  }

  lastContact(node: NodeId): number | undefined {
    return this.#contacts.get(node);
  }

  noteContact(node: NodeId): void {
    this.#contacts.set(node, this.#clock.now());
  }

  /** Whether a head is news: nothing so new has been heard of that feed. Its signature need not be checked to ask. */
  isNews(head: SignedHead): boolean {
    const newest = this.feed(head.node)?.newest;
    return (
      newest === undefined || head.seq > newest.seq || (head.seq === newest.seq && head.time > newest.time)
    );
  }

  /** Whether a head contradicts the newest one that is known of its node. Its signature need not be checked to ask. */
  forkWith(head: SignedHead): Fork | undefined {
    const newest = this.feed(head.node)?.newest;
    return newest === undefined ? undefined : forkOfHeads(newest, head);
  }

  /** Notes a head whose signature was checked. */
  noteHead(head: SignedHead): void {
    const { node } = head;
    const known = this.#feed(node) ?? { newest: head, holders: new Map() };
    if (this.isNews(head)) known.newest = head;
    if (this.#met.has(node)) this.#met.set(node, known);
    else this.#hearsay.set(node, known);
  }

  /** Notes that a node has told of its feed itself, on a stream of its own. */
  noteMet(node: NodeId): void {
    const known = this.#hearsay.get(node);
    if (known === undefined) return;
    this.#hearsay.delete(node);
    this.#met.set(node, known);
  }

  /** Whether a node has told of its feed itself. */
  hasMet(node: NodeId): boolean {
    return this.#met.has(node);
  }

  /** Holds a head for the newest of its node, whatever was known before. */
  setNewest(head: SignedHead): void {
    const known = this.#feed(head.node);
    if (known === undefined) this.noteHead(head);
    else known.newest = head;
  }

  /** Notes that `holder` says it has the feed up to `seq`. */
  noteHolder(node: NodeId, holder: NodeId, seq: number): void {
    const holders = this.#feed(node)?.holders;
    if (holders === undefined || holder === node) return;
    const before = holders.get(holder);
    if (before === undefined && holders.size >= HOLDERS_KEPT) this.#makeRoomIn(holders);
    holders.set(holder, { seq: Math.max(seq, before?.seq ?? 0), from: before?.from ?? 0 });
  }

  /** Who may be asked for a feed now, and up to which place each has it; the origin is not among them. */
  holders(node: NodeId): [holder: NodeId, seq: number][] {
    const now = this.#clock.steady();
    return [...(this.#feed(node)?.holders ?? [])].flatMap(([holder, { seq, from }]) =>
      from <= now ? [[holder, seq]] : [],
    );
  }

  /** A holder failed: it is not asked for the feed for a while. What it holds it tells only once. */
  setAside(node: NodeId, holder: NodeId): void {
    const known = this.#feed(node)?.holders.get(holder);
    if (known !== undefined) known.from = this.#clock.steady() + ASIDE_MS;
  }

  #feed(node: NodeId): Feed | undefined {
    return this.#met.get(node) ?? this.#hearsay.get(node);
  }

  /** Who failed last goes first, then who was heard of first. */
  #makeRoomIn(holders: Map<NodeId, Holder>): void {
    const [first] = [...holders].sort(([, a], [, b]) => b.from - a.from);
    if (first !== undefined) holders.delete(first[0]);
  }
}
