import type { Logger } from 'pino';
import type { HarvestedRecord, Outcome } from '../catalogue/index.ts';
import { WriteQueue } from '../store/index.ts';
import { runJob, type Job } from '../telemetry/index.ts';
import { dueHarvest, type Wanted } from './due-harvest.ts';
import { failureOf, recordRefused } from './failure.ts';
import { HarvestRun, type HarvestRunParts } from './harvest-run.ts';
import { type Intake, takeIn } from './intake.ts';
import { IssueBook, type Reading, type ThisHarvest } from './issues/issue-book.ts';
import { runOperations } from './past-runs.ts';
import { type HarvestKind, type HarvestSummary, noCounts, type SourceState } from './progress.ts';
import { pauseBefore } from './schedule.ts';
import { SeenRecords } from './seen-records.ts';
import type { Source, SourceItem } from './sources/index.ts';
import { loadState, standingAfter, standingOf, stateOperation, type Standing } from './stored-state.ts';

export interface SourceHarvestParts extends Omit<HarvestRunParts, 'seen' | 'book' | 'signal' | 'onPage'> {
  log: Logger;
  onProgress: () => void;
}

interface Running {
  wanted: Wanted;
  kind: HarvestKind;
  run: HarvestRun | undefined;
  log: Logger | undefined;
  startedAt: number;
  summary: Promise<HarvestSummary>;
}

/** The harvests of one source, one after another: which kind is due, what is going on, how the last one ended. */
export class SourceHarvest {
  readonly seen: SeenRecords;
  readonly #parts: SourceHarvestParts;
  readonly #log: Logger;
  #running: Running | undefined;
  #lastRun: HarvestSummary | undefined;
  #standing: Standing = {};
  #nextRunAt: number | undefined;
  /** Of the harvest that is going on. There is one book at a time, whoever writes in it. */
  #book: IssueBook | undefined;
  readonly #books = new WriteQueue();

  constructor(parts: SourceHarvestParts) {
    this.#parts = parts;
    this.#log = parts.log.child({ source: parts.name });
    this.seen = new SeenRecords({ section: parts.section, source: parts.name });
  }

  get name(): string {
    return this.#parts.name;
  }

  get type(): string {
    return this.#parts.type;
  }

  /** Of the harvest that is going on, else of the source. */
  get log(): Logger {
    return this.#running?.log ?? this.#log;
  }

  get source(): Source {
    return this.#parts.source;
  }

  /** Reads how the last harvest ended, in an earlier life of the node. */
  async load(): Promise<void> {
    if (this.#lastRun !== undefined) return;
    const stored = await loadState(this.#parts.section, this.name);
    this.#lastRun = stored?.lastRun;
    this.#standing = stored === undefined ? {} : standingOf(stored);
  }

  state(): SourceState {
    const { name, type, source, clock } = this.#parts;
    const running = this.#running;
    const state: SourceState = {
      name,
      type,
      url: source.url,
      running: running !== undefined,
      ...this.#standing,
    };
    if (this.#lastRun !== undefined) state.lastRun = this.#lastRun;
    if (this.#nextRunAt !== undefined && running === undefined) state.nextRunAt = this.#nextRunAt;
    if (running?.run !== undefined) {
      const { counts, done, total, share, pace } = running.run;
      const { kind, wanted } = running;
      const seconds = (clock.now() - running.startedAt) / 1000;
      state.progress = {
        ...counts,
        ...done,
        kind,
        ...(wanted.set !== undefined && { set: wanted.set }),
        startedAt: running.startedAt,
        ratePerSecond: seconds > 0 ? Math.round(counts.records / seconds) : 0,
        ...(total !== undefined && { total }),
        ...(share !== undefined && { share }),
        ...(pace.left !== undefined && { leftMs: pace.left }),
      };
    }
    return state;
  }

  /**
   * Harvests now, or joins the harvest that is going on; a full one, or one of a set, comes after another one that is.
   * Goes on where an earlier one was broken off. Never rejects: a failure is in the summary.
   */
  async run(options: Wanted & { signal: AbortSignal }): Promise<HarvestSummary> {
    const { signal, ...wanted } = options;
    const running = this.#running;
    if (running !== undefined) {
      const summary = await running.summary;
      const isMeant = running.wanted.set === wanted.set && (!wanted.full || summary.kind === 'full');
      return isMeant || summary.outcome === 'stopped' ? summary : await this.run(options);
    }
    const started: Running = {
      wanted,
      kind: 'full',
      run: undefined,
      log: undefined,
      startedAt: this.#parts.clock.now(),
      summary: Promise.resolve().then(() =>
        runJob(
          {
            kind: 'harvest',
            of: { source: this.name },
            words: { done: 'harvested', failed: 'harvested' },
            // It is mostly the source that failed.
            failsAs: 'warn',
            log: this.#parts.log,
            clock: this.#parts.clock,
            signal,
          },
          (job) => this.#harvest(started, job, signal),
        ),
      ),
    };
    this.#running = started;
    return await started.summary;
  }

  /** Harvests at once, and again each time the interval has passed since the end of the last; sooner after a failure. */
  async follow(intervalMs: number, signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts;
    let failures = 0;
    while (!signal.aborted) {
      const { outcome, error } = await this.run({ full: false, signal });
      failures = outcome === 'failed' ? failures + 1 : 0;
      const pause = pauseBefore({ failures, retryAfterMs: error?.retryAfterMs }, intervalMs);
      this.#nextRunAt = clock.now() + pause;
      await clock.sleep(pause, signal).catch(() => undefined);
    }
    this.#nextRunAt = undefined;
  }

  /** Resolves when nothing is going on. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running.summary;
    await this.#books.idle();
  }

  /** What becomes of one item in the stages, without a trace. @throws HarvestError `HARVEST_RECORD_REFUSED` */
  async recordOf(item: SourceItem, signal: AbortSignal): Promise<HarvestedRecord> {
    const { changes, reading } = await this.#takeIn(item, signal);
    this.seen.arrived(reading.records);
    const [change] = changes;
    if (change?.type === 'put') return change.record;
    throw recordRefused(item, reading.problems);
  }

  /**
   * Puts one item into the catalogue as it is now.
   * @returns undefined where it is deleted here, but another source has it
   * @throws HarvestError `HARVEST_RECORD_REFUSED`
   */
  async put(item: SourceItem, signal: AbortSignal): Promise<{ key: string; outcome: Outcome } | undefined> {
    const { catalogue, section } = this.#parts;
    const { changes, operations, reading } = await this.#takeIn(item, signal);
    const [result] = await catalogue.put(changes);
    await section.batch(operations);
    this.seen.arrived(reading.records);
    await this.#note(reading);
    if (result === undefined && item.metadata !== undefined) throw recordRefused(item, reading.problems);
    return result;
  }

  async #takeIn(item: SourceItem, signal: AbortSignal): Promise<Intake> {
    const number = (await loadState(this.#parts.section, this.name))?.number ?? 0;
    const parts = { ...this.#parts, seen: this.seen, signal };
    return await takeIn({ items: [item], problems: [] }, { number }, parts);
  }

  async #harvest(running: Running, job: Job, signal: AbortSignal): Promise<HarvestSummary> {
    const { name, source, section, clock, onProgress } = this.#parts;
    running.log = job.log;
    const counts = { ...noCounts };
    let error: unknown;
    const { wanted } = running;
    const now = clock.now();
    try {
      const stored = await loadState(section, name);
      // As it will be if the source is still the same; nothing is known of one that does not answer.
      running.kind = dueHarvest(stored, wanted, { scope: stored?.scope ?? '', now }).harvest.kind;
      const { scope, problems } = await source.inspect(signal);
      const { state, harvest, isNew } = dueHarvest(stored, wanted, { scope, now });
      if (isNew) await section.batch([stateOperation(name, state)]);
      const book = await this.#openBook(harvest);
      running.kind = harvest.kind;
      running.run = new HarvestRun({
        parts: { ...this.#parts, seen: this.seen, book, signal, onPage: onProgress },
        state,
        harvest,
        counts,
      });
      onProgress();
      await running.run.finish(problems);
    } catch (cause) {
      error = cause;
    }
    const outcome = error === undefined ? 'complete' : signal.aborted ? 'stopped' : 'failed';
    const summary: HarvestSummary = {
      ...counts,
      source: name,
      kind: running.kind,
      ...(wanted.set !== undefined && { set: wanted.set }),
      outcome,
      startedAt: running.startedAt,
      endedAt: clock.now(),
      ...(outcome === 'failed' && { error: failureOf(error) }),
    };
    // The lines of a job have a kind already.
    const { source: _, kind: list, error: __, ...told } = summary;
    job.tell({ list, ...told });
    if (error !== undefined) job.fail(error);
    await this.#remember(summary, running.run?.page).catch((cause: unknown) => {
      job.log.error({ err: cause }, 'how the harvest ended cannot be written');
    });
    this.#book = undefined;
    this.seen.arrived();
    this.#lastRun = summary;
    this.#running = undefined;
    onProgress();
    return summary;
  }

  async #openBook(harvest: ThisHarvest): Promise<IssueBook> {
    return await this.#books.run(async () => {
      this.#book = await IssueBook.open(this.#parts.section, this.name, harvest);
      return this.#book;
    });
  }

  /** Takes down what was read outside a harvest. */
  async #note(reading: Reading): Promise<void> {
    const { section, clock } = this.#parts;
    await this.#books.run(async () => {
      const none: ThisHarvest = { kind: 'incremental', number: 0 };
      const book = this.#book ?? (await IssueBook.open(section, this.name, none));
      await book.page(reading, clock.now());
    });
  }

  async #remember(lastRun: HarvestSummary, page: number | undefined): Promise<void> {
    const { section, clock } = this.#parts;
    const state = (await loadState(section, this.name)) ?? { scope: '', number: 0 };
    const { error } = lastRun;
    if (error !== undefined) {
      const book = this.#book ?? (await this.#openBook({ kind: lastRun.kind, number: state.number }));
      const { code, message, remedy = '' } = error;
      const place = page === undefined ? {} : { place: { page } };
      await book.source([{ code, severity: 'error', message, remedy, ...place }], clock.now());
    }
    const past = await runOperations(section, lastRun);
    const { completeAt: _, failingSince: __, ...others } = state;
    this.#standing = standingAfter(state, lastRun);
    await section.batch([stateOperation(this.name, { ...others, ...this.#standing, lastRun }), ...past]);
  }
}
