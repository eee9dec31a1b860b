import type { Logger } from 'pino';
import { NgrError } from '../../vocab/errors.ts';
import type { Catalogue } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import { OutboundError } from '../outbound/index.ts';
import type { Section } from '../store/index.ts';
import type { HeldElsewhere } from './deletions.ts';
import { HarvestRun } from './harvest-run.ts';
import { IssueBook } from './issue-book.ts';
import {
  type HarvestFailure,
  type HarvestKind,
  type HarvestSummary,
  noCounts,
  type SourceState,
} from './progress.ts';
import { SeenRecords } from './seen-records.ts';
import type { Source } from './sources/index.ts';
import type { Stage } from './stages/index.ts';
import { loadState, stateOperation, type OpenHarvest, type StoredState } from './stored-state.ts';

/** How often everything is read again: to find what vanished without a word, and what was dated back. */
const FULL_EVERY_MS = 7 * 86_400_000;
/** Timers go no further: 24 days. */
const LONGEST_SLEEP_MS = 2 ** 31 - 1;

export interface SourceHarvestParts {
  name: string;
  type: string;
  source: Source;
  stages: readonly Stage[];
  catalogue: Catalogue;
  section: Section;
  heldElsewhere: HeldElsewhere;
  clock: Clock;
  log: Logger;
  onProgress: () => void;
}

interface Running {
  kind: HarvestKind | undefined;
  run: HarvestRun | undefined;
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
  #nextRunAt: number | undefined;

  constructor(parts: SourceHarvestParts) {
    this.#parts = parts;
    this.#log = parts.log.child({ source: parts.name });
    this.seen = new SeenRecords({ section: parts.section, source: parts.name });
  }

  get name(): string {
    return this.#parts.name;
  }

  get source(): Source {
    return this.#parts.source;
  }

  /** Reads how the last harvest ended, in an earlier life of the node. */
  async load(): Promise<void> {
    this.#lastRun ??= (await loadState(this.#parts.section, this.name))?.lastRun;
  }

  state(): SourceState {
    const { name, type, source, clock } = this.#parts;
    const running = this.#running;
    const state: SourceState = { name, type, url: source.url, running: running !== undefined };
    if (this.#lastRun !== undefined) state.lastRun = this.#lastRun;
    if (this.#nextRunAt !== undefined && running === undefined) state.nextRunAt = this.#nextRunAt;
    if (running?.run !== undefined && running.kind !== undefined) {
      const { counts, done, total } = running.run;
      const seconds = (clock.now() - running.startedAt) / 1000;
      state.progress = {
        ...counts,
        ...done,
        kind: running.kind,
        startedAt: running.startedAt,
        ratePerSecond: seconds > 0 ? Math.round(counts.records / seconds) : 0,
        ...(total !== undefined && { total }),
      };
    }
    return state;
  }

  /**
   * Harvests now, or joins the harvest that is going on; a full one comes after an incremental one that is. Goes on
   * where an earlier one was broken off. Never rejects: a failure is in the summary.
   */
  async run(options: { full: boolean; signal: AbortSignal }): Promise<HarvestSummary> {
    const running = this.#running;
    if (running !== undefined) {
      const summary = await running.summary;
      return options.full && summary.kind !== 'full' && summary.outcome !== 'stopped'
        ? await this.run(options)
        : summary;
    }
    const started: Running = {
      kind: undefined,
      run: undefined,
      startedAt: this.#parts.clock.now(),
      summary: Promise.resolve().then(() => this.#harvest(started, options)),
    };
    this.#running = started;
    return await started.summary;
  }

  /** Harvests at once, and again each time the interval has passed since the end of the last. */
  async follow(intervalMs: number, signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts;
    const pause = Math.min(intervalMs, LONGEST_SLEEP_MS);
    while (!signal.aborted) {
      await this.run({ full: false, signal });
      this.#nextRunAt = clock.now() + pause;
      await clock.sleep(pause, signal).catch(() => undefined);
    }
    this.#nextRunAt = undefined;
  }

  async #harvest(
    running: Running,
    { full, signal }: { full: boolean; signal: AbortSignal },
  ): Promise<HarvestSummary> {
    const { name, section, clock, onProgress } = this.#parts;
    const counts = { ...noCounts };
    let error: unknown;
    let book: IssueBook | undefined;
    try {
      const state = await this.#begin(full);
      const { kind } = state.open;
      running.kind = kind;
      book = await IssueBook.open(section, name, { kind, number: state.number });
      running.run = new HarvestRun({
        parts: { ...this.#parts, seen: this.seen, book, signal, onPage: onProgress },
        state,
        counts,
      });
      onProgress();
      await running.run.finish();
    } catch (cause) {
      error = cause;
    }
    const outcome = error === undefined ? 'complete' : signal.aborted ? 'stopped' : 'failed';
    const summary: HarvestSummary = {
      ...counts,
      source: name,
      kind: running.kind ?? 'full',
      outcome,
      startedAt: running.startedAt,
      endedAt: clock.now(),
      ...(outcome === 'failed' && { error: failureOf(error) }),
    };
    this.#log[outcome === 'failed' ? 'warn' : 'info'](
      { ...summary, ...(summary.error && { err: error }) },
      'harvested',
    );
    await this.#remember(summary, book, running.run?.page).catch((cause: unknown) => {
      this.#log.error({ err: cause }, 'how the harvest ended cannot be written');
    });
    this.#lastRun = summary;
    this.#running = undefined;
    onProgress();
    return summary;
  }

  /** The harvest that was broken off, or a new one, of the kind that is due. */
  async #begin(full: boolean): Promise<StoredState & { open: OpenHarvest }> {
    const { name, source, section, clock } = this.#parts;
    const { scope } = source;
    const now = clock.now();
    const stored = await loadState(section, name);
    const known = stored?.scope === scope ? stored : undefined;
    const { open, complete } = known ?? {};
    if (known !== undefined && open !== undefined && (open.kind === 'full' || !full))
      return { ...known, open };

    const all = full || complete === undefined || now - complete.fullAt >= FULL_EVERY_MS;
    const state = {
      ...(known ?? { scope }),
      number: (stored?.number ?? 0) + 1,
      open: {
        kind: all ? 'full' : 'incremental',
        startedAt: now,
        ...(!all && { since: complete.time }),
        read: false,
        pages: 0,
        records: 0,
        lost: 0,
        stalled: 0,
      } satisfies OpenHarvest,
    };
    await section.batch([stateOperation(name, state)]);
    return state;
  }

  async #remember(
    lastRun: HarvestSummary,
    book: IssueBook | undefined,
    page: number | undefined,
  ): Promise<void> {
    const { name, section, clock } = this.#parts;
    const state = await loadState(section, name);
    if (state === undefined) return;
    const { error } = lastRun;
    const problem = error && {
      code: error.code,
      severity: 'error' as const,
      message: error.message,
      remedy: error.remedy ?? '',
      ...(page !== undefined && { place: { page } }),
    };
    await section.batch([
      ...(problem === undefined ? [] : (book?.source([problem], clock.now()) ?? [])),
      stateOperation(name, { ...state, lastRun }),
    ]);
  }
}

/** What went wrong, in the words of the error; what to do, in those of the request that failed beneath it, if one did. */
function failureOf(error: unknown): HarvestFailure {
  if (!(error instanceof NgrError)) {
    return {
      code: 'HARVEST_FAILED',
      message: error instanceof Error ? error.message : String(error),
      remedy: "Look into the node's log; if it happens again, report it to the makers of NGR Node.",
    };
  }
  const remedy = error.cause instanceof OutboundError ? error.cause.remedy : error.remedy;
  return { code: error.code, message: error.message, ...(remedy !== undefined && { remedy }) };
}
