import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { SignatureVerifier, type Fork, type SignedHead } from '../../protocols/heads/index.ts';
import { REPLICATION_PROTOCOL } from '../../protocols/replication/index.ts';
import { NgrError } from '../../vocab/errors.ts';
import type { NodeId } from '../../vocab/record.ts';
import type { Catalogue } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import type { Section } from '../store/index.ts';
import { Announcements } from './announcements.ts';
import { Answers } from './answers.ts';
import { Announcer } from './announcer.ts';
import { CatchUp } from './catch-up.ts';
import { Clients } from './clients.ts';
import { Clocks } from './clocks.ts';
import { Directory } from './directory.ts';
import type { Proofs } from './domain-proof.ts';
import { Forks } from './forks.ts';
import type { FollowRules } from './follow-rules.ts';
import { Following } from './following.ts';
import { HeadExchange } from './head-exchange.ts';
import { federationMetrics, type FederationMetrics } from './metrics.ts';
import type { Network } from './network.ts';
import { OwnFeed } from './own-feed.ts';
import { PeerViews, type PeerView, type Place } from './peer-view.ts';
import { Quotas, type Quota } from './quotas.ts';
import type { Reputation } from './reputation.ts';
import { Serving } from './serving.ts';
import { counted, Traffic } from './traffic.ts';
import { UsageServing } from './usage-serving.ts';
import { UsageExchange, type UsageSummaries } from './usage-exchange.ts';

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
  /** Whether the node's key was made just now, as one is unless told: then others know nothing of its feed. */
  isKeyNew?: boolean;
  reputation: Reputation;
  /** Where this node is, if it is to be shown. */
  place?: Place;
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
  readonly #networks: readonly string[];
  readonly #following: Following;
  readonly #proofs: Proofs;
  readonly #forks: Forks;
  readonly #reputation: Reputation;
  readonly #directory: Directory;
  readonly #clients: Clients;
  readonly #catchUp: CatchUp;
  readonly #ownFeed: OwnFeed;
  readonly #answers: Answers;
  readonly #announcer: Announcer;
  readonly #announcements: Announcements;
  readonly #clocks: Clocks;
  readonly #headExchange: HeadExchange;
  readonly #usageExchange: UsageExchange;
  readonly #views: PeerViews;
  readonly #metrics: FederationMetrics;
  readonly #log: Logger;
  readonly #headListeners = new Set<(head: SignedHead) => void>();
  #abort = new AbortController();
  #unsubscribe: () => void = () => undefined;

  constructor(options: FederationOptions) {
    const { catalogue, networks, proofs, clock, usage, reputation } = options;
    const log = options.log.child({ part: 'federation' });
    const random = options.random ?? Math.random;
    const verifier = new SignatureVerifier();
    const refuse = (node: NodeId, error: unknown): void => this.refuse(node, error);
    const metrics = federationMetrics(options.registry, () => this.peers());
    const traffic = new Traffic((kind, direction, bytes) => metrics.bytes.inc({ kind, direction }, bytes));
    const network = counted(options.network, traffic);
    const hasFeed = (node: NodeId): boolean => catalogue.feeds.state(node) !== undefined;
    const directory = new Directory({
      clock,
      isKept: (node) => hasFeed(node) || options.rules.allow.includes(node),
    });
    const clients = new Clients({
      network,
      answerTimeoutMs: options.answerTimeoutMs,
      signal: () => this.#abort.signal,
    });
    const quotas = new Quotas({ quota: options.quota, clock });
    const forks = new Forks({ section: options.section, verifier, isHere: hasFeed, log });
    const onFork = (fork: Fork): void => {
      forks.note(fork).catch((error: unknown) => log.error({ err: error }, 'a proof could not be kept'));
    };
    const following = new Following({
      ...options,
      directory,
      quotas,
      forks,
      forget: (node) => this.#usageExchange.forget(node),
      log,
    });
    const isFollowed = (node: NodeId): boolean => following.isFollowed(node);
    const catchUp = new CatchUp({
      catalogue,
      network,
      clients,
      directory,
      isFollowed,
      quotas,
      refuse,
      onFork,
      onFetched: (entries) => this.#headExchange.nudge(entries),
      metrics,
      clock,
      log,
    });
    const concernsUs = (head: SignedHead): boolean => following.concernsUs(head);
    const onHead = (head: SignedHead): void => this.#reconsider(head);
    const ownFeed = new OwnFeed({
      catalogue,
      clients,
      refuse,
      isKeyNew: options.isKeyNew ?? true,
      clock,
      log,
    });
    const clocks = new Clocks({ clock, log });
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
    this.#network = network;
    this.#networks = networks;
    this.#proofs = proofs;
    this.#forks = forks;
    this.#following = following;
    this.#reputation = reputation;
    this.#metrics = metrics;
    this.#log = log;
    this.#directory = directory;
    this.#clients = clients;
    this.#catchUp = catchUp;
    this.#clocks = clocks;
    this.#announcements = new Announcements({ ...shared, clocks, metrics });
    this.#announcer = new Announcer({
      catalogue,
      network,
      topics: this.#headsTopics,
      nodesKnown: () => directory.nodes().length,
      clock,
      metrics,
      log,
    });
    this.#ownFeed = ownFeed;
    this.#headExchange = new HeadExchange({ ...shared, network, clients, ownFeed, random });
    this.#views = new PeerViews({
      catalogue,
      network,
      directory,
      proofs,
      forks,
      reputation,
      clocks,
      traffic,
      follow: (node) => following.of(node),
      place: options.place ?? {},
    });
    this.#usageExchange = new UsageExchange({
      usage,
      network,
      topics: this.#usageTopics,
      clients,
      isFollowed,
      refuse,
      clock,
      random,
      log,
    });
    this.#answers = new Answers({
      directory,
      forks,
      headExchange: this.#headExchange,
      serving: new Serving({ feeds: catalogue.feeds, clock }),
      usageServing: new UsageServing({ usage, clock }),
      refuse,
      signal: () => this.#abort.signal,
    });
  }

  async start(): Promise<void> {
    this.#abort = new AbortController();
    await this.#forks.start();
    for (const { node, head } of this.#catalogue.feeds.states()) {
      if (head !== undefined && node !== this.#catalogue.node) {
        this.#directory.noteHead(head);
        this.#proofs.want(node, head.base, true);
      }
      await this.#following.drop(node);
    }
    this.#network.serve(REPLICATION_PROTOCOL, (from, channel, signal) =>
      this.#answers.serve(from, channel, signal),
    );
    for (const topic of this.#headsTopics)
      this.#network.subscribe(topic, (author, data) => this.#announcements.receive(author, data));
    for (const topic of this.#usageTopics)
      this.#network.subscribe(topic, (author, data) => this.#usageExchange.receive(author, data));
    this.#proofs.onChange((node) => this.#onProof(node));
    this.#network.onConnect((node) => this.#meet(node));
    // What came may be more than may be kept of one node.
    this.#unsubscribe = this.#catalogue.onCommit(({ node }) => this.#following.dropIfUnfollowed(node));
    this.#announcements.start();
    this.#catchUp.start();
    await this.#network.start();
    // Without a network nobody will say anything of it.
    if (this.#network.addresses().length > 0) this.#ownFeed.start();
    this.#announcer.start();
    this.#headExchange.start();
    this.#usageExchange.start();
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    this.#unsubscribe();
    // First of all: what the parts below wait for may stand behind an answer that does not come.
    this.#clients.end();
    await this.#usageExchange.stop();
    await this.#announcer.stop();
    await this.#headExchange.stop();
    await this.#ownFeed.stop();
    await this.#catchUp.stop();
    await this.#network.stop();
    await this.#announcements.stop();
  }

  /** Where this node is reached: multiaddrs with its peer id. */
  get multiaddrs(): string[] {
    return this.#network.addresses();
  }

  /** How far this machine's clock seems to be ahead of those of most other nodes; undefined where it seems right. */
  get ownClockAheadSeconds(): number | undefined {
    return this.#clocks.ownAheadSeconds;
  }

  /** The network that it was given, with its bytes counted: for what else speaks with other nodes. */
  get network(): Network {
    return this.#network;
  }

  /**
   * Ends the quarantine of a node that has told two histories: its feed is dropped and read anew, by the head signed last.
   * This node itself stands still where its data are of an old backup and nobody gave all of it back: it goes on without.
   * @returns whether there was something to forgive
   */
  async forgive(node: NodeId): Promise<boolean> {
    if (node === this.#catalogue.node) return await this.#catalogue.giveUpRecovery();
    const fork = await this.#forks.forgive(node);
    if (fork === undefined) return false;
    if (fork.kind === 'heads') this.#directory.setNewest(fork.a.time > fork.b.time ? fork.a : fork.b);
    await this.#catalogue.drop(node, { isForgiven: true });
    this.#catchUp.want(node);
    return true;
  }

  /** Gives the network the institution's new name, in a head of its own: the next one might be minutes away. */
  async rename(name: string): Promise<void> {
    if (await this.#catalogue.rename(name)) this.#announcer.announce();
  }

  /** All nodes this one knows of, itself first, then by name. */
  peers(): PeerView[] {
    return this.#views.all();
  }

  /** The newest heads of the nodes that may be asked for single records: of our networks, trusted, and not followed. */
  unfollowed(): SignedHead[] {
    return this.#following.unfollowed();
  }

  /** Whether nothing of a node is to be kept but its feed. A node of which nothing is known yet, after a start, is not. */
  isExcluded(node: NodeId): boolean {
    return this.#following.isExcluded(node);
  }

  /** Called for each new head of a node of our networks. @returns what ends it */
  onHead(listener: (head: SignedHead) => void): () => void {
    this.#headListeners.add(listener);
    return () => void this.#headListeners.delete(listener);
  }

  get #headsTopics(): string[] {
    return this.#networks.map((network) => `/ngr/1/heads/${network}`);
  }

  get #usageTopics(): string[] {
    return this.#networks.map((network) => `/ngr/1/usage/${network}`);
  }

  /** A node has said something new: it may have to be proved, or be followed no longer. */
  #reconsider(head: SignedHead): void {
    const { node, base } = head;
    for (const listener of this.#headListeners) listener(head);
    this.#proofs.want(node, base, this.#directory.hasMet(node) || this.#network.connected().includes(node));
    if (this.#catalogue.feeds.state(node) !== undefined) this.#following.dropIfUnfollowed(node);
  }

  #onProof(node: NodeId): void {
    if (this.#abort.signal.aborted) return;
    if (!this.#following.isFollowed(node)) {
      this.#following.dropIfUnfollowed(node);
      return;
    }
    this.#catchUp.want(node);
    void this.#usageExchange.followed(node, this.#abort.signal);
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

  /** Notes against a node what it sent; who goes too far is cut off for a while. */
  refuse(node: NodeId, error: unknown): void {
    const code = error instanceof NgrError ? error.code : 'NETWORK';
    this.#metrics.refused.inc({ code });
    if (!this.#reputation.refuse(node, code)) return;
    this.#log.warn({ node, code }, 'a node is refused for a while: it sent too much that does not stand up');
    this.#clients.end(node);
    this.#network.disconnect(node).catch(() => undefined);
  }
}
