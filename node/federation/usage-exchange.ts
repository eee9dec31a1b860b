import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { NgrError } from '../../vocab/errors.ts';
import type { NodeId } from '../../vocab/record.ts';
import { decodeSummary, encodeSummary, type SignedSummary } from '../../protocols/usage-summary/index.ts';
import type { ReplicationClient } from '../../protocols/replication/index.ts';
import { FederationError } from './errors.ts';
import type { Clock } from '../clock.ts';
import type { Clients } from './clients.ts';
import type { Network, Verdict } from './network.ts';
import { RateLimit } from './rate-limit.ts';
import { digestOfMarks } from './usage-serving.ts';
import { UsageWorks } from './usage-works.ts';

/** With one node, summaries are exchanged as often. */
const EXCHANGE_MS = 5 * 60_000;
/** One of those that are connected is asked for them as often, on average: gossip loses some. */
const ROUND_MS = 60_000;
const RATE = { perSecond: 2, burst: 60 };
/** Of all nodes together that are not followed here: nodes cost nothing to invent, and what is passed on reaches everyone. */
const STRANGERS_RATE = { perSecond: 20, burst: 500 };
const STRANGERS = 'strangers';
/** What a node signed, and whoever passes it on cannot know. */
const ORIGINS_FAULT: ReadonlySet<string> = new Set(['USAGE_FOREIGN_ITEMS', 'USAGE_REVISION_DOWN']);
const NODES_KEPT = 2_000;
/** Questions that are open at a time, in one exchange. */
const QUESTIONS_AT_ONCE = 8;

/** What tells one summary of a month from another; the mark is 16 hex digits. */
export interface SummaryState {
  revision: number;
  mark: string;
}

/** The works of a month of a node, by the digest (hex) that its summary signs. */
export interface WorksName {
  node: NodeId;
  month: string;
  digest: string;
}

/** Works that are to be fetched, and how long they are. */
export interface WantedWorks extends WorksName {
  bytes: number;
}

/** The usage statistics' side of the exchange, as the usage part offers it. */
export interface UsageSummaries {
  /** For each node what is the same wherever the same summaries of it are held: 16 hex digits. */
  marks(): ReadonlyMap<NodeId, string>;
  /** What is held of a node, by month. */
  statesOf(node: NodeId): ReadonlyMap<string, SummaryState>;
  /** Of a node's summaries, encoded, those that whoever holds the others lacks. */
  lackingIn(node: NodeId, others: ReadonlyMap<string, SummaryState>): AsyncIterable<Uint8Array>;
  /** Throws a typed error for what is refused. */
  accept(summary: SignedSummary): Promise<'new' | 'known'>;
  /** Which works are to be fetched, the most wanted first. */
  wantedWorks(): readonly WantedWorks[];
  /** Pages of works from one on, or undefined where they are not held. */
  worksPages(name: WorksName, from: number, maxBytes: number): Promise<Uint8Array[] | undefined>;
  /** Throws UsageSummaryError for what is refused. @returns whether it is still wanted */
  acceptWorks(name: WorksName, pages: readonly Uint8Array[]): Promise<boolean>;
  /** Lets go of all that a node has told. */
  forget(node: NodeId): Promise<void>;
  onOwnSummary(listener: (summary: SignedSummary) => void): () => void;
}

/**
 * Passes monthly usage summaries on: by gossip when they change, and in pairs, so that every node gets them all. What is told
 * by work is fetched by itself (`usage-works.ts`).
 */
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
  readonly #works: UsageWorks;
  readonly #exchanged = new LRUCache<NodeId, number>({ max: NODES_KEPT });
  #unsubscribe: (() => void) | undefined;
  #abort = new AbortController();
  #running: Promise<unknown> | undefined;

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
    this.#works = new UsageWorks(options);
  }

  start(): void {
    this.#abort = new AbortController();
    this.#running = Promise.all([this.#run(this.#abort.signal), this.#works.run(this.#abort.signal)]);
    this.#unsubscribe = this.#usage.onOwnSummary((summary) => {
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
          'USAGE_FOREIGN_SUMMARY',
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
      const others = new Set<NodeId>();
      const here = this.#usage.marks();
      await client.usage(
        digestOfMarks(here),
        (nodes) => {
          for (const { node: one, mark } of nodes) if (here.get(one) !== mark) others.add(one);
        },
        signal,
      );
      const wanted = [...others].filter((one) => this.#isFollowed(one));
      for (let at = 0; at < wanted.length; at += QUESTIONS_AT_ONCE)
        await Promise.all(
          wanted.slice(at, at + QUESTIONS_AT_ONCE).map((one) => this.#fetch(client, node, one, signal)),
        );
    } catch (error) {
      this.#exchanged.delete(node);
      if (!signal.aborted) this.#refuse(node, error);
    }
  }

  /** Asks a holder for what it holds of one node, and is lacking here. */
  async #fetch(client: ReplicationClient, holder: NodeId, of: NodeId, signal: AbortSignal): Promise<void> {
    const known = [...this.#usage.statesOf(of)].map(([month, state]) => ({ month, ...state }));
    await client.summaries(
      of,
      known,
      async (summaries) => {
        for (const bytes of summaries) await this.#take(holder, bytes);
      },
      signal,
    );
  }

  /** One summary that does not stand up is no reason to leave the others. */
  async #take(holder: NodeId, bytes: Uint8Array): Promise<void> {
    let summary: SignedSummary | undefined;
    try {
      summary = decodeSummary(bytes);
      if (this.#isFollowed(summary.node)) await this.#usage.accept(summary);
    } catch (error) {
      const isOrigins = error instanceof NgrError && ORIGINS_FAULT.has(error.code);
      this.#refuse(isOrigins && summary !== undefined ? summary.node : holder, error);
    }
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
