import type { Logger } from 'pino';
import type { Catalogue, HarvestedRecord } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import type { SourceConfig } from '../config/index.ts';
import type { Fetch } from '../outbound/index.ts';
import type { Section } from '../store/index.ts';
import { HarvestError } from './errors.ts';
import { forgetSource } from './forget-source.ts';
import type { HarvestIssue, Severity } from './issue.ts';
import { countIssues, type IssueCounts, listIssues } from './issue-store.ts';
import { sourceOfStateKey, stateRange } from './layout.ts';
import type { HarvestSummary, SourceState } from './progress.ts';
import { SourceHarvest } from './source-harvest.ts';
import { createSource } from './sources/index.ts';
import { Draft, stages } from './stages/index.ts';

export interface HarvesterOptions {
  /** Each with a name of its own. */
  sources: readonly SourceConfig[];
  catalogue: Catalogue;
  section: Section;
  fetch: Fetch;
  clock: Clock;
  log: Logger;
  /** From the end of a harvest to the start of the next. */
  intervalMs: number;
}

/**
 * Keeps the catalogue in step with the sources: on a schedule, and when told. Sources are harvested side by side.
 *
 * A source that fails does not disturb the others nor the schedule: what went wrong is in its `lastRun` and among the
 * issues, and the next harvest goes on where this one stopped. The records of a source that is configured no longer
 * are deleted after the start, when the others have been harvested once.
 */
export class Harvester {
  readonly #options: HarvesterOptions;
  readonly #harvests: readonly SourceHarvest[];
  readonly #listeners = new Set<() => void>();
  readonly #atWork = new Set<Promise<unknown>>();
  #abort = new AbortController();

  constructor(options: HarvesterOptions) {
    this.#options = options;
    const { catalogue, section, clock, log, fetch } = options;
    this.#harvests = options.sources.map(
      (config): SourceHarvest =>
        new SourceHarvest({
          name: config.name,
          type: config.type,
          source: createSource(config, { fetch, clock, log }),
          stages,
          catalogue,
          section,
          heldElsewhere: (identifiers) => this.#heldBesides(config.name, identifiers),
          clock,
          log,
          onProgress: () => this.#tell(),
        }),
    );
  }

  async start(): Promise<void> {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    for (const harvest of this.#harvests) await harvest.load();
    for (const harvest of this.#harvests) {
      void this.#work(harvest.follow(this.#options.intervalMs, signal));
    }
    void this.#work(this.#forgetUnconfigured(signal));
  }

  /** Breaks off what is going on, where it can be gone on with, and resolves when that is done. */
  async stop(): Promise<void> {
    this.#abort.abort(new HarvestError('HARVEST_STOPPED', 'The harvest was stopped with the node.'));
    await Promise.allSettled(this.#atWork);
  }

  /**
   * Harvests one source, or all, now; joins a harvest that is going on. A failure is in the summary.
   *
   * @param options.full reads everything again, and finds what the source has no longer
   * @throws HarvestError `HARVEST_UNKNOWN_SOURCE`
   */
  async run(options: { source?: string; full?: boolean } = {}): Promise<HarvestSummary[]> {
    const { source, full = false } = options;
    const chosen = this.#harvests.filter(({ name }) => source === undefined || name === source);
    if (source !== undefined && chosen.length === 0) {
      throw new HarvestError('HARVEST_UNKNOWN_SOURCE', `No source is named "${source}".`, {
        remedy: `Choose one of: ${this.#harvests.map(({ name }) => name).join(', ') || 'none is configured'}.`,
      });
    }
    const { signal } = this.#abort;
    return await Promise.all(chosen.map((harvest) => this.#work(harvest.run({ full, signal }))));
  }

  /**
   * Fetches one record anew, as its source has it now.
   * @throws HarvestError `HARVEST_UNKNOWN_RECORD`, `HARVEST_RECORD_REFUSED`, or what the source throws
   */
  async refetch(oaiIdentifier: string): Promise<HarvestedRecord> {
    const { signal } = this.#abort;
    for (const { source } of await this.#likeliestFirst(oaiIdentifier)) {
      const item = await source.one(oaiIdentifier, signal);
      if (item?.metadata === undefined) continue;
      const { metadata } = item;
      const draft = new Draft(
        { ...item, metadata },
        { source: source.url, harvestedAt: this.#options.clock.now() },
      );
      for (const stage of stages) await stage.apply([draft], signal);
      if (!draft.refused) return draft.record;
      const problem = draft.problems.find(({ severity }) => severity === 'error');
      throw new HarvestError('HARVEST_RECORD_REFUSED', `${oaiIdentifier}: ${problem?.message ?? ''}`, {
        ...(problem !== undefined && { remedy: problem.remedy }),
      });
    }
    throw new HarvestError(
      'HARVEST_UNKNOWN_RECORD',
      `No source has the record ${oaiIdentifier} (any longer).`,
      {
        remedy: 'Look whether the repository still has it, and under this OAI identifier.',
      },
    );
  }

  /** In the order of the configuration. */
  state(): SourceState[] {
    return this.#harvests.map((harvest) => harvest.state());
  }

  /** Calls `listener` when something in `state` has changed. @returns what ends it */
  onProgress(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Open issues: errors first, then by source and code.
   * @param options.after the id of the last one that was seen
   */
  async issues(options: { severity?: Severity; after?: string; limit: number }): Promise<HarvestIssue[]> {
    return await listIssues(this.#options.section, options);
  }

  async issueCounts(): Promise<IssueCounts> {
    return await countIssues(this.#options.section);
  }

  /** Sources that have had the record come first; one that has not may have it now. */
  async #likeliestFirst(oaiIdentifier: string): Promise<SourceHarvest[]> {
    const has = await Promise.all(this.#harvests.map(({ seen }) => seen.has([oaiIdentifier])));
    const [likely, others] = [true, false].map((wanted) =>
      this.#harvests.filter((_, i) => (has[i]?.[0] ?? false) === wanted),
    );
    return [...(likely ?? []), ...(others ?? [])];
  }

  async #heldBesides(source: string, identifiers: readonly string[]): Promise<ReadonlySet<string>> {
    const held = new Set<string>();
    if (identifiers.length === 0) return held;
    for (const { name, seen } of this.#harvests) {
      if (name === source) continue;
      const has = await seen.has(identifiers);
      for (const [i, identifier] of identifiers.entries()) if (has[i] === true) held.add(identifier);
    }
    return held;
  }

  /** After the first harvests, so that the records of a source that only has another name now stay where they are. */
  async #forgetUnconfigured(signal: AbortSignal): Promise<void> {
    const { section, catalogue, clock, log } = this.#options;
    const configured = new Set(this.#harvests.map(({ name }) => name));
    const first = await Promise.all(this.#harvests.map((harvest) => harvest.run({ full: false, signal })));
    // A mistyped or forgotten address must not empty the node, and its peers with it.
    const othersAreThere = first.length > 0 && first.every(({ outcome }) => outcome === 'complete');
    try {
      signal.throwIfAborted();
      const known = await section.keys(stateRange).all();
      for (const source of known.map(sourceOfStateKey)) {
        if (configured.has(source)) continue;
        if (!othersAreThere) {
          log.warn(
            { source },
            'records of a former source are kept till a start at which the others can be harvested',
          );
          continue;
        }
        log.info({ source }, 'source is configured no longer, its records are deleted');
        const heldElsewhere = (identifiers: readonly string[]) => this.#heldBesides(source, identifiers);
        await forgetSource({ source, section, catalogue, heldElsewhere, clock, signal });
      }
    } catch (error) {
      if (!signal.aborted) log.error({ err: error }, 'records of former sources cannot be deleted');
    }
  }

  /** Remembers what is going on, for `stop` to wait for. */
  async #work<T>(work: Promise<T>): Promise<T> {
    this.#atWork.add(work);
    try {
      return await work;
    } finally {
      this.#atWork.delete(work);
    }
  }

  #tell(): void {
    for (const listener of this.#listeners) {
      try {
        listener();
      } catch (error) {
        this.#options.log.error({ err: error }, 'a listener to the harvest failed');
      }
    }
  }
}
