import type { Logger } from 'pino';
import type { SignedHead } from '../../protocols/heads/index.ts';
import { REPLICATION_PROTOCOL } from '../../protocols/replication/index.ts';
import type { NodeId } from '../../vocab/record.ts';
import type { Catalogue } from '../catalogue/index.ts';
import { federationParts, type FederationOptions, type FederationParts } from './federation-parts.ts';
import type { Proofs } from './membership/proofs.ts';
import type { Network } from './network/network.ts';
import type { PeerView } from './peers/peer-view.ts';

/**
 * The node's place in its network: it tells of its own feed, copies the feeds it follows, serves all it has in whole,
 * and passes usage summaries on. What goes between nodes is in `protocols/heads` and `protocols/replication`.
 */
export class Federation {
  readonly #catalogue: Catalogue;
  readonly #proofs: Proofs;
  readonly #parts: FederationParts;
  readonly #log: Logger;
  readonly #headListeners = new Set<(head: SignedHead) => void>();
  #abort = new AbortController();
  #fetchingUsage: Promise<unknown> | undefined;
  #unsubscribe: () => void = () => undefined;

  constructor(options: FederationOptions) {
    const log = options.log.child({ part: 'federation' });
    this.#catalogue = options.catalogue;
    this.#proofs = options.proofs;
    this.#log = log;
    this.#parts = federationParts(
      { ...options, log },
      { signal: () => this.#abort.signal, onHead: (head) => this.#reconsider(head) },
    );
  }

  async start(): Promise<void> {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    const { network, forks, directory, following, answers, announcements, ...parts } = this.#parts;
    await forks.start();
    for (const { node, head } of this.#catalogue.feeds.states()) {
      if (head !== undefined && node !== this.#catalogue.node) {
        directory.noteHead(head);
        this.#proofs.want(node, head.base, true);
      }
      await following.drop(node);
    }
    network.serve(REPLICATION_PROTOCOL, (from, channel, ends) => answers.serve(from, channel, ends));
    for (const topic of parts.headsTopics)
      network.subscribe(topic, (author, data) => announcements.receive(author, data));
    for (const topic of parts.usageTopics)
      network.subscribe(topic, (author, data) => parts.usageGossip.receive(author, data));
    this.#proofs.onChange((node) => this.#onProof(node));
    network.onConnect((node) => this.#meet(node));
    // What came may be more than may be kept of one node.
    this.#unsubscribe = this.#catalogue.onCommit(({ node }) => following.dropIfUnfollowed(node));
    announcements.start();
    parts.catchUp.start();
    await network.start();
    // Without a network nobody will say anything of it.
    if (network.addresses().length > 0) parts.ownFeed.start();
    parts.announcer.start();
    parts.headExchange.start();
    parts.usageGossip.start();
    this.#fetchingUsage = Promise.all([parts.usageExchange.run(signal), parts.usageWorks.run(signal)]);
  }

  async stop(): Promise<void> {
    const { clients, network, announcements, ...parts } = this.#parts;
    this.#abort.abort();
    this.#unsubscribe();
    // First of all: what the parts below wait for may stand behind an answer that does not come.
    clients.end();
    parts.usageGossip.stop();
    await this.#fetchingUsage;
    await parts.announcer.stop();
    await parts.headExchange.stop();
    await parts.ownFeed.stop();
    await parts.catchUp.stop();
    await network.stop();
    await announcements.stop();
  }

  /** Where this node is reached: multiaddrs with its peer id. */
  get multiaddrs(): string[] {
    return this.#parts.network.addresses();
  }

  /** How far this machine's clock seems to be ahead of those of most other nodes; undefined where it seems right. */
  get ownClockAheadSeconds(): number | undefined {
    return this.#parts.clocks.ownAheadSeconds;
  }

  /** The network that it was given, with its bytes counted: for what else speaks with other nodes. */
  get network(): Network {
    return this.#parts.network;
  }

  /**
   * Ends the quarantine of a node that has told two histories: its feed is dropped and read anew, by the head signed last.
   * This node itself stands still where its data are of an old backup and nobody gave all of it back: it goes on without.
   * @returns whether there was something to forgive
   */
  async forgive(node: NodeId): Promise<boolean> {
    if (node === this.#catalogue.node) return await this.#catalogue.giveUpRecovery();
    const { forks, directory, catchUp } = this.#parts;
    const fork = await forks.forgive(node);
    if (fork === undefined) return false;
    if (fork.kind === 'heads') directory.setNewest(fork.a.time > fork.b.time ? fork.a : fork.b);
    await this.#catalogue.drop(node, { isForgiven: true });
    catchUp.want(node);
    return true;
  }

  /** Gives the network the institution's new name, in a head of its own: the next one might be minutes away. */
  async rename(name: string): Promise<void> {
    if (await this.#catalogue.rename(name)) this.#parts.announcer.announce();
  }

  /** All nodes this one knows of, itself first, then by name. */
  peers(): PeerView[] {
    return this.#parts.views.all();
  }

  /** The newest heads of the nodes that may be asked for single records: of our networks, trusted, and not followed. */
  unfollowed(): SignedHead[] {
    return this.#parts.following.unfollowed();
  }

  /** Whether nothing of a node is to be kept but its feed. A node of which nothing is known yet, after a start, is not. */
  isExcluded(node: NodeId): boolean {
    return this.#parts.following.isExcluded(node);
  }

  /** Notes against a node what it sent; who goes too far is cut off for a while. */
  refuse(node: NodeId, error: unknown): void {
    this.#parts.refusals.refuse(node, error);
  }

  /** Called for each new head of a node of our networks. @returns what ends it */
  onHead(listener: (head: SignedHead) => void): () => void {
    this.#headListeners.add(listener);
    return () => void this.#headListeners.delete(listener);
  }

  /** A node has said something new: it may have to be proved, or be followed no longer. */
  #reconsider(head: SignedHead): void {
    const { node, base } = head;
    const { directory, network, following } = this.#parts;
    for (const listener of this.#headListeners) listener(head);
    this.#proofs.want(node, base, directory.hasMet(node) || network.connected().includes(node));
    if (this.#catalogue.feeds.state(node) !== undefined) following.dropIfUnfollowed(node);
  }

  #onProof(node: NodeId): void {
    const { following, catchUp, usageExchange } = this.#parts;
    if (this.#abort.signal.aborted) return;
    if (!following.isFollowed(node)) {
      following.dropIfUnfollowed(node);
      return;
    }
    catchUp.want(node);
    void usageExchange.followed(node, this.#abort.signal);
  }

  #meet(node: NodeId): void {
    const { directory, headExchange, usageExchange } = this.#parts;
    if (this.#abort.signal.aborted) return;
    directory.noteContact(node);
    headExchange.met(node);
    void headExchange
      .with(node)
      .then(() => usageExchange.with(node, this.#abort.signal))
      .catch((error: unknown) => this.#log.debug({ err: error, node }, 'meeting a node failed'));
  }
}
