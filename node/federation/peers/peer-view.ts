import type { Fork, SignedHead } from '../../../protocols/heads/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import { isComplete, type Catalogue } from '../../catalogue/index.ts';
import type { Clocks } from '../heads/clocks.ts';
import type { Directory } from '../heads/directory.ts';
import type { Proof, Proofs, Successor } from '../membership/proofs.ts';
import type { FollowDecision } from '../membership/follow-rules.ts';
import type { Forks } from '../heads/forks.ts';
import type { Network } from '../network/network.ts';
import type { Reputation } from './reputation.ts';
import type { Traffic } from './traffic.ts';

/** One of the two things that a node signed for one place of its feed. */
export interface SignedOnce {
  /** When it was signed, by the node's own clock; milliseconds since 1970. */
  time: number;
  /** Of all records, where it is a head; of the one record, where it is a change. */
  digest: string;
  /** How many changes stand, of a head. */
  live?: number;
  /** The record's IRI, and what was done with it, of a change. */
  record?: string;
  change?: string;
}

/** Where a node is, as far as it says: ISO 3166-1 alpha-2, and degrees (WGS 84). */
export interface Place {
  country?: string;
  location?: { latitude: number; longitude: number };
}

/** One node of the network, as this node sees it. */
export interface PeerView extends Place {
  node: NodeId;
  name?: string;
  base?: string;
  /** As its newest head says; none where no head is known. */
  networks: readonly string[];
  self: boolean;
  connected: boolean;
  /** Whether the domain of its base URL names it as its own; not there of this node itself. */
  proof?: Proof;
  /** Since when it does. */
  provedAt?: number;
  /** The id under which it goes on, since its key is another. */
  successor?: Successor;
  followed: boolean;
  why: FollowDecision['why'];
  /** How far its feed is here, and how far it is said to go. */
  seq: number;
  headSeq: number;
  lag: number;
  /** When its newest head was signed, by its own clock; milliseconds since 1970, as all times here. */
  headTime?: number;
  records: number;
  /** Of its records as they are stored here. */
  bytes: number;
  /** Whether all of its feed is here, as its head says. */
  complete: boolean;
  lastContact?: number;
  /** How far its clock is ahead of ours (behind: negative), where that is more than some minutes. */
  clockAheadSeconds?: number;
  /** Bytes that came from it and went to it since this node was started. */
  received: number;
  sent: number;
  /** What was refused of it since then, by error code; and whether all is, for a while. */
  refused: { code: string; count: number }[];
  cutOff: boolean;
  /** The two histories that put its feed in quarantine. */
  fork?: { kind: Fork['kind']; seq: number; signed: [SignedOnce, SignedOnce] };
  addresses: string[];
}

/** The nodes that this one knows, put together from what its parts know of each. */
export class PeerViews {
  readonly #catalogue: Catalogue;
  readonly #network: Pick<Network, 'addresses' | 'addressesOf' | 'connected'>;
  readonly #directory: Directory;
  readonly #proofs: Proofs;
  readonly #forks: Forks;
  readonly #reputation: Reputation;
  readonly #clocks: Clocks;
  readonly #traffic: Traffic;
  readonly #follow: (node: NodeId) => FollowDecision;
  readonly #place: Place;

  constructor(options: {
    catalogue: Catalogue;
    network: Pick<Network, 'addresses' | 'addressesOf' | 'connected'>;
    directory: Directory;
    proofs: Proofs;
    forks: Forks;
    reputation: Reputation;
    clocks: Clocks;
    traffic: Traffic;
    follow: (node: NodeId) => FollowDecision;
    /** Where this node is. */
    place: Place;
  }) {
    this.#catalogue = options.catalogue;
    this.#network = options.network;
    this.#directory = options.directory;
    this.#proofs = options.proofs;
    this.#forks = options.forks;
    this.#reputation = options.reputation;
    this.#clocks = options.clocks;
    this.#traffic = options.traffic;
    this.#follow = options.follow;
    this.#place = options.place;
  }

  /** All, this node first, then by name. */
  all(): PeerView[] {
    const connected = new Set(this.#network.connected());
    const known = new Set([
      ...this.#directory.nodes(),
      ...this.#catalogue.feeds.states().map(({ node }) => node),
      ...this.#forks.nodes(),
      ...connected,
    ]);
    known.delete(this.#catalogue.node);
    const others = [...known].map((node) => this.#other(node, connected));
    others.sort((a, b) => byName.compare(a.name ?? '~', b.name ?? '~') || (a.node < b.node ? -1 : 1));
    return [this.#self(), ...others];
  }

  #self(): PeerView {
    const { node, head } = this.#catalogue;
    return {
      ...this.#common(node, head),
      ...this.#place,
      self: true,
      connected: true,
      refused: [],
      cutOff: false,
      addresses: this.#network.addresses(),
    };
  }

  #other(node: NodeId, connected: ReadonlySet<NodeId>): PeerView {
    const head = this.#directory.feed(node)?.newest ?? this.#catalogue.feeds.state(node)?.head;
    const lastContact = this.#directory.lastContact(node);
    const ahead = this.#clocks.ahead(node);
    const fork = this.#forks.of(node);
    const successor = this.#proofs.successor(node);
    return {
      ...this.#common(node, head),
      self: false,
      connected: connected.has(node),
      proof: this.#proofs.of(node),
      ...this.#proofs.profile(node),
      ...(successor === undefined ? {} : { successor }),
      ...(lastContact === undefined ? {} : { lastContact }),
      ...(ahead === undefined ? {} : { clockAheadSeconds: Math.round(ahead / 1_000) }),
      refused: this.#reputation.refusals(node),
      cutOff: this.#reputation.isRefused(node),
      ...(fork === undefined ? {} : { fork: forkView(fork) }),
      addresses: this.#network.addressesOf(node),
    };
  }

  #common(
    node: NodeId,
    head: SignedHead | undefined,
  ): Omit<PeerView, 'self' | 'connected' | 'refused' | 'cutOff' | 'addresses'> {
    const state = this.#catalogue.feeds.state(node);
    const { followed, why } = this.#follow(node);
    const seq = state?.seq ?? 0;
    const headSeq = Math.max(head?.seq ?? 0, seq);
    return {
      node,
      ...(head === undefined ? {} : { name: head.name, base: head.base, headTime: head.time }),
      networks: head?.networks ?? [],
      followed,
      why,
      seq,
      headSeq,
      lag: followed ? headSeq - seq : 0,
      records: state?.records ?? 0,
      bytes: state?.bytes ?? 0,
      complete: state !== undefined && isComplete(state) && seq === headSeq,
      ...this.#traffic.of(node),
    };
  }
}

/** One for all: a comparison with a collator made anew each time takes a hundred times as long. */
const byName = new Intl.Collator();

function forkView(fork: Fork): NonNullable<PeerView['fork']> {
  const { kind, a, b } = fork;
  if (kind === 'heads') return { kind, seq: a.seq, signed: [headView(a), headView(b)] };
  return { kind, seq: a.seq, signed: [entryView(a), entryView(b)] };
}

function headView({ time, live, setDigest }: Extract<Fork, { kind: 'heads' }>['a']): SignedOnce {
  return { time, digest: setDigest, live };
}

function entryView({ time, record, kind, digest }: Extract<Fork, { kind: 'entries' }>['a']): SignedOnce {
  return { time, digest, record, change: kind };
}
