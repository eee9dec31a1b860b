import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { SignatureVerifier, type SignedHead } from '../../protocols/heads/index.ts';
import {
  limits,
  serveReplication,
  type FrameChannel,
  type Request,
  type Response,
} from '../../protocols/replication/index.ts';
import { NgrError } from '../../vocab/errors.ts';
import type { NodeId } from '../../vocab/record.ts';
import { isComplete, type Catalogue } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import type { Section } from '../store/index.ts';
import { Announcements } from './announcements.ts';
import { Announcer } from './announcer.ts';
import { CatchUp } from './catch-up.ts';
import { Clients } from './clients.ts';
import { Directory } from './directory.ts';
import type { Proofs } from './domain-proof.ts';
import { Forks } from './forks.ts';
import { decideFollow, type FollowDecision, type FollowRules } from './follow-rules.ts';
import { HeadExchange } from './head-exchange.ts';
import { federationMetrics, type FederationMetrics } from './metrics.ts';
import type { Network } from './network.ts';
import { Quotas, type Quota } from './quotas.ts';
import type { Reputation } from './reputation.ts';
import { UsageExchange, type UsageSummaries } from './usage-exchange.ts';

/** One node of the network, as this node sees it. */
export interface PeerView {
  node: NodeId;
  name?: string;
  base?: string;
  self: boolean;
  connected: boolean;
  followed: boolean;
  why: FollowDecision['why'];
  /** How far its feed is here, and how far it is said to go. */
  seq: number;
  headSeq: number;
  lag: number;
  records: number;
  /** Whether all of its feed is here, as its head says. */
  complete: boolean;
  /** Milliseconds since 1970. */
  lastContact?: number;
  refused: { code: string; count: number }[];
  addresses: string[];
}

export interface FederationOptions {
  catalogue: Catalogue;
  network: Network;
  /** The networks that the node is part of. */
  networks: readonly string[];
  rules: FollowRules;
  quota: Quota;
  proofs: Proofs;
  /** Where proofs of two histories are kept. */
  section: Section;
  usage: UsageSummaries;
  reputation: Reputation;
  registry: Registry;
  clock: Clock;
  random?: () => number;
  /** How long another node may take to answer; 15 s unless told. */
  answerTimeoutMs?: number;
  log: Logger;
}

/**
 * The node's place in its network: it tells of its own feed, copies the feeds it follows, serves all it has in whole,
 * and passes usage summaries on. What goes between nodes is in `protocols/heads` and `protocols/replication`.
 */
export class Federation {
  readonly #catalogue: Catalogue;
  readonly #usage: UsageSummaries;
  readonly #network: Network;
  readonly #networks: readonly string[];
  readonly #rules: FollowRules;
  readonly #quotas: Quotas;
  readonly #proofs: Proofs;
  readonly #forks: Forks;
  readonly #reputation: Reputation;
  readonly #directory: Directory;
  readonly #clients: Clients;
  readonly #catchUp: CatchUp;
  readonly #announcer: Announcer;
  readonly #announcements: Announcements;
  readonly #headExchange: HeadExchange;
  readonly #usageExchange: UsageExchange;
  readonly #metrics: FederationMetrics;
  readonly #log: Logger;
  #abort = new AbortController();
  #unsubscribe: () => void = () => undefined;

  constructor(options: FederationOptions) {
    const { catalogue, network, networks, proofs, clock, usage } = options;
    const log = options.log.child({ part: 'federation' });
    const random = options.random ?? Math.random;
    const verifier = new SignatureVerifier();
    const isFollowed = (node: NodeId): boolean => this.#follow(node).followed;
    const refuse = (node: NodeId, error: unknown): void => this.#refuse(node, error);
    const metrics = federationMetrics(options.registry, {
      connected: () => network.connected().length,
      followed: () => catalogue.feeds.states().length - 1,
      lag: () => this.peers().reduce((sum, peer) => sum + peer.lag, 0),
    });
    const directory = new Directory({ clock });
    const clients = new Clients({
      network,
      answerTimeoutMs: options.answerTimeoutMs,
      signal: () => this.#abort.signal,
    });
    const onFetched = (): void => this.#headExchange.nudge();
    const quotas = new Quotas({ quota: options.quota, clock });
    const catchUp = new CatchUp({
      catalogue,
      network,
      clients,
      directory,
      isFollowed,
      quotas,
      refuse,
      onFetched,
      metrics,
      clock,
      log,
    });
    const concernsUs = (head: SignedHead): boolean => this.#concernsUs(head);
    const onHead = (head: SignedHead): void => this.#reconsider(head);
    const forks = new Forks({ section: options.section, verifier, log });
    const shared = {
      catalogue,
      directory,
      catchUp,
      verifier,
      concernsUs,
      onHead,
      forks,
      isFollowed,
      refuse,
      clock,
      log,
    };

    this.#catalogue = catalogue;
    this.#usage = usage;
    this.#network = network;
    this.#networks = networks;
    this.#quotas = quotas;
    this.#proofs = proofs;
    this.#forks = forks;
    this.#rules = options.rules;
    this.#reputation = options.reputation;
    this.#metrics = metrics;
    this.#log = log;
    this.#directory = directory;
    this.#clients = clients;
    this.#catchUp = catchUp;
    this.#announcements = new Announcements({ ...shared, metrics });
    this.#announcer = new Announcer({ catalogue, network, topics: this.#headsTopics, clock, metrics, log });
    this.#headExchange = new HeadExchange({ ...shared, network, clients, random });
    this.#usageExchange = new UsageExchange({
      usage,
      network,
      topics: this.#usageTopics,
      clients,
      isFollowed,
      refuse,
      clock,
      log,
    });
  }

  async start(): Promise<void> {
    this.#abort = new AbortController();
    await this.#forks.start();
    for (const { node, head } of this.#catalogue.feeds.states()) {
      if (head !== undefined && node !== this.#catalogue.node) {
        this.#directory.noteHead(head);
        this.#proofs.want(node, head.base);
      }
      await this.#drop(node);
    }
    this.#network.serve((from, channel, signal) => this.#serve(from, channel, signal));
    for (const topic of this.#headsTopics)
      this.#network.subscribe(topic, (author, data) => this.#announcements.receive(author, data));
    for (const topic of this.#usageTopics)
      this.#network.subscribe(topic, (author, data) => this.#usageExchange.receive(author, data));
    this.#proofs.onChange((node) => this.#onProof(node));
    this.#network.onConnect((node) => this.#meet(node));
    // What came may be more than may be kept of one node.
    this.#unsubscribe = this.#catalogue.onCommit(({ node }) => this.#dropIfUnfollowed(node));
    this.#catchUp.start();
    await this.#network.start();
    this.#announcer.start();
    this.#headExchange.start();
    this.#usageExchange.start();
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    this.#unsubscribe();
    this.#usageExchange.stop();
    await this.#announcer.stop();
    await this.#headExchange.stop();
    await this.#catchUp.stop();
    this.#clients.end();
    await this.#network.stop();
  }

  /** Where this node is reached: multiaddrs with its peer id. */
  get multiaddrs(): string[] {
    return this.#network.addresses();
  }

  /** Ends the quarantine of a node that has told two histories: its feed is read anew. @returns whether it was in one */
  async forgive(node: NodeId): Promise<boolean> {
    const wasForked = await this.#forks.forgive(node);
    if (wasForked && this.#follow(node).followed) this.#catchUp.repair(node);
    return wasForked;
  }

  /** All nodes this one knows of, itself first, then by name. */
  peers(): PeerView[] {
    const connected = new Set(this.#network.connected());
    const known = new Set([
      ...this.#directory.nodes(),
      ...this.#catalogue.feeds.states().map(({ node }) => node),
      ...connected,
    ]);
    known.delete(this.#catalogue.node);
    const others = [...known].map((node) => this.#view(node, connected));
    others.sort((a, b) => (a.name ?? '~').localeCompare(b.name ?? '~') || (a.node < b.node ? -1 : 1));
    return [this.#view(this.#catalogue.node, connected), ...others];
  }

  #view(node: NodeId, connected: ReadonlySet<NodeId>): PeerView {
    const self = node === this.#catalogue.node;
    const state = this.#catalogue.feeds.state(node);
    const newest = self ? this.#catalogue.head : (this.#directory.feed(node)?.newest ?? state?.head);
    const { followed, why } = this.#follow(node);
    const seq = state?.seq ?? 0;
    const headSeq = Math.max(newest?.seq ?? 0, seq);
    const lastContact = this.#directory.lastContact(node);
    return {
      node,
      ...(newest === undefined ? {} : { name: newest.name, base: newest.base }),
      self,
      connected: self || connected.has(node),
      followed,
      why,
      seq,
      headSeq,
      lag: followed ? headSeq - seq : 0,
      records: state?.records ?? 0,
      complete: state !== undefined && isComplete(state) && seq === headSeq,
      ...(lastContact === undefined ? {} : { lastContact }),
      refused: this.#reputation.refusals(node),
      addresses: self ? this.#network.addresses() : this.#network.addressesOf(node),
    };
  }

  get #headsTopics(): string[] {
    return this.#networks.map((network) => `/ngr/1/heads/${network}`);
  }

  get #usageTopics(): string[] {
    return this.#networks.map((network) => `/ngr/1/usage/${network}`);
  }

  #follow(node: NodeId): FollowDecision {
    if (node === this.#catalogue.node) return { followed: true, why: 'self' };
    const state = this.#catalogue.feeds.state(node);
    const head = this.#directory.feed(node)?.newest ?? state?.head;
    return decideFollow(this.#rules, node, {
      networks: head?.networks,
      proof: this.#proofs.of(node),
      isForked: this.#forks.of(node) !== undefined,
      isOverQuota: head !== undefined && this.#quotas.isExceeded(head, state),
    });
  }

  #concernsUs({ node, networks }: SignedHead): boolean {
    return this.#rules.allow.includes(node) || networks.some((network) => this.#networks.includes(network));
  }

  /** A node has said something new: it may have to be proved, or be followed no longer. */
  #reconsider({ node, base }: SignedHead): void {
    this.#proofs.want(node, base);
    if (this.#catalogue.feeds.state(node) !== undefined) this.#dropIfUnfollowed(node);
  }

  #onProof(node: NodeId): void {
    if (this.#abort.signal.aborted) return;
    if (this.#follow(node).followed) this.#catchUp.want(node);
    else this.#dropIfUnfollowed(node);
  }

  #dropIfUnfollowed(node: NodeId): void {
    if (this.#follow(node).followed) return;
    this.#drop(node).catch((error: unknown) =>
      this.#log.error({ err: error, feed: node }, 'a feed that is followed no longer cannot be dropped'),
    );
  }

  /** Lets go of a feed with all that was made of it, where it is followed no longer. */
  async #drop(node: NodeId): Promise<void> {
    const { followed, why } = this.#follow(node);
    // Of a feed that was broken off in the middle it may not be known yet, after a start, whose it is; one in quarantine
    // is kept as it was.
    if (
      followed ||
      why === 'not known yet' ||
      why === 'two histories' ||
      this.#catalogue.feeds.state(node) === undefined
    )
      return;
    this.#log.info({ feed: node, why }, 'a feed is followed no longer and is dropped');
    await this.#catalogue.drop(node);
    await this.#usage.forget(node);
  }

  #meet(node: NodeId): void {
    if (this.#abort.signal.aborted) return;
    this.#directory.noteContact(node);
    this.#headExchange.met(node);
    void this.#headExchange
      .with(node)
      .then(() => this.#usageExchange.with(node, this.#abort.signal))
      .catch((error: unknown) => this.#log.debug({ err: error, node }, 'meeting a node failed'));
  }

  async #serve(from: NodeId, channel: FrameChannel, signal: AbortSignal): Promise<void> {
    try {
      await serveReplication(channel, (request) => this.#answer(from, request), signal);
    } catch (error) {
      // A stream that ends is no fault of anyone's; a typed error tells of one.
      if (error instanceof NgrError && error.code !== 'REPLICATION_TIMEOUT') this.#refuse(from, error);
      throw error;
    }
  }

  async *#answer(from: NodeId, request: Request): AsyncGenerator<Response> {
    this.#directory.noteContact(from);
    switch (request.type) {
      case 'heads':
        for await (const heads of this.#headExchange.answer(from, request.heads))
          yield { type: 'heads', heads };
        return;
      case 'entries': {
        if (this.#forks.of(request.node) !== undefined) {
          yield { type: 'absent' };
          return;
        }
        const page = await this.#catalogue.feeds.page(request.node, request.after, {
          upTo: request.upTo,
          entries: request.limit,
          bytes: limits.pageBytes,
        });
        yield page === undefined ? { type: 'absent' } : { type: 'page', ...page };
        return;
      }
      case 'summaries':
        yield* this.#usageExchange.serve();
    }
  }

  #refuse(node: NodeId, error: unknown): void {
    const code = error instanceof NgrError ? error.code : 'NETWORK';
    this.#metrics.refused.inc({ code });
    if (!this.#reputation.refuse(node, code)) return;
    this.#log.warn({ node, code }, 'a node is refused for a while: it sent too much that does not stand up');
    this.#clients.end(node);
    this.#network.disconnect(node).catch(() => undefined);
  }
}
