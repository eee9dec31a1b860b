import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { NodeId } from '../../vocab/record.ts';
import { decodeSummary, encodeSummary, type SignedSummary } from '../../protocols/usage-summary/index.ts';
import { limits } from '../../protocols/replication/index.ts';
import { FederationError } from './errors.ts';
import type { Clock } from '../clock.ts';
import type { Clients } from './clients.ts';
import type { Network, Verdict } from './network.ts';
import { RateLimit } from './rate-limit.ts';

/** With one node, summaries are exchanged as often. */
const EXCHANGE_MS = 5 * 60_000;
/** One of those that are connected is asked for them as often, on average: gossip loses some. */
const ROUND_MS = 60_000;
const RATE = { perSecond: 2, burst: 60 };
/** Of all nodes together that are not followed here: nodes cost nothing to invent, and what is passed on reaches everyone. */
const STRANGERS_RATE = { perSecond: 20, burst: 500 };
const STRANGERS = 'strangers';
/** All that is held is told to one node as often. */
const SERVED_RATE = { perSecond: 1 / 60, burst: 10 };
const NODES_KEPT = 2_000;

/** The usage statistics' side of the exchange, as the usage part offers it. */
export interface UsageSummaries {
  held(): AsyncIterable<SignedSummary>;
  /** Throws a typed error for what is refused. */
  accept(summary: SignedSummary): Promise<'new' | 'known'>;
  /** Lets go of all that a node has told. */
  forget(node: NodeId): Promise<void>;
  onOwnSummary(listener: (summary: SignedSummary) => void): () => void;
}

/** Passes monthly usage summaries on: by gossip when they change, and in pairs, so that every node gets them all. */
export class UsageExchange {
  readonly #usage: UsageSummaries;
  readonly #network: Network;
  readonly #topics: readonly string[];
  readonly #clients: Clients;
  readonly #isFollowed: (node: NodeId) => boolean;
  readonly #refuse: (node: NodeId, error: unknown) => void;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #log: Logger;
  readonly #rate: RateLimit;
  readonly #strangersRate: RateLimit;
  readonly #servedRate: RateLimit;
  readonly #exchanged = new LRUCache<NodeId, number>({ max: NODES_KEPT });
  #unsubscribe: (() => void) | undefined;
  /** Of all that is held; made anew when it is asked for after a change. */
  #held: Promise<string> | undefined;
  #abort = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: {
    usage: UsageSummaries;
    network: Network;
    topics: readonly string[];
    clients: Clients;
    isFollowed: (node: NodeId) => boolean;
    refuse: (node: NodeId, error: unknown) => void;
    clock: Clock;
    random: () => number;
    log: Logger;
  }) {
    this.#usage = options.usage;
    this.#network = options.network;
    this.#topics = options.topics;
    this.#clients = options.clients;
    this.#isFollowed = options.isFollowed;
    this.#refuse = options.refuse;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#log = options.log;
    this.#rate = new RateLimit({ clock: options.clock, ...RATE });
    this.#strangersRate = new RateLimit({ clock: options.clock, ...STRANGERS_RATE });
    this.#servedRate = new RateLimit({ clock: options.clock, ...SERVED_RATE });
  }

  start(): void {
    this.#abort = new AbortController();
    this.#running = this.#run(this.#abort.signal);
    this.#unsubscribe = this.#usage.onOwnSummary((summary) => {
      this.#held = undefined;
      const message = encodeSummary(summary);
      for (const topic of this.#topics) {
        this.#network.publish(topic, message).catch((error: unknown) => {
          this.#log.warn({ err: error, topic }, 'the usage summary could not be published');
        });
      }
    });
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    this.#abort.abort();
    await this.#running;
  }

  /** Lets go of all that a node has told. */
  async forget(node: NodeId): Promise<void> {
    await this.#usage.forget(node);
    this.#held = undefined;
  }

  /** A node is followed from now on: what was left of its word when others told of it is asked for again. */
  async followed(node: NodeId, signal: AbortSignal): Promise<void> {
    this.#exchanged.clear();
    if (this.#network.connected().includes(node)) await this.with(node, signal);
  }

  async receive(author: NodeId, data: Uint8Array): Promise<Verdict> {
    if (!this.#rate.take(author)) return 'ignore';
    if (!this.#isFollowed(author) && !this.#strangersRate.take(STRANGERS)) return 'ignore';
    try {
      const summary = decodeSummary(data);
      if (summary.node !== author) {
        throw new FederationError(
          'USAGE_BAD_SIGNATURE',
          'A usage summary came by gossip of another node than its own.',
        );
      }
      if (this.#isFollowed(author)) await this.#accept(summary);
      return 'accept';
    } catch (error) {
      this.#refuse(author, error);
      return 'reject';
    }
  }

  /** Fetches what a node holds of summaries, unless that was done a short time ago. */
  async with(node: NodeId, signal: AbortSignal): Promise<void> {
    const last = this.#exchanged.get(node);
    if (last !== undefined && this.#clock.now() - last < EXCHANGE_MS) return;
    this.#exchanged.set(node, this.#clock.now());
    try {
      const client = await this.#clients.get(node);
      await client.summaries(
        await this.#digest(),
        async (summaries) => {
          for (const bytes of summaries) await this.#take(node, bytes);
        },
        signal,
      );
    } catch (error) {
      this.#exchanged.delete(node);
      if (!signal.aborted) this.#refuse(node, error);
    }
  }

  /** One summary that does not stand up is no reason to leave the others. */
  async #take(holder: NodeId, bytes: Uint8Array): Promise<void> {
    try {
      const summary = decodeSummary(bytes);
      if (this.#isFollowed(summary.node)) await this.#accept(summary);
    } catch (error) {
      this.#refuse(holder, error);
    }
  }

  /**
   * All that is held, in messages of bounded size; nothing where the asker holds the same.
   * @throws FederationError `USAGE_TOO_MANY` for a node that asks again and again
   */
  async *serve(
    asker: NodeId,
    held: string,
  ): AsyncGenerator<{ type: 'summaries'; summaries: Uint8Array[]; more: boolean }> {
    if (held === (await this.#digest())) {
      yield { type: 'summaries', summaries: [], more: false };
      return;
    }
    if (!this.#servedRate.take(asker))
      throw new FederationError('USAGE_TOO_MANY', `${asker} asks for all usage summaries again and again.`);
    let page: Uint8Array[] = [];
    for await (const summary of this.#usage.held()) {
      if (page.length === limits.summaries) {
        yield { type: 'summaries', summaries: page, more: true };
        page = [];
      }
      page.push(encodeSummary(summary));
    }
    yield { type: 'summaries', summaries: page, more: false };
  }

  async #accept(summary: SignedSummary): Promise<void> {
    if ((await this.#usage.accept(summary)) === 'new') this.#held = undefined;
  }

  #digest(): Promise<string> {
    this.#held ??= this.#digestOfHeld().catch((error: unknown) => {
      this.#held = undefined;
      throw error;
    });
    return this.#held;
  }

  async #digestOfHeld(): Promise<string> {
    const hash = createHash('sha256');
    for await (const summary of this.#usage.held()) hash.update(encodeSummary(summary));
    return hash.digest('hex');
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#clock.sleep(ROUND_MS * (0.5 + this.#random()), signal).catch(() => undefined);
      const connected = this.#network.connected();
      const node = connected[Math.floor(this.#random() * connected.length)];
      if (node !== undefined && !signal.aborted) await this.with(node, signal);
    }
  }
}
