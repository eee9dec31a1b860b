import { isDeepStrictEqual } from 'node:util';
import type { Logger } from 'pino';
import { isTombstone, type Record as NgrRecord } from '../../../vocab/record.ts';
import { recordKey } from '../../../vocab/record-key.ts';
import type { Catalogue, Change, Reader } from '../../catalogue/index.ts';
import type { Clock } from '../../clock.ts';
import type { Fetch } from '../../outbound/index.ts';
import { writeBatch, type Operation, type Section } from '../../store/index.ts';
import { HarvestError } from '../errors.ts';
import type { Stage } from '../stages/index.ts';
import { withFacts } from './facts.ts';
import type { Extractor } from './extracting/index.ts';
import { PoliteClient, Spool } from './fetching/index.ts';
import { dropTexts } from './forget.ts';
import { isEmpty, originOfPlan, planOf } from './plan.ts';
import { lost, pruned } from './pruned.ts';
import { loadStates, putState, type RecordState } from './record-state.ts';
import { filesStage } from './stage.ts';
import { dropText, readText, readWords } from './texts.ts';
import { VisitQueue } from './visit-queue.ts';
import { Visits } from './visits.ts';
import { Visitor, type FileIssues } from './visitor.ts';

export interface FullTextsOptions {
  /** `index`: of a text the words and the references are kept. `keep`: the text, too. */
  mode: 'index' | 'keep';
  /** The reader's own section of the store. */
  section: Section;
  catalogue: Catalogue;
  fetch: Fetch;
  /** Reads the files; it is stopped after this. */
  extractor: Extractor;
  /** Names the product and how to reach who runs it. */
  userAgent: string;
  issues: FileIssues;
  /** Name of the source that has a record. */
  sourceOf: (oaiIdentifier: string) => Promise<string | undefined>;
  /** A folder of its own, for files while they are read. */
  directory: string;
  clock: Clock;
  log: Logger;
}

export interface FullTextsState {
  /** Records whose files are to be looked at now. */
  waiting: number;
  /** Files that were had, and that were not, since the start. */
  fetched: number;
  failed: number;
  /** Keys of the records that are being visited. */
  current: string[];
}

/** What is known of a record, and where it stands in the queue. */
interface Standing {
  state?: RecordState | undefined;
  place?: string | undefined;
}

/**
 * The full texts of the node's own records: a reader of the log that puts records into a queue when there is something to
 * fetch, and visits them one after another.
 *
 * Only what is open is fetched; what is closed, withdrawn or gone is dropped at once. What a text gives is in the record
 * (`stage`, and amendments), and its words are given out for the search.
 */
export class FullTexts implements Reader {
  readonly name = 'full-text';
  readonly version = 1;
  /** Gives harvested records what is known of their files. */
  readonly stage: Stage;

  readonly #options: FullTextsOptions;
  readonly #spool: Spool;
  readonly #queue: VisitQueue;
  readonly #visitor: Visitor;
  readonly #visits: Visits;
  #dropping: Promise<void> = Promise.resolve();
  #abort = new AbortController();

  constructor(options: FullTextsOptions) {
    const { section, catalogue, fetch, userAgent, clock, log, mode } = options;
    const client = new PoliteClient({ fetch, clock, userAgent });
    this.#options = options;
    this.#spool = new Spool(options.directory);
    this.#queue = new VisitQueue(section);
    this.stage = filesStage({ section, node: catalogue.node, clock });
    this.#visitor = new Visitor({
      ...options,
      client,
      spool: this.#spool,
      queue: this.#queue,
      keepTexts: mode === 'keep',
    });
    this.#visits = new Visits({
      queue: this.#queue,
      section,
      readyAt: (origin) => client.readyAt(origin),
      visit: (waiting, signal) => this.#visitor.visit(waiting, signal),
      clock,
      log,
    });
  }

  /** Begins to visit; the reader is started before. */
  async start(): Promise<void> {
    const { mode, section, log } = this.#options;
    this.#abort = new AbortController();
    await this.#spool.clear();
    if (mode === 'index') {
      this.#dropping = dropTexts(section, this.#abort.signal).catch((error: unknown) => {
        if (!this.#abort.signal.aborted) log.error({ err: error }, 'kept texts cannot be dropped');
      });
    }
    this.#visits.start();
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#visits.stop();
    await this.#dropping;
  }

  async open(): Promise<void> {
    await this.#queue.open();
    this.#visits.hold(new Set());
  }

  /** A visit that is going on is broken off where it has become another one, so that its writes and these do not cross. */
  async apply(changes: readonly Change[]): Promise<Operation[]> {
    const before = await this.#standings(changes);
    const concerned = changes.filter(({ holding }, i) => this.#isConcerned(holding, before[i]));
    const keys = concerned.map(({ key }) => key);
    this.#visits.hold(new Set(keys));
    for (const key of keys) await this.#visits.interrupt(key);

    const standings = await this.#standings(concerned);
    const operations: Operation[] = [];
    for (const [i, change] of concerned.entries()) {
      operations.push(...(await this.#take(change, standings[i] ?? {})));
    }
    return operations;
  }

  applied(): void {
    this.#visits.hold(new Set());
  }

  /**
   * The distinct words of a record's files, in lower case, each with how often it occurs: at most 20,000; undefined where
   * none are known. Only of files that are in view.
   */
  async wordsOf(key: string): Promise<ReadonlyMap<string, number> | undefined> {
    const record = await this.#ownRecord(key);
    return record && (await readWords(this.#options.section, key, record, this.#options.clock.now()));
  }

  /** The text of a record's files, where texts are kept. */
  async textOf(key: string): Promise<string | undefined> {
    const record = this.#options.mode === 'keep' ? await this.#ownRecord(key) : undefined;
    return record && (await readText(this.#options.section, key, record, this.#options.clock.now()));
  }

  /**
   * Has a record's files fetched and read anew, before those of others; resolves when that is in the queue.
   * @throws HarvestError `HARVEST_UNKNOWN_RECORD`
   */
  async refetch(oaiIdentifier: string): Promise<void> {
    const { catalogue, section, clock } = this.#options;
    const key = recordKey(catalogue.node, oaiIdentifier);
    const record = await this.#ownRecord(key);
    if (record === undefined) {
      throw new HarvestError('HARVEST_UNKNOWN_RECORD', `The node has no record ${oaiIdentifier}.`, {
        remedy: 'Look whether the record is withdrawn or deleted.',
      });
    }
    await this.#visits.interrupt(key);
    const [state] = await loadStates(section, [key]);
    const [from] = await this.#queue.placesOf([key]);
    const origin = originOfPlan(planOf(record, state, clock.now()));
    await writeBatch(
      section,
      [
        ...(state === undefined ? [] : [putState(key, withAllAnew(state, clock.now()))]),
        ...this.#queue.enter(key, { origin, time: 0, from }),
      ],
      { durable: false },
    );
    this.#visits.wake();
  }

  state(): FullTextsState {
    const { fetched, failed } = this.#visits.counts;
    const { current } = this.#visits;
    // Those that are being visited have their place until they have been.
    return { waiting: Math.max(0, this.#queue.waiting - current.length), fetched, failed, current };
  }

  async #standings(changes: readonly Change[]): Promise<Standing[]> {
    const keys = changes.map(({ key }) => key);
    const states = await loadStates(this.#options.section, keys);
    const places = await this.#queue.placesOf(keys);
    return keys.map((_, i) => ({ state: states[i], place: places[i] }));
  }

  /** Whether something is to be done about a record, in view of what is known of it. */
  #isConcerned(holding: Change['holding'], { state, place }: Standing = {}): boolean {
    if (holding === undefined || isTombstone(holding)) return state !== undefined || place !== undefined;
    const { catalogue, clock } = this.#options;
    if (holding.node !== catalogue.node) return false;
    const plan = planOf(holding, state, clock.now());
    // As long as nothing is known, nothing tells what the record that waits or is being visited was like.
    if (state === undefined) return place !== undefined || !isEmpty(plan);
    return plan.mark !== state.mark || !isDeepStrictEqual(withFacts(holding, state, clock.now()), holding);
  }

  /** The writes by which what is known no longer fits the record goes, and the record is visited or left alone. */
  async #take({ key, holding }: Change, { state, place }: Standing): Promise<Operation[]> {
    if (holding === undefined || isTombstone(holding)) {
      return [...(await this.#visitor.forget(key, state)), ...this.#queue.remove(key, place)];
    }
    const now = this.#options.clock.now();
    const kept = state && pruned(state, holding, now);
    const plan = planOf(holding, kept, now);
    if (state === undefined || kept === undefined) {
      if (isEmpty(plan)) return this.#queue.remove(key, place);
      return this.#queue.enter(key, { origin: originOfPlan(plan), time: now, from: place });
    }
    return [
      putState(key, kept),
      ...lost(state, kept).flatMap((url) => dropText(key, url)),
      ...this.#queue.enter(key, { origin: originOfPlan(plan), time: now, from: place }),
    ];
  }

  async #ownRecord(key: string): Promise<NgrRecord | undefined> {
    const { catalogue } = this.#options;
    const holding = await catalogue.holdings.get(key);
    return holding === undefined || isTombstone(holding) || holding.node !== catalogue.node
      ? undefined
      : holding;
  }
}

function withAllAnew(state: RecordState, now: number): RecordState {
  const files = state.files.map((file) =>
    file.heldBack === true ? file : { ...file, anew: true as const, attempts: 0, next: now },
  );
  const { page } = state;
  return { ...state, files, ...(page !== undefined && { page: { ...page, attempts: 0, next: now } }) };
}
