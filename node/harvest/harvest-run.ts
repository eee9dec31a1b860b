import { utcSeconds } from '../../protocols/oai-pmh/index.ts';
import type { Catalogue, Outcome, OwnChange } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import { type Operation, type Section, writeBatch } from '../store/index.ts';
import { deletionsOf, type HeldElsewhere } from './deletions.ts';
import { HarvestError } from './errors.ts';
import type { IssueBook } from './issue-book.ts';
import type { Problem } from './issue.ts';
import { emptyList, incompleteList, stalledList } from './list-problems.ts';
import type { HarvestCounts } from './progress.ts';
import type { SeenRecords } from './seen-records.ts';
import type { Source, SourceItem, SourceMetadata, SourcePage } from './sources/index.ts';
import { Draft, type Stage } from './stages/index.ts';
import { type OpenHarvest, stateOperation, type StoredState } from './stored-state.ts';

/**
 * Where the harvest stands need not be on the disk itself: the worst is that some pages are read again, and whatever is
 * written later to the same store brings it there.
 */
const NOT_SYNCED = { durable: false };
/** How often a list is begun anew in one run, where the source loses the place. */
const MOST_RESTARTS = 3;
/** Runs in a row that do not get beyond a place, before the list is begun anew. */
const MOST_STALLED = 3;

export interface HarvestRunParts {
  /** Name of the source. */
  name: string;
  source: Source;
  stages: readonly Stage[];
  catalogue: Catalogue;
  section: Section;
  seen: SeenRecords;
  book: IssueBook;
  heldElsewhere: HeldElsewhere;
  clock: Clock;
  signal: AbortSignal;
  onPage: () => void;
}

/** A page on its way into the catalogue, with what is to be written when it is there. */
interface TakenPage {
  page: SourcePage;
  changes: OwnChange[];
  operations: Operation[];
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
  /** Records of the whole list, as the source says. */
  total: number | undefined;
  #reading = false;
  /** A page that counts when the list turns out to end with it. */
  #last: SourcePage | undefined;
  readonly #parts: HarvestRunParts;
  readonly #state: StoredState & { open: OpenHarvest };

  constructor(options: {
    parts: HarvestRunParts;
    state: StoredState & { open: OpenHarvest };
    counts: HarvestCounts;
  }) {
    this.#parts = options.parts;
    this.#state = options.state;
    this.counts = options.counts;
  }

  /** How much of the list has been read, by this run and those before it. */
  get done(): { pages: number; records: number } {
    const { pages, records } = this.#state.open;
    const last = this.#last;
    return last === undefined
      ? { pages, records }
      : { pages: pages + 1, records: records + last.items.length };
  }

  /** The page that is being read, from 1; undefined before and after. */
  get page(): number | undefined {
    return this.#reading ? this.#state.open.pages + 1 : undefined;
  }

  /** @throws what broke the harvest off, or the signal's reason; the state tells where it goes on */
  async finish(): Promise<void> {
    const { source, signal } = this.#parts;
    const { open } = this.#state;
    open.stalled += 1;
    if (open.kind === 'full' && open.position === undefined) await this.#write(this.#parts.book.recount());
    await this.#write(this.#problemsOfSource(await source.inspect(signal)));
    if (open.stalled > MOST_STALLED && open.position !== undefined) await this.#beginAnew(stalledList);
    if (!open.read) await this.#readList();
    if (open.kind === 'full') await this.#sweep();
    await this.#complete();
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
    const { open } = this.#state;
    delete open.position;
    this.#last = undefined;
    Object.assign(open, { pages: 0, records: 0, lost: 0, stalled: 0 });
    await this.#write(this.#problemsOfSource([problem]));
  }

  async #readPages(): Promise<void> {
    const { source, catalogue, signal } = this.#parts;
    const { since, position } = this.#state.open;
    const selection = { ...(since !== undefined && { since }), ...(position !== undefined && { position }) };
    this.#reading = true;
    let pageNumber = this.#state.open.pages;
    let written = Promise.resolve();
    try {
      for await (const page of source.pages(selection, signal)) {
        signal.throwIfAborted();
        pageNumber += 1;
        const taken = await this.#take(page, pageNumber);
        const put = catalogue.put(taken.changes);
        const before = written;
        written = before.then(async () => this.#commit(taken, await put));
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
    this.#state.open.read = true;
    this.#reading = false;
  }

  /** Puts a page through the stages. */
  async #take(page: SourcePage, pageNumber: number): Promise<TakenPage> {
    const { source, stages, seen, book, heldElsewhere, clock, signal } = this.#parts;
    const now = clock.now();
    const deleted = page.items.filter(({ metadata }) => metadata === undefined);
    const drafts = page.items
      .filter(hasMetadata)
      .map((item) => new Draft(item, { source: source.url, harvestedAt: now }));
    for (const stage of stages) await stage.apply(drafts, signal);

    const problems = [...page.problems, ...drafts.flatMap((draft) => draft.problems)];
    this.counts.issues += problems.length;
    const read = page.items.map(({ oaiIdentifier }) => oaiIdentifier);
    const gone = deleted.map(({ oaiIdentifier }) => oaiIdentifier);
    // What cannot be read is there nevertheless.
    const named = page.problems.flatMap(({ oaiIdentifier }) => oaiIdentifier ?? []);
    return {
      page,
      changes: [
        ...drafts.filter(({ refused }) => !refused).map(({ record }) => ({ type: 'put', record }) as const),
        ...(await deletionsOf(deleted, 'Deleted in the repository.', heldElsewhere)),
      ],
      operations: [
        ...seen.mark([...named, ...drafts.map(({ record }) => record.oaiIdentifier)], this.#state.number),
        ...seen.forget(gone),
        ...book.page({ page: pageNumber, records: read, problems }, now),
      ],
    };
  }

  async #commit({ page, operations }: TakenPage, results: readonly { outcome: Outcome }[]): Promise<void> {
    const { open } = this.#state;
    open.time ??= page.time;
    if (page.next === undefined) this.#last = page;
    else {
      open.position = page.next;
      this.#advance(page);
    }
    open.stalled = 0;
    this.total = page.total ?? this.total;
    this.#count(results);
    this.counts.pages += 1;
    this.counts.records += page.items.length;
    await this.#write(operations);
    this.#parts.onPage();
  }

  #advance(page: SourcePage): void {
    const { open } = this.#state;
    open.pages += 1;
    open.records += page.items.length;
    open.lost += page.lost;
  }

  /** A full list was read: what it did not hold the source has no longer. */
  async #sweep(): Promise<void> {
    const { catalogue, seen, book, heldElsewhere, clock, signal } = this.#parts;
    const { open, number } = this.#state;
    if (open.lost > 0 || open.records === 0) {
      if (await seen.someUnseenBy(number)) {
        await this.#write(this.#problemsOfSource([open.lost > 0 ? incompleteList : emptyList]));
      }
      return;
    }
    const datestamp = utcSeconds(clock.now());
    for await (const identifiers of seen.unseenBy(number)) {
      signal.throwIfAborted();
      const gone = identifiers.map((oaiIdentifier) => ({ oaiIdentifier, datestamp }));
      const changes = await deletionsOf(gone, 'No longer in the repository.', heldElsewhere);
      this.#count(await catalogue.put(changes));
      await this.#write([...seen.forget(identifiers), ...book.gone(identifiers)]);
    }
  }

  async #complete(): Promise<void> {
    const { book, section, name } = this.#parts;
    const { open, ...state } = this.#state;
    const fullAt = open.kind === 'full' ? open.startedAt : (state.complete?.fullAt ?? open.startedAt);
    const time = open.time ?? utcSeconds(open.startedAt);
    await writeBatch(
      section,
      [...book.complete(), stateOperation(name, { ...state, complete: { time, fullAt } })],
      NOT_SYNCED,
    );
  }

  #count(results: readonly { outcome: Outcome }[]): void {
    for (const { outcome } of results) {
      if (outcome === 'created' || outcome === 'updated' || outcome === 'deleted') this.counts[outcome] += 1;
      else if (outcome === 'unchanged') this.counts.unchanged += 1;
    }
  }

  #problemsOfSource(problems: readonly Problem[]): Operation[] {
    this.counts.issues += problems.length;
    return this.#parts.book.source(problems, this.#parts.clock.now());
  }

  async #write(operations: readonly Operation[]): Promise<void> {
    const { section, name } = this.#parts;
    await writeBatch(section, [...operations, stateOperation(name, this.#state)], NOT_SYNCED);
  }
}

function hasMetadata(item: SourceItem): item is SourceItem & { metadata: SourceMetadata } {
  return item.metadata !== undefined;
}
