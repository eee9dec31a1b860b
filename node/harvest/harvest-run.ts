import { oneAhead } from '../../protocols/oai-pmh/index.ts';
import type { Outcome } from '../catalogue/index.ts';
import { type Operation, type Section, writeBatch } from '../store/index.ts';
import { afterHarvest } from './due-harvest.ts';
import { HarvestError } from './errors.ts';
import { type Intake, type IntakeParts, takeIn } from './intake.ts';
import type { IssueBook } from './issues/issue-book.ts';
import type { Problem } from './issues/issue.ts';
import { emptyFiles, emptyList, incompleteList, stalledList } from './issues/list-problems.ts';
import { type HarvestCounts, Pace } from './progress.ts';
import type { SourcePage } from './sources/index.ts';
import { type OpenHarvest, stateOperation, type StoredState } from './stored-state.ts';
import { sweep, type SweepParts } from './sweep.ts';

/**
 * Where the harvest stands need not be on the disk itself: the worst is that some pages are read again, and whatever is
 * written later to the same store brings it there.
 */
const NOT_SYNCED = { durable: false };
/** How often a list is begun anew in one run, where the source loses the place. */
const MOST_RESTARTS = 3;
/** Runs in a row that do not get beyond a place, before another way is taken. */
const MOST_STALLED = 3;

const countedAs = {
  created: 'created',
  updated: 'updated',
  deleted: 'deleted',
  unchanged: 'unchanged',
  unknown: 'absent',
  'kept-withdrawn': 'withdrawn',
  withdrawn: 'withdrawn',
} as const satisfies Record<Outcome, keyof HarvestCounts>;

export interface HarvestRunParts extends IntakeParts, SweepParts {
  /** Name of the source. */
  name: string;
  section: Section;
  book: IssueBook;
  onPage: () => void;
}

/** A page without what was in it: by the time it is written the stages have made other things of its items. */
type ReadPage = Omit<SourcePage, 'items' | 'problems'> & { records: number };

function readOf({ items, problems: _, ...page }: SourcePage): ReadPage {
  return { ...page, records: items.length };
}

/**
 * Brings one harvest of one source to its end, from wherever it stands.
 *
 * Page by page: the stages make records of what the source gives, the catalogue takes them in, and only when it has
 * acknowledged them is the place behind the page written. So whatever breaks it off, the next run goes on at the last
 * page that is safe, and at worst reads it again. While a page is being written the next one is in the stages, and the
 * one after that on its way from the source.
 */
export class HarvestRun {
  readonly counts: HarvestCounts;
  readonly pace = new Pace();
  /** Records of the whole list, as the source says. */
  total: number | undefined;
  /** How much of the list has been read, from 0 to 1. */
  share: number | undefined;
  #reading = false;
  /** A page that counts when the list turns out to end with it. */
  #last: ReadPage | undefined;
  readonly #parts: HarvestRunParts;
  readonly #state: StoredState;
  readonly #harvest: OpenHarvest;

  /** @param options.harvest one of the state's own */
  constructor(options: {
    parts: HarvestRunParts;
    state: StoredState;
    harvest: OpenHarvest;
    counts: HarvestCounts;
  }) {
    this.#parts = options.parts;
    this.#state = options.state;
    this.#harvest = options.harvest;
    this.counts = options.counts;
    if (this.#harvest.pages === 0) this.pace.reached(0, options.parts.clock.now());
  }

  /** How much of the list has been read, by this run and those before it. */
  get done(): { pages: number; records: number } {
    const { pages, records } = this.#harvest;
    const last = this.#last;
    return last === undefined ? { pages, records } : { pages: pages + 1, records: records + last.records };
  }

  /** The page that is being read, from 1; undefined before and after. */
  get page(): number | undefined {
    return this.#reading ? this.#harvest.pages + 1 : undefined;
  }

  /**
   * @param found what is wrong with the source as a whole
   * @throws what broke the harvest off, or the signal's reason; the state tells where it goes on
   */
  async finish(found: readonly Problem[]): Promise<void> {
    const { kind, read } = this.#harvest;
    this.#harvest.stalled += 1;
    await this.#reportOfSource(found);
    await this.#write([]);
    if (!read && this.#harvest.stalled > MOST_STALLED) await this.#takeAnotherWay();
    if (!read) await this.#readList();
    if (kind === 'full') await this.#sweep();
    await this.#parts.book.complete();
    await this.#write([], afterHarvest(this.#state, this.#harvest));
  }

  async #takeAnotherWay(): Promise<void> {
    const { source } = this.#parts;
    const { position } = this.#harvest;
    if (source.detour === undefined) {
      if (position !== undefined) await this.#beginAnew(stalledList);
      return;
    }
    this.#harvest.position = source.detour(position);
    await this.#write([]);
  }

  /** Reads the list to its end; anew, where the source has lost the place. */
  async #readList(): Promise<void> {
    for (let restarts = 0; ; restarts += 1) {
      try {
        await this.#readPages();
        return;
      } catch (error) {
        const lost = error instanceof HarvestError && error.code === 'HARVEST_POSITION_LOST';
        if (!lost || restarts === MOST_RESTARTS) throw error;
        const { code, message, remedy = '' } = error;
        await this.#beginAnew({ code, severity: 'info', message, remedy });
      }
    }
  }

  async #beginAnew(problem: Problem): Promise<void> {
    delete this.#harvest.position;
    this.#last = undefined;
    Object.assign(this.#harvest, { pages: 0, records: 0, lost: 0, stalled: 0 });
    await this.#reportOfList([problem]);
    await this.#write([]);
  }

  async #readPages(): Promise<void> {
    const { source, catalogue, signal } = this.#parts;
    const { since, set, position } = this.#harvest;
    const selection = {
      ...(since !== undefined && { since }),
      ...(set !== undefined && { set }),
      ...(position !== undefined && { position }),
    };
    this.#reading = true;
    let pageNumber = this.#harvest.pages;
    let written = Promise.resolve();
    try {
      for await (const page of oneAhead((ended) => source.pages(selection, ended), signal)) {
        signal.throwIfAborted();
        pageNumber += 1;
        const intake = await takeIn(page, { number: this.#harvest.number, page: pageNumber }, this.#parts);
        this.counts.issues += intake.reading.problems.length;
        const put = catalogue.put(intake.changes);
        const before = written;
        const read = readOf(page);
        written = before.then(async () => this.#commit(read, intake, await put));
        // Both are awaited in the end; until then a failure is no unhandled rejection.
        put.catch(() => undefined);
        written.catch(() => undefined);
        await before;
      }
    } catch (error) {
      await written.catch(() => undefined);
      throw error;
    }
    await written;
    if (this.#last !== undefined) this.#advance(this.#last);
    this.#last = undefined;
    this.#harvest.read = true;
    this.#reading = false;
  }

  async #commit(
    page: ReadPage,
    { changes, operations, reading, refused, elsewhere }: Intake,
    results: readonly { outcome: Outcome }[],
  ): Promise<void> {
    const { book, clock } = this.#parts;
    await book.page(reading, clock.now());
    await this.#reportOfList(page.ofSource ?? []);
    this.#harvest.time ??= page.time;
    if (page.next === undefined) this.#last = page;
    else {
      this.#harvest.position = page.next;
      this.#advance(page);
    }
    this.#harvest.stalled = 0;
    this.#count(results);
    this.counts.pages += 1;
    this.counts.records += page.records;
    this.counts.refused += refused;
    this.counts.elsewhere += elsewhere;
    this.counts.repeated += changes.length - results.length;
    this.#measure(page);
    await this.#write(operations);
    this.#parts.seen.arrived(reading.records);
    this.#parts.onPage();
  }

  #advance(page: ReadPage): void {
    this.#harvest.pages += 1;
    this.#harvest.records += page.records;
    this.#harvest.lost += page.lost;
  }

  #measure({ share, total }: ReadPage): void {
    // A list that is read in parts has no total any longer.
    this.total = share === undefined ? (total ?? this.total) : undefined;
    this.share =
      share ?? (this.total === undefined ? undefined : Math.min(1, this.done.records / this.total));
    if (this.share !== undefined) this.pace.reached(this.share, this.#parts.clock.now());
  }

  /** A full list was read: what it did not hold the source has no longer. */
  async #sweep(): Promise<void> {
    const { seen, book, type } = this.#parts;
    const { lost, records, number } = this.#harvest;
    if (lost > 0 || records === 0) {
      const nothing = type === 'files' ? emptyFiles : emptyList;
      const problem = lost > 0 ? incompleteList : nothing;
      if (await seen.someUnseenBy(number)) await this.#reportOfList([problem]);
      return;
    }
    for await (const { identifiers, results } of sweep(number, this.#parts)) {
      const vanished = results.filter(({ outcome }) => outcome === 'deleted').length;
      this.counts.deleted += vanished;
      this.counts.vanished += vanished;
      await book.gone(identifiers);
      await this.#write(seen.forget(identifiers));
    }
  }

  #count(results: readonly { outcome: Outcome }[]): void {
    for (const { outcome } of results) this.counts[countedAs[outcome]] += 1;
  }

  async #reportOfList(problems: readonly Problem[]): Promise<void> {
    if (problems.length === 0) return;
    this.counts.issues += problems.length;
    await this.#parts.book.list(problems, this.#parts.clock.now());
  }

  async #reportOfSource(problems: readonly Problem[]): Promise<void> {
    if (problems.length === 0) return;
    this.counts.issues += problems.length;
    await this.#parts.book.source(problems, this.#parts.clock.now());
  }

  async #write(operations: readonly Operation[], state = this.#state): Promise<void> {
    const { section, name } = this.#parts;
    await writeBatch(section, [...operations, stateOperation(name, state)], NOT_SYNCED);
  }
}
