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
const RATE = { perSecond: 2, burst: 60 };

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
  readonly #log: Logger;
  readonly #rate: RateLimit;
  readonly #exchanged = new Map<NodeId, number>();
  #unsubscribe: (() => void) | undefined;

  constructor(options: {
    usage: UsageSummaries;
    network: Network;
    topics: readonly string[];
    clients: Clients;
    isFollowed: (node: NodeId) => boolean;
    refuse: (node: NodeId, error: unknown) => void;
    clock: Clock;
    log: Logger;
  }) {
    this.#usage = options.usage;
    this.#network = options.network;
    this.#topics = options.topics;
    this.#clients = options.clients;
    this.#isFollowed = options.isFollowed;
    this.#refuse = options.refuse;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#rate = new RateLimit({ clock: options.clock, ...RATE });
  }

  start(): void {
    this.#unsubscribe = this.#usage.onOwnSummary((summary) => {
      const message = encodeSummary(summary);
      for (const topic of this.#topics) {
        this.#network.publish(topic, message).catch((error: unknown) => {
          this.#log.warn({ err: error, topic }, 'the usage summary could not be published');
        });
      }
    });
  }

  stop(): void {
    this.#unsubscribe?.();
  }

  async receive(author: NodeId, data: Uint8Array): Promise<Verdict> {
    if (!this.#rate.take(author)) return 'ignore';
    try {
      const summary = decodeSummary(data);
      if (summary.node !== author) {
        throw new FederationError(
          'USAGE_BAD_SIGNATURE',
          'A usage summary came by gossip of another node than its own.',
        );
      }
      if (this.#isFollowed(author)) await this.#usage.accept(summary);
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
      await client.summaries(async (summaries) => {
        for (const bytes of summaries) {
          await this.#take(node, bytes);
        }
      }, signal);
    } catch (error) {
      if (!signal.aborted) this.#refuse(node, error);
    }
  }

  /** One summary that does not stand up is no reason to leave the others. */
  async #take(holder: NodeId, bytes: Uint8Array): Promise<void> {
    try {
      const summary = decodeSummary(bytes);
      if (this.#isFollowed(summary.node)) await this.#usage.accept(summary);
    } catch (error) {
      this.#refuse(holder, error);
    }
  }

  /** All that is held, in messages of bounded size. */
  async *serve(): AsyncGenerator<{ type: 'summaries'; summaries: Uint8Array[]; more: boolean }> {
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
}
