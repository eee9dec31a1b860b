import { LRUCache } from 'lru-cache';
import type { ReplicationClient } from '../../../protocols/replication/index.ts';
import { decodeSummary, type SignedSummary } from '../../../protocols/usage-summary/index.ts';
import { NgrError } from '../../../vocab/errors.ts';
import type { NodeId } from '../../../vocab/record.ts';
import type { Clock } from '../../clock.ts';
import type { UsageSources } from './usage-sources.ts';
import { digestOfMarks, type UsageSummaries } from './usage-summaries.ts';

/** With one node, summaries are exchanged as often. */
const EXCHANGE_MS = 5 * 60_000;
/** One of those that are connected is asked for them as often, on average: gossip loses some. */
const ROUND_MS = 60_000;
/** What a node signed, and whoever passes it on cannot know. */
const ORIGINS_FAULT: ReadonlySet<string> = new Set(['USAGE_FOREIGN_ITEMS', 'USAGE_REVISION_DOWN']);
const NODES_KEPT = 2_000;
/** Questions that are open at a time, in one exchange. */
const QUESTIONS_AT_ONCE = 8;

/**
 * Passes monthly usage summaries on in pairs, so that every node gets them all, whatever gossip loses. What is told by work is
 * fetched by itself (`usage-works.ts`).
 */
export class UsageExchange {
  readonly #usage: Pick<UsageSummaries, 'marks' | 'statesOf' | 'accept'>;
  readonly #sources: UsageSources;
  readonly #clock: Clock;
  readonly #exchanged = new LRUCache<NodeId, number>({ max: NODES_KEPT });

  constructor(options: {
    usage: Pick<UsageSummaries, 'marks' | 'statesOf' | 'accept'>;
    sources: UsageSources;
    clock: Clock;
  }) {
    this.#usage = options.usage;
    this.#sources = options.sources;
    this.#clock = options.clock;
  }

  /** Exchanges with one node after another, until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#sources.pause(ROUND_MS, signal);
      const [node] = this.#sources.connected();
      if (node !== undefined && !signal.aborted) await this.with(node, signal);
    }
  }

  /** A node is followed from now on: what was left of its word when others told of it is asked for again. */
  async followed(node: NodeId, signal: AbortSignal): Promise<void> {
    this.#exchanged.clear();
    if (this.#sources.isConnected(node)) await this.with(node, signal);
  }

  /** Fetches what a node holds of summaries, unless that was done a short time ago. */
  async with(node: NodeId, signal: AbortSignal): Promise<void> {
    const last = this.#exchanged.get(node);
    if (last !== undefined && this.#clock.steady() - last < EXCHANGE_MS) return;
    this.#exchanged.set(node, this.#clock.steady());
    try {
      const client = await this.#sources.client(node);
      const others = new Set<NodeId>();
      const here = this.#usage.marks();
      await client.usage(
        digestOfMarks(here),
        (nodes) => {
          for (const { node: one, mark } of nodes) if (here.get(one) !== mark) others.add(one);
        },
        signal,
      );
      const wanted = [...others].filter((one) => this.#sources.isFollowed(one));
      for (let at = 0; at < wanted.length; at += QUESTIONS_AT_ONCE)
        await Promise.all(
          wanted.slice(at, at + QUESTIONS_AT_ONCE).map((one) => this.#fetch(client, node, one, signal)),
        );
    } catch (error) {
      this.#exchanged.delete(node);
      if (!signal.aborted) this.#sources.refuse(node, error);
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
      if (this.#sources.isFollowed(summary.node)) await this.#usage.accept(summary);
    } catch (error) {
      const isOrigins = error instanceof NgrError && ORIGINS_FAULT.has(error.code);
      this.#sources.refuse(isOrigins && summary !== undefined ? summary.node : holder, error);
    }
  }
}
