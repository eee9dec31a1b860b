import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Fetch } from '../outbound/index.ts';
import { runJob } from '../telemetry/index.ts';
import { judge, type Check } from './check.ts';
import { ownInterface } from './own-interface.ts';
import type { Verdict } from './verdict.ts';
import { Visitor } from './visitor.ts';

/** What the checks of one run came to. */
export interface Report<Id extends string = string> {
  /** Milliseconds since 1970. */
  startedAt: number;
  /** Not there while it goes on: the checks that are not done are `untested`. */
  completedAt?: number;
  verdicts: ReadonlyMap<Id, Verdict>;
}

export interface SelfAssessmentOptions<Id extends string> {
  checks: ReadonlyMap<Id, Check>;
  /** The node's base URL, without a slash at its end. */
  base: string;
  /** Where it listens on this machine. */
  url: string;
  fetch: Fetch;
  clock: Clock;
  log: Logger;
}

/** A run that goes on. */
interface Run<Id extends string> {
  soFar(): Report<Id>;
  end: Promise<Report<Id>>;
}

/** A report that is younger is shown as it is. */
const FRESH_MS = 10 * 60_000;
/** How long one who asks is kept waiting for the end of a run. */
const PATIENCE_MS = 5_000;
const RUN_SECONDS = 30;

/**
 * Has a node look at its own public interface, when somebody wants to know. All who ask during a run share it, and
 * nobody waits for a slow one: there is the report before it, or what is known so far.
 */
export class SelfAssessment<Id extends string> {
  readonly #options: SelfAssessmentOptions<Id>;
  readonly #fetch: Fetch;
  readonly #stopping = new AbortController();
  #latest: Report<Id> | undefined;
  #run: Run<Id> | undefined;

  constructor(options: SelfAssessmentOptions<Id>) {
    this.#options = options;
    this.#fetch = ownInterface(options);
  }

  /** The latest report, however old; undefined as long as there was none. Nothing is begun. */
  get latest(): Report<Id> | undefined {
    return this.#latest;
  }

  /** The latest report, unless it has become old. */
  async report(): Promise<Report<Id>> {
    const { clock } = this.#options;
    const latest = this.#latest;
    if (latest !== undefined && clock.now() - latest.startedAt < FRESH_MS) return latest;
    const run = this.#start();
    return await this.#within(PATIENCE_MS, run.end, () => latest ?? run.soFar());
  }

  /** A new report, or that of the run that goes on; it takes half a minute at most. */
  async renew(): Promise<Report<Id>> {
    return await this.#start().end;
  }

  /** Ends the run that goes on. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#run?.end;
  }

  #start(): Run<Id> {
    if (this.#run !== undefined) return this.#run;
    const { checks, clock, log } = this.#options;
    const startedAt = clock.now();
    const verdicts = new Map<Id, Verdict>([...checks.keys()].map((id) => [id, { outcome: 'untested' }]));
    const words = { done: 'the node has looked at itself', failed: 'the node could not look at itself' };
    const checking = runJob({ kind: 'self-assessment', words, log, clock }, async (job) => {
      await this.#checkAll(verdicts);
      const report = { startedAt, completedAt: clock.now(), verdicts };
      const failed = [...verdicts].filter(([, { outcome }]) => outcome === 'failed').map(([id]) => id);
      job.tell({ checks: verdicts.size, failed });
      if (!this.#stopping.signal.aborted) this.#latest = report;
      this.#run = undefined;
      return report;
    });
    this.#run = { soFar: () => ({ startedAt, verdicts: new Map(verdicts) }), end: checking };
    return this.#run;
  }

  async #checkAll(verdicts: Map<Id, Verdict>): Promise<void> {
    const { checks, base, clock } = this.#options;
    const late = new AbortController();
    const done = new AbortController();
    clock.sleep(RUN_SECONDS * 1_000, done.signal).then(
      () => late.abort(),
      () => undefined,
    );
    const signal = AbortSignal.any([late.signal, this.#stopping.signal]);
    const visitor = new Visitor({ fetch: this.#fetch, base, clock, signal });
    const judging = [...checks].map(async ([id, check]) => {
      verdicts.set(id, await judge(check, visitor, { seconds: RUN_SECONDS }));
    });
    await Promise.all(judging);
    done.abort();
  }

  async #within<T>(ms: number, work: Promise<T>, otherwise: () => T): Promise<T> {
    const done = new AbortController();
    const patience = this.#options.clock.sleep(ms, done.signal).then(otherwise, () => work);
    try {
      return await Promise.race([work, patience]);
    } finally {
      done.abort();
    }
  }
}
