import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { SignatureVerifier, SignedHead, Signer } from '../../../protocols/heads/index.ts';
import { versionOf, workKeys } from '../../../protocols/holdings-filter/index.ts';
import { limits, LOOKUP_PROTOCOL, LookupClient, serveLookup } from '../../../protocols/lookup/index.ts';
import type { FrameChannel } from '../../../protocols/replication/index.ts';
import { NgrError } from '../../../vocab/errors.ts';
import { isTombstone, type NodeId, type Record as NgrRecord } from '../../../vocab/record.ts';
import { workProfile } from '../../../vocab/same-work/index.ts';
import type { Catalogue } from '../../catalogue/index.ts';
import type { Clock } from '../../clock.ts';
import type { Section } from '../../store/index.ts';
import type { Network } from '../network/network.ts';
import { LookupAnswers } from './answers.ts';
import { Asking } from './asking.ts';
import { HeldFilters } from './held-filters.ts';
import { LookedUpRecords } from './looked-up-records.ts';
import { lookupMetrics } from './metrics.ts';
import { OwnFilter } from './own-filter.ts';
import { Promises } from './promises.ts';
import { sharedWork } from './same-work.ts';
import { Visits } from './visits.ts';
import { Wanted } from './wanted.ts';
import type { WorkKeyIndex } from './work-key-index.ts';

const ROUND_MS = 60_000;
/** A minute; so 5,000 nodes are visited in some ten hours. */
const VISITS_A_ROUND = 8;
/**
 * Nodes are visited again before what they gave is a day old, or when so much of their feed has changed, but not within
 * an hour.
 */
const VISITED_EVERY_MS = 20 * 60 * 60 * 1_000;
const VISITED_AT_MOST_EVERY_MS = 60 * 60 * 1_000;
const CHANGED_SHARE = 0.05;
const FILTER_EVERY_MS = 5 * 60_000;
const CONVERSATION_MS = 2 * 60_000;
/** For one record: those that have most of its keys go first. */
const NODES_A_LOOKUP = 8;

/** The other nodes, as federation knows them. */
interface OtherNodes {
  /** The newest heads of those that may be asked: of our networks, trusted, and not followed. */
  unfollowed(): SignedHead[];
  /** Whether nothing of a node is to be kept here: it is followed, or not to be dealt with. */
  isExcluded(node: NodeId): boolean;
  /** Notes against a node what it sent. */
  refuse(node: NodeId, error: unknown): void;
  /** @returns what ends it */
  onHead(listener: (head: SignedHead) => void): () => void;
}

/** A copy of a record's work at a node that is not followed. */
export interface LookedUpCopy {
  key: string;
  record: NgrRecord;
  /** What its institution calls itself. */
  institution: string;
  /** What joins it to the record, in words. */
  reasons: string[];
}

interface LookupsOptions {
  catalogue: Catalogue;
  network: Network;
  nodes: OtherNodes;
  index: WorkKeyIndex;
  signer: Signer;
  verifier: SignatureVerifier;
  /** Where other nodes' filters are kept, and what they gave. */
  filters: Section;
  lookedUp: Section;
  registry: Registry;
  /** How long another node may take to answer. */
  answerTimeoutMs?: number;
  clock: Clock;
  log: Logger;
}

/**
 * Who else holds a copy, among nodes whose feeds are not followed: each node publishes a filter of its works' keys, and
 * is asked for the records behind those that it shares with this one. Only keys are sent, and only those of records that
 * are held here: never anything that a person typed.
 */
export class Lookups {
  readonly #catalogue: Catalogue;
  readonly #network: Network;
  readonly #nodes: OtherNodes;
  readonly #verifier: SignatureVerifier;
  readonly #filter: OwnFilter;
  readonly #answers: LookupAnswers;
  readonly #filters: HeldFilters;
  readonly #records: LookedUpRecords;
  readonly #promises: Promises;
  readonly #visits: Visits;
  readonly #wanted: Wanted;
  readonly #timeoutMs: number | undefined;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #visited = new LRUCache<NodeId, number>({ max: 20_000 });
  /** Nodes that gave records and have a new head since. */
  readonly #moved = new Set<NodeId>();
  #filterMadeAt = Number.NEGATIVE_INFINITY;
  #abort = new AbortController();
  #running: Promise<unknown> = Promise.resolve();
  #unsubscribe: () => void = () => undefined;

  constructor(options: LookupsOptions) {
    const { catalogue, network, index, signer, clock, registry } = options;
    this.#catalogue = catalogue;
    this.#network = network;
    this.#nodes = options.nodes;
    this.#verifier = options.verifier;
    this.#timeoutMs = options.answerTimeoutMs;
    this.#clock = clock;
    this.#log = options.log.child({ part: 'lookup' });
    this.#filter = new OwnFilter({ index, catalogue, signer, clock });
    this.#answers = new LookupAnswers({ catalogue, index, filter: this.#filter, clock });
    const filters = new HeldFilters({ section: options.filters });
    const records = new LookedUpRecords({ section: options.lookedUp });
    this.#filters = filters;
    this.#records = records;
    this.#promises = new Promises({ clock });
    this.#visits = new Visits({ index, filters, records, promises: this.#promises, clock });
    this.#wanted = new Wanted({ clock, look: (key) => this.#lookUp(key) });
    lookupMetrics(registry, { filters, records });
    network.serve(LOOKUP_PROTOCOL, (from, channel, signal) => this.#serve(from, channel, signal));
  }

  async start(): Promise<void> {
    this.#abort = new AbortController();
    await this.#filter.load();
    await this.#filters.load();
    await this.#records.load();
    this.#unsubscribe = this.#nodes.onHead(({ node }) => {
      if (this.#filters.of(node) !== undefined) this.#moved.add(node);
    });
    this.#wanted.start();
    this.#running = this.#run(this.#abort.signal);
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    this.#abort.abort();
    await this.#wanted.stop();
    await this.#running;
  }

  /**
   * The copies of a held record's work that are known at nodes that are not followed. Nothing is waited for: who asks has
   * the record looked up in the background, so that more may be known the next time.
   */
  async copiesOf(key: string): Promise<LookedUpCopy[]> {
    const holding = await this.#catalogue.holdings.get(key);
    if (holding === undefined || isTombstone(holding)) return [];
    this.#wanted.want(key);
    const profile = workProfile(holding);
    const known = await this.#records.with(workKeys(holding), this.#clock.now());
    return known.flatMap(({ key, name, holding: copy }) => {
      if (isTombstone(copy) || this.#nodes.isExcluded(copy.node)) return [];
      const reasons = sharedWork(profile, workProfile(copy));
      return reasons === undefined ? [] : [{ key, record: copy, institution: name, reasons }];
    });
  }

  /** The node's own holdings filter, as others are told of it; undefined before it was made. */
  get filter(): { protocol: string; version: string; keys: number; seq: number; time: number } | undefined {
    const { manifest } = this.#filter;
    if (manifest === undefined) return undefined;
    const { keys, seq, time } = manifest;
    return { protocol: LOOKUP_PROTOCOL, version: versionOf(manifest), keys, seq, time };
  }

  /** What is done every minute: the own filter, a few visits, what is out of date. Public for tests, which have no time. */
  async round(): Promise<void> {
    const now = this.#clock.now();
    const { signal } = this.#abort;
    if (now - this.#filterMadeAt >= FILTER_EVERY_MS) {
      await this.#filter.refresh(signal);
      this.#filterMadeAt = now;
    }
    await this.#records.expire(now);
    const heads = new Map(this.#nodes.unfollowed().map((head) => [head.node, head]));
    for (const node of this.#filters.nodes()) {
      if (this.#nodes.isExcluded(node)) await this.#forget(node);
    }
    const due = [...heads.values()].filter((head) => this.#isDue(head, now)).slice(0, VISITS_A_ROUND);
    await Promise.all(due.map((head) => this.#visit(head)));
    await this.#renew(heads);
  }

  #isDue(head: SignedHead, now: number): boolean {
    const { node, seq, live } = head;
    if (this.#promises.isIgnored(node)) return false;
    const held = this.#filters.of(node);
    const last = Math.max(this.#visited.get(node) ?? 0, held?.checkedAt ?? 0);
    if (now - last < VISITED_AT_MOST_EVERY_MS) return false;
    if (held === undefined || now - last >= VISITED_EVERY_MS) return true;
    return seq - held.seq > live * CHANGED_SHARE;
  }

  async #visit(head: SignedHead): Promise<void> {
    this.#visited.set(head.node, this.#clock.now());
    await this.#converse(head, (asking) => this.#visits.visit(head, asking));
  }

  /** A withdrawal is in the head at once, and here within a minute. */
  async #renew(heads: ReadonlyMap<NodeId, SignedHead>): Promise<void> {
    for (const node of [...this.#moved].slice(0, VISITS_A_ROUND)) {
      this.#moved.delete(node);
      const head = heads.get(node);
      if (head === undefined || !(await this.#records.hasAnyOf(node))) continue;
      await this.#converse(head, (asking) => this.#visits.renew(node, asking));
    }
  }

  async #forget(node: NodeId): Promise<void> {
    await this.#filters.forget(node);
    await this.#records.forget(node);
    this.#visited.delete(node);
  }

  /** Asks the nodes that most probably hold a copy of a record. */
  async #lookUp(key: string): Promise<void> {
    const holding = await this.#catalogue.holdings.get(key);
    if (holding === undefined || isTombstone(holding)) return;
    const heads = this.#nodes.unfollowed().filter(({ node }) => !this.#promises.isIgnored(node));
    const hits = await this.#filters.mayHold(
      heads.map(({ node }) => node),
      workKeys(holding),
    );
    const likely = heads
      .flatMap((head) => ({ head, keys: hits.get(head.node) ?? [] }))
      .filter(({ keys }) => keys.length > 0)
      .toSorted((a, b) => b.keys.length - a.keys.length)
      .slice(0, NODES_A_LOOKUP);
    await Promise.all(
      likely.map(({ head, keys }) =>
        this.#converse(head, async (asking) => {
          const { copies } = await asking.records(keys.slice(0, limits.keys));
          await this.#records.put(copies, this.#clock.now());
        }),
      ),
    );
  }

  async #converse(head: SignedHead, talk: (asking: Asking) => Promise<void>): Promise<void> {
    const signal = AbortSignal.any([this.#abort.signal, AbortSignal.timeout(CONVERSATION_MS)]);
    let asking: Asking | undefined;
    try {
      const channel = await this.#network.open(head.node, LOOKUP_PROTOCOL, signal);
      const client = new LookupClient(channel, this.#timeoutMs);
      asking = new Asking({ client, head, verifier: this.#verifier, signal });
      await talk(asking);
    } catch (error) {
      this.#note(head.node, error);
    } finally {
      asking?.end();
    }
  }

  async #serve(from: NodeId, channel: FrameChannel, signal: AbortSignal): Promise<void> {
    try {
      await serveLookup(channel, (request) => this.#answers.answer(from, request), signal);
    } catch (error) {
      this.#note(from, error);
      throw error;
    }
  }

  /** A stream that ends is no fault of anyone's; a typed error tells of one, silence and too many questions aside. */
  #note(node: NodeId, error: unknown): void {
    if (this.#abort.signal.aborted) return;
    this.#log.debug({ err: error, node }, 'a lookup ended');
    const isFault =
      error instanceof NgrError &&
      !['REPLICATION_TIMEOUT', 'LOOKUP_BUSY', 'LOOKUP_ENDED', 'FEDERATION_NOT_CONNECTED'].includes(
        error.code,
      );
    if (isFault) this.#nodes.refuse(node, error);
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#clock.sleep(ROUND_MS, signal).catch(() => undefined);
      if (signal.aborted) return;
      await this.round().catch((error: unknown) => {
        if (!signal.aborted) this.#log.error({ err: error }, 'a round of lookups failed');
      });
    }
  }
}
