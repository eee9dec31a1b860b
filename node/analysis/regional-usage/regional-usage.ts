import type { Logger } from 'pino';
import { SignatureVerifier, type Signer } from '../../../protocols/heads/index.ts';
import { encodeSummary, type SignedSummary, type WorksRow } from '../../../protocols/usage-summary/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import type { Clock } from '../../clock.ts';
import type { Section } from '../../store/index.ts';
import { SetApart } from './apart.ts';
import { Decisions } from './decisions.ts';
import { RegionalUsageError } from './errors.ts';
import { HeldSummaries, type WorksName } from './held-summaries.ts';
import { checkIncoming } from './incoming.ts';
import type { Decision } from './layout.ts';
import { OwnMonths } from './own-months.ts';
import type { ItemDescription, OwnUsage } from './own-usage.ts';
import { coverageOf, isMeant, isWithin, totalsOf, type NamedFacts, type TotalsBasis } from './totals.ts';
import type {
  Coverage,
  NodeFacts,
  SummaryFilter,
  TotalsQuery,
  UsageTotals,
  WorkTotals,
} from './totals-query.ts';
import { workTotals } from './work-totals.ts';

const ANNOUNCE_AFTER_MS = 5_000;
const TELL_EVERY_MS = 15 * 60_000;
/** Works of a month that still changes are fetched as often: they are a hundred times as long as its summary. */
const WORKS_EVERY_MS = 24 * 60 * 60_000;
/** A node may tell of so many times as many items as records of it are here, some of which are gone; and of so many more. */
const ITEMS_PER_RECORD = 2;
const ITEMS_ADDED = 1_000;

/** What tells one summary of a month from another. */
export interface SummaryState {
  revision: number;
  /** The same for the same summary only: 16 hex digits. */
  mark: string;
}

interface RegionalUsageOptions {
  section: Section;
  /** This node's own counts. */
  own: OwnUsage;
  /** What of the own items is told, in the order of their keys; undefined for what is held no longer. */
  describe: (keys: readonly string[]) => Promise<(ItemDescription | undefined)[]>;
  publishCountries: boolean;
  /** For how many days after a month's end events of it may still come. */
  finalAfterDays: number;
  /** The nodes that are known, by their ids. */
  nodes: () => ReadonlyMap<NodeId, NodeFacts>;
  /** How many records of a node are here. */
  recordsOf: (node: NodeId) => number;
  /** Whose records they are, as far as they are held here. */
  ownersOf: (keys: readonly string[]) => Promise<(NodeId | undefined)[]>;
  signer: Signer;
  clock: Clock;
  log: Logger;
  /** How long changes of the own counts are gathered before they are summed up. */
  announceAfterMs?: number;
  /** How often others are told of one own month that goes on changing, at the most. */
  tellEveryMs?: number;
}

/**
 * How much the items of a network are used: of each node and month one signed summary, this node's own among them, added up
 * as it is asked for. A node speaks only for its own items; what is stated anew takes the place of what was.
 */
export class RegionalUsage {
  readonly #options: RegionalUsageOptions;
  readonly #log: Logger;
  readonly #held: HeldSummaries;
  readonly #own: OwnMonths;
  readonly #decisions: Decisions;
  readonly #verifier = new SignatureVerifier();

  private constructor(options: RegionalUsageOptions, held: HeldSummaries, log: Logger) {
    const { section, own, describe, publishCountries, finalAfterDays, signer, clock } = options;
    this.#options = options;
    this.#log = log;
    this.#held = held;
    this.#own = new OwnMonths({
      summing: { own, describe, publishCountries },
      held,
      signer,
      finalAfterDays,
      announceAfterMs: options.announceAfterMs ?? ANNOUNCE_AFTER_MS,
      tellEveryMs: options.tellEveryMs ?? TELL_EVERY_MS,
      clock,
      log,
    });
    this.#decisions = new Decisions({ section, clock });
  }

  /** Reads the summaries that are held into memory. */
  static async open(options: RegionalUsageOptions): Promise<RegionalUsage> {
    const log = options.log.child({ part: 'regional-usage' });
    const held = await HeldSummaries.open({ section: options.section, self: options.signer.node, log });
    return new RegionalUsage(options, held, log);
  }

  start(): void {
    this.#own.start();
  }

  /** Resolves when every summary that was taken is on disk. */
  async stop(): Promise<void> {
    await this.#own.stop();
    await this.#held.idle();
  }

  /** Goes on for the ids that the node had before: what it said under them is said under the new one, and counts once. */
  async succeed(predecessors: readonly NodeId[]): Promise<void> {
    for (const node of predecessors) await this.#held.forget(node);
  }

  /** States the own months whose counts have changed now, rather than some seconds later. */
  async state(): Promise<void> {
    await this.#own.state();
  }

  /** The usage that is asked for, as far as summaries have come. @throws RegionalUsageError as `totalsOf` */
  async totals(query: TotalsQuery): Promise<UsageTotals> {
    return totalsOf(await this.#basis(), query);
  }

  /** What is held: which nodes, which months, in which revision, what of it is set apart and why. */
  async coverage(filter: SummaryFilter = {}): Promise<Coverage> {
    return coverageOf(await this.#basis(), filter);
  }

  /** The use of one work by the names of its records (`workNames`), in all repositories that tell of it. */
  async work(names: readonly string[], range: Pick<SummaryFilter, 'from' | 'to'> = {}): Promise<WorkTotals> {
    return await workTotals({ ...(await this.#basis()), works: this.#held.works }, names, range);
  }

  /** The summaries that stand, by node and month. */
  async *summaries(filter: SummaryFilter = {}): AsyncGenerator<SignedSummary> {
    const facts = this.#options.nodes();
    for (const [first] of this.#held.months.all()) {
      if (first === undefined || (filter.node !== undefined && filter.node !== first.node)) continue;
      if (!isMeant(factsOf(facts, first.node), filter)) continue;
      for await (const summary of this.#held.ofNode(first.node))
        if (isWithin(summary.month, filter)) yield summary;
    }
  }

  async summary(node: NodeId, month: string): Promise<SignedSummary | undefined> {
    return await this.#held.get(node, month);
  }

  /** The works of a month of a node, in lots, as far as they are held; of which revision, `coverage` tells. */
  works(node: NodeId, month: string): AsyncIterable<WorksRow[]> {
    return this.#held.works.rows(node, month);
  }

  /**
   * Notes the operator's word on a node's usage: `accepted` is counted, also where it is out of proportion, until it has
   * doubled; `refused` is kept apart, whatever it is. The later word stands.
   * @throws RegionalUsageError `USAGE_NODE_UNKNOWN` the node has told nothing
   */
  async decide(node: NodeId, word: Decision['word']): Promise<void> {
    const told = this.#held.months.of(node);
    if (told.length === 0) {
      throw new RegionalUsageError('USAGE_NODE_UNKNOWN', `No usage of a node ${node} is known here.`, {
        remedy: 'See "ngr usage --json" for the nodes that have told of usage.',
      });
    }
    const upTo = told.reduce((most, { total }) => Math.max(most, total.totalInvestigations), 0);
    await this.#decisions.note(node, word, upTo);
    this.#log.info({ node, word }, 'the operator has decided on the usage of a node');
  }

  /** For each node what is the same wherever the same summaries of it are held. */
  marks(): ReadonlyMap<NodeId, string> {
    return this.#held.months.marks();
  }

  /** What is held of a node, by month. */
  statesOf(node: NodeId): ReadonlyMap<string, SummaryState> {
    return new Map(
      this.#held.months.of(node).map(({ month, revision, mark }) => [month, { revision, mark }]),
    );
  }

  /** Of a node's summaries those that whoever holds the others lacks, as they go over the wire. */
  async *lackingIn(node: NodeId, others: ReadonlyMap<string, SummaryState>): AsyncGenerator<Uint8Array> {
    for (const { month, revision, mark } of this.#held.months.of(node)) {
      const other = others.get(month);
      if (other !== undefined && (revision < other.revision || mark === other.mark)) continue;
      const summary = await this.#held.get(node, month);
      if (summary !== undefined) yield encodeSummary(summary);
    }
  }

  /**
   * Takes in a summary as `decodeSummary` gave it, whoever carried it. A higher revision replaces a lower one; what comes
   * again, or late, changes nothing.
   * @throws RegionalUsageError as `checkIncoming` and `HeldSummaries.keep`
   */
  async accept(summary: SignedSummary): Promise<'new' | 'known'> {
    const { clock, ownersOf } = this.#options;
    await checkIncoming(summary, { verifier: this.#verifier, ownersOf, now: clock.now() });
    const outcome = await this.#held.keep(summary);
    // One of its own, which it signed before it was restored from a copy: it has to say anew what it counts now.
    if (outcome === 'new' && summary.node === this.#options.signer.node) this.#own.noteChange();
    return outcome;
  }

  /**
   * Which works are to be fetched, of the latest months first. Who tells of more items than it has records would fill the disk with
   * what nobody can ask for: those wait until the records are here.
   */
  wantedWorks(): (WorksName & { bytes: number })[] {
    const { clock, recordsOf, signer } = this.#options;
    const now = clock.now();
    return this.#held.months
      .all()
      .flat()
      .filter(({ node, works, worksHeld, isFinal }) => {
        if (node === signer.node || works.count === 0) return false;
        if (works.count > ITEMS_PER_RECORD * recordsOf(node) + ITEMS_ADDED) return false;
        if (worksHeld === undefined) return true;
        return worksHeld.digest !== works.digest && (isFinal || now - worksHeld.at >= WORKS_EVERY_MS);
      })
      .sort((a, b) => (a.month === b.month ? 0 : a.month < b.month ? 1 : -1))
      .map(({ node, month, works: { digest, bytes } }) => ({ node, month, digest, bytes }));
  }

  /** The pages of works from one on, or undefined where they are not held. */
  async worksPages(
    { node, month, digest }: WorksName,
    from: number,
    maxBytes: number,
  ): Promise<Uint8Array[] | undefined> {
    if (this.#held.months.get(node, month)?.worksHeld?.digest !== digest) return undefined;
    return await this.#held.works.pages(node, month, from, maxBytes);
  }

  /**
   * Takes in the works of a summary that is held.
   * @returns whether it still stands
   * @throws UsageSummaryError as `checkWorks`
   */
  async acceptWorks(name: WorksName, pages: readonly Uint8Array[]): Promise<boolean> {
    return await this.#held.keepWorks(name, pages, this.#options.clock.now());
  }

  /** Lets go of all that another node has told: it counts in no total any more. */
  async forget(node: NodeId): Promise<void> {
    await this.#held.forget(node);
  }

  /** Calls `listener` with the node's own new summaries, some seconds after counts changed. @returns what ends it */
  onOwnSummary(listener: (summary: SignedSummary) => void): () => void {
    return this.#own.onSummary(listener);
  }

  async #basis(): Promise<TotalsBasis> {
    const held = this.#held.months;
    const facts = this.#options.nodes();
    const decisions = await this.#decisions.all();
    const apart = new SetApart({ held: held.all(), decisions, recordsOf: this.#options.recordsOf });
    return { held, apart, factsOf: (node) => factsOf(facts, node) };
  }
}

function factsOf(facts: ReadonlyMap<NodeId, NodeFacts>, node: NodeId): NamedFacts {
  const { name, ...rest } = facts.get(node) ?? { networks: [] };
  return { ...rest, name: name === undefined || name === '' ? `…${node.slice(-8)}` : name };
}
