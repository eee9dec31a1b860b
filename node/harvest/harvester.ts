import type { Logger } from 'pino';
import type { Catalogue, HarvestedRecord, Outcome } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import type { SourceConfig } from '../config/index.ts';
import type { Fetch } from '../outbound/index.ts';
import type { Section } from '../store/index.ts';
import { HarvestError, setOfSeveral, sourceExists, unknownSource } from './errors.ts';
import { forgetFormerSources, forgetSource } from './forget-source.ts';
import type { HarvestIssue } from './issues/issue.ts';
import {
  type CountFilter,
  countIssues,
  countKinds,
  type IssueCounts,
  type IssueFilter,
  listIssues,
  type SourceKindCount,
} from './issues/issue-store.ts';
import { refuseUnknownSet } from './known-set.ts';
import { pastRuns } from './past-runs.ts';
import type { HarvestSummary, SourceState } from './progress.ts';
import { RecordSources } from './record-sources.ts';
import { SourceHarvest } from './source-harvest.ts';
import { createSource } from './sources/index.ts';
import type { Stage } from './stages/index.ts';

export interface HarvesterOptions {
  /** Each with a name of its own. */
  sources: readonly SourceConfig[];
  /** What a record goes through, in this order. */
  stages: readonly Stage[];
  catalogue: Catalogue;
  section: Section;
  fetch: Fetch;
  clock: Clock;
  log: Logger;
  /** From the end of a harvest to the start of the next. */
  intervalMs: number;
}

/** A source that is harvested, and what ends it. */
interface Followed {
  harvest: SourceHarvest;
  abort: AbortController;
}

/**
 * Keeps the catalogue in step with the sources: on a schedule, and when told. Sources are harvested side by side.
 *
 * A source that fails does not disturb the others nor the schedule: what went wrong is in its `lastRun` and among the
 * issues, and the next harvest goes on where this one stopped. The records of a source that is configured no longer
 * are deleted after the start, when the others have been harvested once; so what is added has to be there by then.
 */
export class Harvester {
  readonly #options: HarvesterOptions;
  readonly #followed = new Map<string, Followed>();
  /** Sources on their way out. */
  readonly #leaving = new Map<string, Promise<void>>();
  readonly #records = new RecordSources(() => [...this.#followed.values()].map(({ harvest }) => harvest));
  readonly #listeners = new Set<() => void>();
  readonly #atWork = new Set<Promise<unknown>>();
  #abort = new AbortController();
  #started = false;

  constructor(options: HarvesterOptions) {
    this.#options = options;
    for (const config of options.sources) this.#join(config);
  }

  async start(): Promise<void> {
    if (this.#abort.signal.aborted) this.#abort = new AbortController();
    for (const followed of this.#followed.values()) {
      if (followed.abort.signal.aborted) followed.abort = new AbortController();
      await followed.harvest.load();
    }
    this.#started = true;
    for (const followed of this.#followed.values()) this.#follow(followed);
    void this.#work(this.#forgetUnconfigured(this.#abort.signal));
  }

  /** Breaks off what is going on, where it can be gone on with, and resolves when that is done. */
  async stop(): Promise<void> {
    this.#started = false;
    const reason = new HarvestError('HARVEST_STOPPED', 'The harvest was stopped with the node.');
    this.#abort.abort(reason);
    for (const { abort } of this.#followed.values()) abort.abort(reason);
    await Promise.allSettled(this.#atWork);
  }

  /**
   * One more source; it is harvested at once, if the others are.
   * @throws HarvestError `HARVEST_SOURCE_EXISTS`
   */
  async add(config: SourceConfig): Promise<void> {
    await this.#leaving.get(config.name);
    if (this.#followed.has(config.name)) throw sourceExists(config.name);
    const followed = this.#join(config);
    await followed.harvest.load();
    if (this.#started) this.#follow(followed);
    this.#tell();
  }

  /**
   * Takes a source out: its harvest ends, its records are deleted, but for those that another source has, and all that
   * is known of it is forgotten. If it is broken off it goes on at the next start.
   *
   * @throws HarvestError `HARVEST_UNKNOWN_SOURCE`
   */
  async remove(name: string): Promise<void> {
    const followed = this.#followed.get(name);
    if (followed === undefined) throw unknownSource(name, [...this.#followed.keys()]);
    this.#followed.delete(name);
    followed.abort.abort(new HarvestError('HARVEST_SOURCE_REMOVED', `The source "${name}" was taken out.`));
    const left = followed.harvest.idle().then(() => this.#forget(name, this.#abort.signal));
    this.#leaving.set(
      name,
      left.catch(() => undefined),
    );
    try {
      await this.#work(left);
    } finally {
      this.#leaving.delete(name);
      this.#tell();
    }
  }

  /**
   * Harvests one source, or all, now; joins a harvest that is going on. A failure is in the summary.
   *
   * @param options.full reads everything again, and finds what the source has no longer
   * @param options.set reads one set of a source again, beside what else stands
   * @throws HarvestError `HARVEST_UNKNOWN_SOURCE`, `HARVEST_SET_OF_SEVERAL`, at once and not by the promise
   */
  run(options: { source?: string; full?: boolean; set?: string } = {}): Promise<HarvestSummary[]> {
    const { full = false, set } = options;
    return Promise.all(
      this.#chosen(options).map(({ harvest, abort }) =>
        this.#work(harvest.run({ full, set, signal: abort.signal })),
      ),
    );
  }

  /**
   * Asks the source for its sets.
   * @throws HarvestError `HARVEST_UNKNOWN_SET`, `HARVEST_UNKNOWN_SOURCE`, `HARVEST_SET_OF_SEVERAL`
   */
  async refuseUnknownSet({ source, set }: { source?: string; set: string }): Promise<void> {
    for (const { harvest, abort } of this.#chosen({ ...(source !== undefined && { source }), set }))
      await refuseUnknownSet(harvest, set, abort.signal);
  }

  #chosen({ source, set }: { source?: string; set?: string }): Followed[] {
    if (source !== undefined && !this.#followed.has(source))
      throw unknownSource(source, [...this.#followed.keys()]);
    const chosen = [...this.#followed.values()].filter(
      ({ harvest }) =>
        (source === undefined || harvest.name === source) &&
        (set === undefined || harvest.source.setSpecs !== undefined),
    );
    if (set !== undefined && chosen.length !== 1) throw setOfSeveral(set);
    return chosen;
  }

  /**
   * Fetches one record anew, as its source has it now.
   * @throws HarvestError `HARVEST_UNKNOWN_RECORD`, `HARVEST_RECORD_REFUSED`, or what the source throws
   */
  async refetch(oaiIdentifier: string): Promise<HarvestedRecord> {
    const { signal } = this.#abort;
    for await (const { harvest, item } of this.#records.copiesOf(oaiIdentifier, signal)) {
      if (item.metadata !== undefined) return await harvest.recordOf(item, signal);
    }
    throw new TypeError('copies end with a record or an error');
  }

  /**
   * Fetches one record anew and puts it into the catalogue, or deletes it where the source says that it is deleted.
   * @throws as `refetch`
   */
  async reharvest(oaiIdentifier: string): Promise<{ key: string; outcome: Outcome }> {
    const { signal } = this.#abort;
    for await (const { harvest, item } of this.#records.copiesOf(oaiIdentifier, signal)) {
      const result = await this.#work(harvest.put(item, signal));
      if (result !== undefined) return result;
    }
    throw new TypeError('copies end with a record or an error');
  }

  /** Name of the source that has a record. */
  async sourceOf(oaiIdentifier: string): Promise<string | undefined> {
    return await this.#records.of(oaiIdentifier);
  }

  /** In the order of the configuration. */
  state(): SourceState[] {
    return [...this.#followed.values()].map(({ harvest }) => harvest.state());
  }

  /**
   * How the latest harvests ended, of one source or of all, the latest first.
   * @throws HarvestError `HARVEST_UNKNOWN_SOURCE`
   */
  async pastRuns({ source, limit }: { source?: string; limit: number }): Promise<HarvestSummary[]> {
    const sources = this.#chosen({ ...(source !== undefined && { source }) }).map(
      ({ harvest }) => harvest.name,
    );
    return await pastRuns(this.#options.section, { sources, limit });
  }

  /** Calls `listener` when something in `state` has changed. @returns what ends it */
  onProgress(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Open issues: errors first, then by source and code. */
  async issues(options: IssueFilter & { limit: number }): Promise<HarvestIssue[]> {
    return await listIssues(this.#options.section, options);
  }

  async issueCounts(filter: CountFilter = {}): Promise<IssueCounts> {
    return await countIssues(this.#options.section, filter);
  }

  /** How many of the issues that fit are open of each code in each source. */
  async issueKinds(filter: CountFilter = {}): Promise<SourceKindCount[]> {
    return await countKinds(this.#options.section, filter);
  }

  #join(config: SourceConfig): Followed {
    const { catalogue, section, clock, log, fetch, stages } = this.#options;
    const harvest: SourceHarvest = new SourceHarvest({
      name: config.name,
      type: config.type,
      source: createSource(config, {
        fetch,
        clock,
        get log() {
          return harvest.log;
        },
      }),
      stages,
      catalogue,
      section,
      heldElsewhere: (identifiers) => this.#records.besides(config.name, identifiers),
      clock,
      log,
      onProgress: () => this.#tell(),
    });
    const followed = { harvest, abort: new AbortController() };
    this.#followed.set(config.name, followed);
    return followed;
  }

  #follow({ harvest, abort }: Followed): void {
    void this.#work(harvest.follow(this.#options.intervalMs, abort.signal));
  }

  /** After the first harvests, so that the records of a source that only has another name now stay where they are. */
  async #forgetUnconfigured(signal: AbortSignal): Promise<void> {
    const { section, log } = this.#options;
    const first = await this.run();
    await forgetFormerSources({
      section,
      isKnown: (source) => this.#followed.has(source) || this.#leaving.has(source),
      // A mistyped or forgotten address must not empty the node, and its peers with it.
      othersAreThere: first.length > 0 && first.every(({ outcome }) => outcome === 'complete'),
      forget: (source) => this.#forget(source, signal),
      log,
      signal,
    });
  }

  async #forget(source: string, signal: AbortSignal): Promise<void> {
    const { section, catalogue, clock } = this.#options;
    const heldElsewhere = (identifiers: readonly string[]) => this.#records.besides(source, identifiers);
    await forgetSource({ source, section, catalogue, heldElsewhere, clock, signal });
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
