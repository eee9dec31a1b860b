import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { SignatureVerifier } from '../../protocols/heads/index.ts';
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
import { Announcements } from './announcements.ts';
import { Announcer } from './announcer.ts';
import { CatchUp } from './catch-up.ts';
import { Clients } from './clients.ts';
import { Directory } from './directory.ts';
import { decideFollow, type FollowDecision, type FollowRules } from './follow-rules.ts';
import { HeadExchange } from './head-exchange.ts';
import { federationMetrics, type FederationMetrics } from './metrics.ts';
import type { Network } from './network.ts';
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
  networkName: string;
  rules: FollowRules;
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
  readonly #network: Network;
  readonly #networkName: string;
  readonly #rules: FollowRules;
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

  constructor(options: FederationOptions) {
    const { catalogue, network, networkName, clock, usage } = options;
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
    const catchUp = new CatchUp({
      catalogue,
      network,
      clients,
      directory,
      refuse,
      onFetched,
      metrics,
      clock,
      log,
    });
    const shared = { catalogue, directory, catchUp, verifier, isFollowed, refuse, clock, log };

    this.#catalogue = catalogue;
    this.#network = network;
    this.#networkName = networkName;
    this.#rules = options.rules;
    this.#reputation = options.reputation;
    this.#metrics = metrics;
    this.#log = log;
    this.#directory = directory;
    this.#clients = clients;
    this.#catchUp = catchUp;
    this.#announcements = new Announcements({ ...shared, metrics });
    this.#announcer = new Announcer({ catalogue, network, topic: this.#headsTopic, clock, metrics, log });
    this.#headExchange = new HeadExchange({ ...shared, networkName, network, clients, random });
    this.#usageExchange = new UsageExchange({
      usage,
      network,
      topic: this.#usageTopic,
      clients,
      isFollowed,
      refuse,
      clock,
      log,
    });
  }

  async start(): Promise<void> {
    this.#abort = new AbortController();
    await this.#dropUnfollowed();
    this.#network.serve((from, channel, signal) => this.#serve(from, channel, signal));
    this.#network.subscribe(this.#headsTopic, (author, data) => this.#announcements.receive(author, data));
    this.#network.subscribe(this.#usageTopic, (author, data) => this.#usageExchange.receive(author, data));
    this.#network.onConnect((node) => this.#meet(node));
    this.#catchUp.start();
    await this.#network.start();
    this.#announcer.start();
    this.#headExchange.start();
    this.#usageExchange.start();
  }

  async stop(): Promise<void> {
    this.#abort.abort();
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

  networks(): string[] {
    return [this.#networkName];
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

  get #headsTopic(): string {
    return `/ngr/1/heads/${this.#networkName}`;
  }

  get #usageTopic(): string {
    return `/ngr/1/usage/${this.#networkName}`;
  }

  #follow(node: NodeId): FollowDecision {
    return node === this.#catalogue.node ? { followed: true, why: 'self' } : decideFollow(this.#rules, node);
  }

  async #dropUnfollowed(): Promise<void> {
    for (const { node } of this.#catalogue.feeds.states()) {
      if (this.#follow(node).followed) continue;
      this.#log.info({ feed: node }, 'a feed is followed no longer and is dropped');
      await this.#catalogue.drop(node);
    }
  }

  #meet(node: NodeId): void {
    if (this.#abort.signal.aborted) return;
    this.#directory.noteContact(node);
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
      case 'heads': {
        const sameNetwork = request.network === this.#networkName;
        yield { type: 'heads', heads: sameNetwork ? this.#headExchange.ownHeads() : [] };
        if (sameNetwork) await this.#headExchange.learn(from, request.heads);
        return;
      }
      case 'entries': {
        const page = await this.#catalogue.feeds.page(request.node, request.after, {
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
