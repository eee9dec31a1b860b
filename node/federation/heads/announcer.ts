import type { Logger } from 'pino';
import { encodeAnnouncement, fitsInline } from '../../../protocols/heads/index.ts';
import type { Catalogue, Committed, ReceivedEntry } from '../../catalogue/index.ts';
import type { Clock } from '../../clock.ts';
import type { FederationMetrics } from '../peers/metrics.ts';
import type { Network } from '../network/network.ts';

/** After the first change, so long is waited for others to go with it. */
export const COALESCE_MS = 30;
/** Between two announcements, at the least. */
export const SPACING_MS = 100;
/** Without any change, the head goes out as often, so that others see that the node is alive. */
const HEARTBEAT_MS = 5 * 60_000;
/** In a large network less often: each heartbeat reaches every node, and all of them together make one in this time. */
const HEARTBEAT_A_NODE_MS = 1_000;
const LONGEST_HEARTBEAT_MS = 2 * 60 * 60_000;

/** How long a node without changes is silent, where so many nodes are known; milliseconds. See docs/scale.md. */
export function heartbeatMs(nodes: number): number {
  return Math.min(LONGEST_HEARTBEAT_MS, Math.max(HEARTBEAT_MS, nodes * HEARTBEAT_A_NODE_MS));
}

/**
 * Tells the network of the own feed's head: soon after a change, several changes together, with the changes themselves
 * where they are few and small; and now and then without one.
 */
export class Announcer {
  readonly #catalogue: Catalogue;
  readonly #network: Network;
  readonly #topics: readonly string[];
  readonly #nodesKnown: () => number;
  readonly #clock: Clock;
  readonly #metrics: FederationMetrics;
  readonly #log: Logger;
  /** Changes since the last announcement; undefined once they are too many to go with it. */
  #pending: ReceivedEntry[] | undefined = [];
  #after = 0;
  /** Whether the head is to go out although no record has changed. */
  #isAsked = false;
  #changed: () => void = () => undefined;
  #abort = new AbortController();
  #running: Promise<void> | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(options: {
    catalogue: Catalogue;
    network: Network;
    /** One a network. */
    topics: readonly string[];
    /** How many nodes are known, on which the pace of the heartbeat depends. */
    nodesKnown: () => number;
    clock: Clock;
    metrics: FederationMetrics;
    log: Logger;
  }) {
    this.#catalogue = options.catalogue;
    this.#network = options.network;
    this.#topics = options.topics;
    this.#nodesKnown = options.nodesKnown;
    this.#clock = options.clock;
    this.#metrics = options.metrics;
    this.#log = options.log;
  }

  start(): void {
    this.#abort = new AbortController();
    this.#after = this.#catalogue.head.seq;
    this.#pending = [];
    this.#unsubscribe = this.#catalogue.onCommit((committed) => this.#note(committed));
    this.#running = this.#run(this.#abort.signal);
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    this.#abort.abort();
    this.#changed();
    await this.#running;
  }

  /** Tells of the head soon: it says something else of the institution. */
  announce(): void {
    this.#isAsked = true;
    this.#changed();
  }

  #note({ node, entries }: Committed): void {
    if (node !== this.#catalogue.node) return;
    this.#pending?.push(...entries);
    if (this.#pending !== undefined && !fitsInline(this.#pending)) this.#pending = undefined;
    this.#changed();
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const changed = await this.#changeOrHeartbeat(signal);
      if (signal.aborted) return;
      try {
        if (changed) await this.#clock.sleep(COALESCE_MS, signal);
        else await this.#catalogue.renewHead();
        await this.#announce();
        await this.#clock.sleep(SPACING_MS, signal);
      } catch (error) {
        if (signal.aborted) return;
        this.#log.warn({ err: error }, 'the head could not be announced');
        await this.#clock.sleep(SPACING_MS, signal).catch(() => undefined);
      }
    }
  }

  async #changeOrHeartbeat(signal: AbortSignal): Promise<boolean> {
    if (this.#isAsked || this.#catalogue.head.seq > this.#after) return true;
    const timer = new AbortController();
    const change = new Promise<true>((resolve) => {
      this.#changed = () => resolve(true);
    });
    const heartbeat = this.#clock.sleep(heartbeatMs(this.#nodesKnown()), timer.signal).then(
      () => false as const,
      () => true as const,
    );
    if (signal.aborted) this.#changed();
    const result = await Promise.race([change, heartbeat]);
    timer.abort();
    return result;
  }

  async #announce(): Promise<void> {
    // Nothing is awaited from here to the publishing, so the head and the changes that led to it belong together.
    const { head } = this.#catalogue;
    const changes = latestOfEach(this.#pending ?? []);
    const after = this.#pending === undefined ? head.seq : this.#after;
    this.#pending = [];
    this.#after = head.seq;
    this.#isAsked = false;
    this.#metrics.announcementsSent.inc();
    const announcement = encodeAnnouncement({ head, after, changes });
    for (const topic of this.#topics) await this.#network.publish(topic, announcement);
  }
}

/** Of several changes to one record the last: the earlier ones are gone from the feed. */
function latestOfEach(changes: readonly ReceivedEntry[]): ReceivedEntry[] {
  const latest = new Map<string, ReceivedEntry>();
  for (const change of changes) {
    latest.delete(change.entry.record);
    latest.set(change.entry.record, change);
  }
  return [...latest.values()];
}
