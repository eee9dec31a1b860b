import { isbot } from 'isbot';
import type { Logger } from 'pino';
import type { Signer } from '../../../protocols/heads/index.ts';
import type { SignedSummary } from '../../../protocols/usage-summary/index.ts';
import { isRecordKey } from '../../../vocab/record-key.ts';
import type { Catalogue } from '../../catalogue/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import type { Clock } from '../../clock.ts';
import type { Section } from '../../store/index.ts';
import { Decisions } from './decisions.ts';
import { DoubleClicks } from './double-clicks.ts';
import { UsageError } from './errors.ts';
import { ItemCounts, type ItemCount } from './item-counts.ts';
import type { Counts, Decision } from './layout.ts';
import { Summaries } from './summaries.ts';
import { totalsOf, type UsageTotals } from './totals.ts';
import { UserHash } from './user-hash.ts';

/** One look at an item, as a server saw it. */
export interface Hit {
  /** COUNTER 5.1: the item's page was seen (investigation), or its content (request). */
  kind: 'investigation' | 'request';
  /** The key of the record. */
  key: string;
  /** Of the user, to find double clicks by; hashed at once, never kept or logged. */
  address: string;
  userAgent: string;
  /** Milliseconds since 1970. */
  time: number;
}

export interface MonthCounts extends Counts {
  month: string;
  /** Of the summary in which the month was last stated. */
  revision: number;
  /** The hundred most used items. */
  items: ItemCount[];
}

/** Is told which items are used in one session. */
export interface Sessions {
  /** @param session names a user until the end of the day, and cannot be led back to her */
  seen(session: string, key: string): Promise<void>;
}

type UsageCatalogue = Pick<Catalogue, 'node' | 'holdings'> & { feeds: Pick<Catalogue['feeds'], 'state'> };

const TOP_ITEMS = 100;
/** Repositories send again what they could not deliver, for some weeks. */
const MAX_AGE_MS = 92 * 86_400_000;
const CLOCK_SKEW_MS = 5 * 60_000;
const ANNOUNCE_AFTER_MS = 5_000;
const MAX_TEXT = 1_000;

/**
 * How often the node's own items are used, by COUNTER's rules, and how often the network's are, by the nodes' summaries.
 *
 * Nothing personal is stored or logged. A hit that was acknowledged is on disk. A node speaks only for its own items.
 */
export class Usage {
  readonly #catalogue: UsageCatalogue;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #isRobot: (userAgent: string) => boolean;
  readonly #doubleClicks: DoubleClicks;
  readonly #sessions: Sessions | undefined;
  readonly #users: UserHash;
  readonly #counts: ItemCounts;
  readonly #summaries: Summaries;
  readonly #decisions: Decisions;
  readonly #listeners = new Set<(summary: SignedSummary) => void>();
  /** Signed and not yet told, by month. */
  readonly #untold = new Map<string, SignedSummary>();
  readonly #announceAfterMs: number;
  #abort = new AbortController();
  #announcing: Promise<void> | undefined;
  #wake: () => void = () => undefined;
  #isChanged = true;

  constructor(options: {
    section: Section;
    catalogue: UsageCatalogue;
    signer: Signer;
    clock: Clock;
    log: Logger;
    sessions?: Sessions;
    /** Whether a user agent is a robot's; without it, by the `isbot` package. */
    isRobot?: (userAgent: string) => boolean;
    /** How long changes of the own counts are gathered before a new summary is told of. */
    announceAfterMs?: number;
  }) {
    const { section, signer, clock } = options;
    const log = options.log.child({ part: 'usage' });
    this.#catalogue = options.catalogue;
    this.#clock = clock;
    this.#log = log;
    this.#isRobot = options.isRobot ?? isbot;
    this.#doubleClicks = new DoubleClicks({ clock, log });
    this.#sessions = options.sessions;
    this.#users = new UserHash({ clock, keptMs: 0 });
    this.#counts = new ItemCounts(section);
    this.#summaries = new Summaries({ section, signer, clock, log });
    this.#decisions = new Decisions({ section, clock });
    this.#announceAfterMs = options.announceAfterMs ?? ANNOUNCE_AFTER_MS;
  }

  /**
   * Goes on for the ids that the node had before: counts of its items are under their new keys, and what it said under a
   * former id is said under the new one, so it is counted once.
   */
  async succeed(predecessors: readonly NodeId[]): Promise<void> {
    if (predecessors.length === 0) return;
    await this.#counts.rename(this.#catalogue.node, (key) => this.#catalogue.holdings.movedTo(key));
    for (const node of predecessors) await this.#summaries.forget(node);
  }

  start(): void {
    this.#abort = new AbortController();
    this.#announcing = this.#announce(this.#abort.signal);
  }

  /** Resolves when every hit and summary that was taken is on disk. */
  async stop(): Promise<void> {
    this.#abort.abort();
    this.#wake();
    await this.#announcing;
    await this.#counts.idle();
    await this.#summaries.idle();
  }

  /**
   * Counts a hit, unless it is a robot's (COUNTER 5.1 §7.8; who sends no user agent is one) or one action together with
   * another (§7.2). Resolves when that is on disk.
   *
   * @throws UsageError `USAGE_UNKNOWN_ITEM` · `USAGE_NOT_OWN` another node's item · `USAGE_WITHDRAWN_ITEM` ·
   *   `USAGE_BAD_TIME` to come, or more than three months ago
   */
  async record(hit: Hit): Promise<'counted' | 'robot' | 'double-click'> {
    const userAgent = hit.userAgent.slice(0, MAX_TEXT).trim();
    if (userAgent === '' || this.#isRobot(userAgent)) return 'robot';
    const time = this.#checkedTime(hit.time);
    await this.#checkItem(hit.key);
    const { key, kind } = hit;
    const address = hit.address.slice(0, MAX_TEXT).trim();
    const { isRepeat, changes, forget } = this.#doubleClicks.take({ address, userAgent, key, kind, time });
    try {
      await this.#counts.add(
        [...changes].map(([month, by]) => ({
          key,
          month,
          investigations: by,
          requests: kind === 'request' ? by : 0,
        })),
      );
    } catch (error) {
      forget();
      throw error;
    }
    if (changes.size > 0) this.#noteChange();
    if (!isRepeat) this.#noteSession(this.#users.names([address, userAgent])[0], key);
    return isRepeat ? 'double-click' : 'counted';
  }

  /** The node's own counts, by month. */
  async own(): Promise<MonthCounts[]> {
    await this.#restate();
    const revisions = new Map(
      (await this.#summaries.ofNode(this.#catalogue.node)).map(({ month, revision }) => [month, revision]),
    );
    const months: MonthCounts[] = [];
    for (const month of await this.#counts.months()) {
      const items = await this.#counts.topItems(month.month, TOP_ITEMS);
      months.push({ ...month, revision: revisions.get(month.month) ?? 0, items });
    }
    return months;
  }

  /** Of one of the node's own items, over all time. */
  async counts(key: string): Promise<Counts> {
    return await this.#counts.ofItem(key);
  }

  /** The network's usage, this node's included, as far as summaries have come; what is out of all proportion apart. */
  async totals(): Promise<UsageTotals> {
    const summaries: SignedSummary[] = [];
    for await (const summary of this.held()) summaries.push(summary);
    return totalsOf(summaries, {
      recordsOf: (node) => this.#catalogue.feeds.state(node)?.records ?? 0,
      decisions: await this.#decisions.all(),
    });
  }

  /**
   * Notes the operator's word on a node's usage: `accepted` is counted, also where it is out of proportion, until it has
   * doubled; `refused` is kept apart, whatever it is. The later word stands.
   * @throws UsageError `USAGE_NODE_UNKNOWN` the node has told nothing
   */
  async decide(node: NodeId, word: Decision['word']): Promise<void> {
    const told = await this.#summaries.ofNode(node);
    if (told.length === 0) {
      throw new UsageError('USAGE_NODE_UNKNOWN', `No usage of a node ${node} is known here.`, {
        remedy: 'See "ngr usage --json" for the nodes that have told of usage.',
      });
    }
    const upTo = told.reduce((most, { investigations }) => Math.max(most, investigations), 0);
    await this.#decisions.note(node, word, upTo);
    this.#log.info({ node, word }, 'the operator has decided on the usage of a node');
  }

  /** The summaries that stand, of this node (signed now where counts have changed) and of others. */
  async *held(): AsyncGenerator<SignedSummary> {
    await this.#restate();
    yield* this.#summaries.held();
  }

  /**
   * Takes in a summary of another node. A higher revision replaces a lower one; what comes again changes nothing.
   * @throws UsageError as `Summaries.accept`
   */
  async accept(summary: SignedSummary): Promise<'new' | 'known'> {
    const outcome = await this.#summaries.accept(summary);
    // One of its own, which it signed before it was restored from a copy: it has to say anew what it counts now.
    if (outcome === 'new' && summary.node === this.#catalogue.node) this.#noteChange();
    return outcome;
  }

  /** Lets go of all that another node has told: it counts in no total any more. */
  async forget(node: NodeId): Promise<void> {
    await this.#summaries.forget(node);
  }

  /** Calls `listener` with the node's own new summaries, some seconds after counts changed. @returns what ends it */
  onOwnSummary(listener: (summary: SignedSummary) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #checkedTime(time: number): number {
    const now = this.#clock.now();
    if (!Number.isSafeInteger(time) || time > now + CLOCK_SKEW_MS || time < now - MAX_AGE_MS) {
      throw new UsageError('USAGE_BAD_TIME', 'A hit is to come, or lies more than three months back.', {
        remedy: 'Check the clock of the server that sent it.',
      });
    }
    return Math.min(time, now);
  }

  async #checkItem(key: string): Promise<void> {
    const place = isRecordKey(key) ? await this.#catalogue.holdings.place(key) : undefined;
    if (place === undefined || place.kind === 'dropped') {
      throw new UsageError('USAGE_UNKNOWN_ITEM', 'A hit is on an item that is not held here.', {
        remedy: 'Harvest the repository, so that the item is known; then send the hit again.',
      });
    }
    if (place.node !== this.#catalogue.node) {
      throw new UsageError(
        'USAGE_NOT_OWN',
        `The item ${key} is another node's, which counts its own usage.`,
        {
          remedy: 'Send the hit to the node of the repository in which the item lies.',
        },
      );
    }
    if (place.kind === 'withdrawn' || place.kind === 'deleted') {
      throw new UsageError('USAGE_WITHDRAWN_ITEM', `The item ${key} has been withdrawn; it is not counted.`, {
        remedy: 'Nothing, unless the item should be visible again: then reinstate it.',
      });
    }
  }

  /** Signs what has changed, so that it can be shown; peers are told of it with the next announcement. */
  async #restate(): Promise<void> {
    const restated = await this.#summaries.restate(() => this.#counts.months());
    for (const summary of restated) this.#untold.set(summary.month, summary);
  }

  /** What is used together is worth little beside the count itself: its failure is none of the hit's. */
  #noteSession(session: string | undefined, key: string): void {
    if (session === undefined) return;
    this.#sessions
      ?.seen(session, key)
      .catch((error: unknown) => this.#log.warn({ err: error }, 'use in one session was not counted'));
  }

  #noteChange(): void {
    this.#isChanged = true;
    this.#wake();
  }

  async #announce(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if (!this.#isChanged) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        continue;
      }
      await this.#clock.sleep(this.#announceAfterMs, signal).catch(() => undefined);
      if (signal.aborted) return;
      this.#isChanged = false;
      try {
        await this.#restate();
        this.#tell();
      } catch (error) {
        this.#isChanged = true;
        this.#log.error({ err: error }, 'own usage could not be summed up, tries again');
      }
    }
  }

  #tell(): void {
    const summaries = [...this.#untold.values()];
    this.#untold.clear();
    for (const summary of summaries) for (const listener of this.#listeners) listener(summary);
  }
}
