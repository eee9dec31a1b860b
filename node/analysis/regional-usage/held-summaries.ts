import type { Logger } from 'pino';
import {
  checkWorks,
  decodeStoredSummary,
  encodeSummary,
  type SignedSummary,
} from '../../../protocols/usage-summary/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import { writeBatch, WriteQueue, type Operation, type Section } from '../../store/index.ts';
import { RegionalUsageError } from './errors.ts';
import { HeldMonths, markOf, type HeldMonth } from './held-months.ts';
import { HeldWorks } from './held-works.ts';
import {
  decodeOwnState,
  decodeWorksHeld,
  encodeOwnState,
  nodeAndMonthOf,
  ownStateKey,
  summariesOf,
  summaryKey,
  summaryRange,
  worksHeldRange,
  type OwnState,
  type WorksHeld,
} from './layout.ts';

const MAX_NODES = 10_000;
/** Of one node: fifty years. */
const MAX_MONTHS = 600;
/** Of all shares together, of eight bytes each in memory: of five hundred nodes some twenty years. */
const MAX_NUMBERS = 16_000_000;

/** Which works of a node and month are meant. */
export interface WorksName {
  node: NodeId;
  month: string;
  /** As their summary says it, in hex. */
  digest: string;
}

/**
 * The monthly summaries that are held, of this node and of others, with their works: of each node and month the one that
 * stands. What of them goes into sums is in memory as well.
 *
 * Which one stands depends on the summaries alone and not on the order in which they came: the highest revision, and
 * where a node signed two of the same revision (it was restored from a copy), the later of the two.
 */
export class HeldSummaries {
  readonly months = new HeldMonths();
  readonly works: HeldWorks;
  readonly #section: Section;
  readonly #self: NodeId;
  readonly #log: Logger;
  readonly #writes = new WriteQueue();

  private constructor(options: { section: Section; self: NodeId; log: Logger }) {
    this.#section = options.section;
    this.#self = options.self;
    this.#log = options.log;
    this.works = new HeldWorks(options.section);
  }

  /** Reads what is stored into memory. */
  static async open(options: { section: Section; self: NodeId; log: Logger }): Promise<HeldSummaries> {
    const held = new HeldSummaries(options);
    await options.section.open();
    for await (const bytes of options.section.values(summaryRange))
      held.months.set(decodeStoredSummary(bytes), undefined);
    for await (const [key, bytes] of options.section.iterator(worksHeldRange)) {
      const { node, month } = nodeAndMonthOf(key);
      held.months.setWorks(node, month, decodeWorksHeld(bytes));
    }
    return held;
  }

  async get(node: NodeId, month: string): Promise<SignedSummary | undefined> {
    const bytes = await this.#section.get(summaryKey(node, month));
    return bytes === undefined ? undefined : decodeStoredSummary(bytes);
  }

  /** Those of a node, ascending by month. */
  async *ofNode(node: NodeId): AsyncGenerator<SignedSummary> {
    for await (const bytes of this.#section.values(summariesOf(node))) yield decodeStoredSummary(bytes);
  }

  /**
   * Keeps a summary whose signature was checked, where it is to stand.
   * @throws RegionalUsageError `USAGE_REVISION_DOWN` · `USAGE_TOO_MANY_NODES` · `USAGE_TOO_MANY_MONTHS`
   */
  async keep(summary: SignedSummary): Promise<'new' | 'known'> {
    return await this.#writes.run(async () => {
      const held = this.months.get(summary.node, summary.month);
      if (held !== undefined && !supersedes(summary, held)) {
        // What comes late is of an earlier time; a lower revision of a later one is none that a node may state.
        if (summary.revision < held.revision && summary.time > held.time) throw revisionDown(summary, held);
        return 'known';
      }
      if (held === undefined) this.#checkRoom(summary);
      const isOwn = summary.node === this.#self;
      if (isOwn) {
        // Signed by this node in a past that its data do not know: its next revision has to be above that one.
        const { month, revision } = summary;
        this.#log.warn({ month, revision }, 'own usage is restated after a restore');
      }
      const forgetState: Operation = { type: 'del', key: ownStateKey(summary.month) };
      await this.#put(summary, isOwn ? [forgetState] : [], held?.worksHeld);
      return 'new';
    });
  }

  /**
   * States an own month.
   * @param sign makes the summary from the one that stands, or nothing where that says the same
   */
  async state(
    { month, state }: { month: string; state: OwnState },
    sign: (standing: SignedSummary | undefined) => SignedSummary | undefined,
    pages: readonly Uint8Array[],
  ): Promise<SignedSummary | undefined> {
    return await this.#writes.run(async () => {
      const noted: Operation = { type: 'put', key: ownStateKey(month), value: encodeOwnState(state) };
      const summary = sign(await this.get(this.#self, month));
      if (summary === undefined) {
        await writeBatch(this.#section, [noted], { durable: false });
        return undefined;
      }
      const worksHeld = worksHeldOf(summary, summary.time);
      const works = this.works.replacing(this.#self, month, worksHeld, pages);
      // On disk before anyone sees it: a revision must never be signed twice with different counts.
      await this.#put(summary, [noted, ...works], worksHeld);
      return summary;
    });
  }

  /** Of which state of the own counts the own summary of a month is. */
  async ownState(month: string): Promise<OwnState | undefined> {
    // What was said under an id that the node had before does not stand: it is to be said anew.
    if (this.months.get(this.#self, month) === undefined) return undefined;
    const bytes = await this.#section.get(ownStateKey(month));
    return bytes === undefined ? undefined : decodeOwnState(bytes);
  }

  /**
   * Takes in the works of a summary that stands.
   * @returns whether it still stands
   * @throws UsageSummaryError as `checkWorks`
   */
  async keepWorks(name: WorksName, pages: readonly Uint8Array[], now: number): Promise<boolean> {
    const { node, month, digest } = name;
    const summary = await this.get(node, month);
    if (summary === undefined || digestOf(summary) !== digest) return false;
    checkWorks(summary, pages);
    return await this.#writes.run(async () => {
      const worksHeld = worksHeldOf(summary, now);
      if (this.months.get(node, month)?.works.digest !== digest) return false;
      await writeBatch(this.#section, this.works.replacing(node, month, worksHeld, pages), {
        durable: false,
      });
      this.months.setWorks(node, month, worksHeld);
      return true;
    });
  }

  /** Lets go of all that a node has told. */
  async forget(node: NodeId): Promise<void> {
    await this.#writes.run(async () => {
      for (const { month, worksHeld } of this.months.of(node)) {
        const works = worksHeld === undefined ? [] : this.works.removing(node, month);
        const removing: Operation[] = [...works, { type: 'del', key: summaryKey(node, month) }];
        await writeBatch(this.#section, removing, { durable: true });
      }
      this.months.delete(node);
    });
  }

  async idle(): Promise<void> {
    await this.#writes.idle();
  }

  async #put(
    summary: SignedSummary,
    others: readonly Operation[],
    worksHeld: WorksHeld | undefined,
  ): Promise<void> {
    const { node, month, works } = summary;
    const isWithout = works.count === 0 && worksHeld !== undefined && node !== this.#self;
    const operations: Operation[] = [
      { type: 'put', key: summaryKey(node, month), value: encodeSummary(summary) },
      ...others,
      ...(isWithout ? this.works.removing(node, month) : []),
    ];
    await writeBatch(this.#section, operations, { durable: true });
    this.months.set(summary, isWithout ? undefined : worksHeld);
  }

  #checkRoom({ node }: SignedSummary): void {
    if (node === this.#self) return;
    if (!this.months.has(node) && this.months.nodes >= MAX_NODES) {
      throw new RegionalUsageError(
        'USAGE_TOO_MANY_NODES',
        `Summaries of ${MAX_NODES} nodes are held; ${node} is left out.`,
        { remedy: 'Follow fewer nodes, or raise the limit in a version made for larger networks.' },
      );
    }
    if (this.months.of(node).length >= MAX_MONTHS || this.months.numbers >= MAX_NUMBERS) {
      throw new RegionalUsageError(
        'USAGE_TOO_MANY_MONTHS',
        `There is no room for another month of ${node}: it has told of ${this.months.of(node).length}.`,
        { remedy: 'See /usage for what nodes tell, and deny those that tell too much (follow.deny).' },
      );
    }
  }
}

function worksHeldOf(summary: SignedSummary, at: number): WorksHeld {
  return { revision: summary.revision, digest: digestOf(summary), at };
}

function digestOf({ works }: SignedSummary): string {
  return Buffer.from(works.digest).toString('hex');
}

function supersedes(summary: SignedSummary, held: HeldMonth): boolean {
  const order = summary.revision - held.revision || summary.time - held.time;
  return order > 0 || (order === 0 && markOf(summary) > held.mark);
}

function revisionDown({ node, month, revision }: SignedSummary, held: HeldMonth): RegionalUsageError {
  return new RegionalUsageError(
    'USAGE_REVISION_DOWN',
    `${node} states ${month} anew as revision ${revision}, having stated ${held.revision} before.`,
    {
      remedy:
        'Nothing to do here: the higher one stands. The node was restored from a copy; it goes above it once it has heard of it.',
    },
  );
}
