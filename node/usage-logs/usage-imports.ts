import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { PresetName } from '../../protocols/access-log/index.ts';
import type { Clock } from '../clock.ts';
import { BegunJob } from '../telemetry/index.ts';
import type { Counting } from './counting.ts';
import { daysIn } from './days.ts';
import { UsageLogError } from './errors.ts';
import { rulesOf } from './log-rules.ts';
import type { ItemFinder } from './path-meanings.ts';
import { type ImportFormat, type ImportReport, UsageImport } from './usage-import.ts';

/** Imports that go on at one time. */
const MOST_IMPORTS = 4;
/** An import of which no part comes for so long is given up. */
const IDLE_MS = 900_000;

/** What is to be imported. */
export interface ImportRequest {
  format: ImportFormat;
  repository: PresetName | 'own-rules';
  siteUrl?: string | undefined;
  /** The days that are given anew and whole: a day, a month, or `2026-01..2026-03`. */
  restate?: string | undefined;
}

interface UsageImportsOptions {
  counting: Counting;
  finderOf: (siteUrl: string | undefined) => ItemFinder;
  /** Resolves when the items are those that are held now. */
  ready: () => Promise<void>;
  clock: Pick<Clock, 'now'>;
  log: Logger;
}

interface UnderWay {
  one: UsageImport;
  touchedAt: number;
  job: BegunJob;
}

/** Imports of logs and exports by hand, each under an id as long as its parts come. */
export class UsageImports {
  readonly #options: UsageImportsOptions;
  readonly #imports = new Map<string, UnderWay>();

  constructor(options: UsageImportsOptions) {
    this.#options = options;
  }

  /** @returns its id. @throws UsageLogError `USAGE_IMPORT_BAD_DAYS`, `USAGE_IMPORT_TOO_MANY` */
  async begin({ format, repository, siteUrl, restate }: ImportRequest): Promise<string> {
    const { counting, finderOf, ready, clock, log } = this.#options;
    for (const [id, { touchedAt }] of this.#imports)
      if (clock.now() - touchedAt > IDLE_MS) this.#giveUp(id, 'No part of it came for too long.');
    const site = siteUrl?.replace(/\/+$/, '');
    const restates = restate === undefined ? undefined : daysIn(restate);
    if (this.#imports.size >= MOST_IMPORTS) {
      throw new UsageLogError('USAGE_IMPORT_TOO_MANY', `${MOST_IMPORTS} imports of usage are going on.`, {
        remedy: 'Wait until one of them is done.',
      });
    }
    const rules = rulesOf({ repository, rules: [] });
    await ready();
    const finder = finderOf(site);
    const id = randomUUID();
    const one = new UsageImport({ format, finder, rules, siteUrl: site, counting, restates });
    const job = new BegunJob({
      kind: 'usage-import',
      of: { format },
      words: { done: 'an import of usage was counted', failed: 'an import of usage was given up' },
      log,
      clock,
      failsAs: 'warn',
    });
    this.#imports.set(id, { one, touchedAt: clock.now(), job });
    return id;
  }

  /** @throws UsageLogError `USAGE_IMPORT_UNKNOWN`, and those of `UsageImport.receive`, after which the import is given up */
  async receive(
    id: string,
    name: string,
    part: Parameters<UsageImport['receive']>[1],
  ): Promise<{ received: number; isComplete: boolean }> {
    const { one, job } = this.#get(id);
    try {
      return await one.receive(name, part);
    } catch (error) {
      this.#imports.delete(id);
      one.abandon(error);
      job.fail(error);
      job.end();
      throw error;
    } finally {
      this.#touch(id);
    }
  }

  report(id: string): ImportReport {
    return this.#get(id).one.report();
  }

  /** All files have come. @throws UsageLogError `USAGE_IMPORT_UNKNOWN`; whatever the counting throws */
  async finish(id: string): Promise<ImportReport> {
    const { one, job } = this.#get(id);
    this.#imports.delete(id);
    try {
      const report = await one.finish();
      const { files, bytes, damaged } = report;
      job.tell({ files, bytes, damaged: damaged.length });
      return report;
    } catch (error) {
      job.fail(error);
      throw error;
    } finally {
      job.end();
    }
  }

  stop(): void {
    for (const id of this.#imports.keys()) this.#giveUp(id, 'The node is stopping.');
  }

  #giveUp(id: string, reason: string): void {
    const entry = this.#imports.get(id);
    if (entry === undefined) return;
    const { one, job } = entry;
    this.#imports.delete(id);
    const error = unknown(reason);
    one.abandon(error);
    job.fail(error);
    job.end();
  }

  #get(id: string): UnderWay {
    this.#touch(id);
    const entry = this.#imports.get(id);
    if (entry === undefined) throw unknown('There is no such import of usage.');
    return entry;
  }

  #touch(id: string): void {
    const entry = this.#imports.get(id);
    if (entry !== undefined) entry.touchedAt = this.#options.clock.now();
  }
}

function unknown(reason: string): UsageLogError {
  return new UsageLogError('USAGE_IMPORT_UNKNOWN', reason, {
    remedy: 'Import the files again; what was read already counts once.',
  });
}
