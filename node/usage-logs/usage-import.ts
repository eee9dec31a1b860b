import type { PathRule } from '../../protocols/access-log/index.ts';
import type { ExportFormat } from '../../protocols/usage-export/index.ts';
import type { Counting, Taken, UsageEvent } from './counting.ts';
import { dayOf } from './days.ts';
import { UsageLogError } from './errors.ts';
import { takeExport } from './export-intake.ts';
import { Handover } from './handover.ts';
import { LogIntake } from './log-intake.ts';
import { type ItemFinder, PathMeanings } from './path-meanings.ts';
import { type LogFigures, Tally } from './tally.ts';
import { unpacked } from './unpacked.ts';

export const importFormats = ['combined', 'matomo', 'dspace-solr'] as const satisfies readonly (
  | 'combined'
  | ExportFormat
)[];
export type ImportFormat = (typeof importFormats)[number];

/** Files of which the end has not come yet. */
const MOST_FILES = 16;

/** What became of an import so far. */
export interface ImportReport {
  files: number;
  /** Of the files as they were sent. */
  bytes: number;
  figures: LogFigures;
  /** Names of files that are cut off or damaged: what stands before was read. */
  damaged: readonly string[];
  /** Events of days that were not to be restated; they are left out. */
  otherDays: number;
}

export interface UsageImportOptions {
  format: ImportFormat;
  finder: ItemFinder;
  rules: readonly PathRule[];
  siteUrl: string | undefined;
  counting: Counting;
  /** `2026-11-21`: the days that are given anew and whole. */
  restates: readonly string[] | undefined;
}

/** Bytes that wait to be read; who sends more waits. */
interface FileUnderWay {
  pieces: Handover<Uint8Array>;
  received: number;
  done: Promise<void>;
}

/**
 * Files that are handed to the node to be counted, part by part. They are read as they come and kept nowhere, as they tell who
 * read what.
 */
export class UsageImport {
  readonly #options: UsageImportOptions;
  readonly #meanings: PathMeanings;
  readonly #tally = new Tally();
  readonly #underWay = new Map<string, FileUnderWay>();
  readonly #damaged: string[] = [];
  readonly #days: ReadonlySet<string> | undefined;
  readonly #anew: { batches: Handover<readonly UsageEvent[]>; done: Promise<unknown> } | undefined;
  #files = 0;
  #bytes = 0;
  #otherDays = 0;

  constructor(options: UsageImportOptions) {
    this.#options = options;
    this.#meanings = new PathMeanings({ ...options, areRulesTrusted: true });
    if (options.restates === undefined) return;
    this.#days = new Set(options.restates);
    const batches = new Handover<readonly UsageEvent[]>();
    const done = options.counting.restate(options.restates, batches);
    done.catch((error: unknown) => batches.fail(error));
    this.#anew = { batches, done };
  }

  report(): ImportReport {
    return {
      files: this.#files,
      bytes: this.#bytes,
      figures: this.#tally.figures(),
      damaged: this.#damaged,
      otherDays: this.#otherDays,
    };
  }

  /**
   * Takes a part of a file; parts of one file come one after another.
   *
   * @returns bytes of the file so far
   * @throws UsageLogError `USAGE_IMPORT_BAD_PART`; whatever the counting throws
   */
  async receive(
    name: string,
    {
      first,
      bytes,
      isLast,
    }: { first: number; bytes: AsyncIterable<Uint8Array>; isLast: (received: number) => boolean },
  ): Promise<{ received: number; isComplete: boolean }> {
    if (!this.#underWay.has(name) && this.#underWay.size >= MOST_FILES) throw tooMany();
    const file = this.#underWay.get(name) ?? this.#begin(name);
    if (first !== file.received) {
      throw badPart(`${file.received} bytes of ${name} came; the part at ${first} does not fit.`);
    }
    for await (const piece of bytes) {
      await file.pieces.give(piece);
      file.received += piece.length;
      this.#bytes += piece.length;
    }
    const isComplete = isLast(file.received);
    if (isComplete) {
      file.pieces.end();
      await file.done;
      this.#underWay.delete(name);
    }
    return { received: file.received, isComplete };
  }

  /**
   * All files have come: resolves when everything is kept.
   * @throws UsageLogError `USAGE_IMPORT_BAD_PART` where one of them has not come to its end: then nothing is restated
   */
  async finish(): Promise<ImportReport> {
    const [unended] = this.#underWay.keys();
    if (unended !== undefined) {
      const error = badPart(`${unended} has not come to its end.`);
      this.abandon(error);
      throw error;
    }
    this.#anew?.batches.end();
    await this.#anew?.done;
    return this.report();
  }

  /** Not all files came: nothing is restated. What was counted stays. */
  abandon(error: unknown): void {
    for (const { pieces } of this.#underWay.values()) pieces.fail(error);
    this.#anew?.batches.fail(error);
  }

  #begin(name: string): FileUnderWay {
    const pieces = new Handover<Uint8Array>();
    const done = this.#read(unpacked(pieces)).catch((error: unknown) => {
      if (!(error instanceof UsageLogError) || error.code !== 'USAGE_ARCHIVE_DAMAGED') {
        pieces.fail(error);
        throw error;
      }
      this.#damaged.push(name);
    });
    done.catch(() => undefined);
    const file = { pieces, received: 0, done };
    this.#files += 1;
    this.#underWay.set(name, file);
    return file;
  }

  async #read(content: AsyncIterable<Uint8Array>): Promise<void> {
    const { format, finder, rules, siteUrl } = this.#options;
    const take = (events: readonly UsageEvent[]): Promise<Taken> => this.#take(events);
    const tally = this.#tally;
    if (format !== 'combined') {
      await takeExport(content, { format, take, finder, rules, siteUrl, tally });
      return;
    }
    const intake = new LogIntake({ take, meanings: this.#meanings, tally });
    let isWhole = false;
    try {
      for await (const piece of content) await intake.take(piece);
      isWhole = true;
    } finally {
      await intake.flush(isWhole);
    }
  }

  async #take(events: readonly UsageEvent[]): Promise<Taken> {
    if (this.#anew === undefined || this.#days === undefined)
      return await this.#options.counting.take(events);
    const days = this.#days;
    const wanted = events.filter(({ time }) => days.has(dayOf(time)));
    this.#otherDays += events.length - wanted.length;
    if (wanted.length > 0) await this.#anew.batches.give(wanted);
    return { taken: wanted.length, robots: 0, internal: 0, refused: new Map() };
  }
}

function badPart(message: string): UsageLogError {
  return new UsageLogError('USAGE_IMPORT_BAD_PART', message, {
    remedy: 'Import the files again; what was read already counts once.',
  });
}

function tooMany(): UsageLogError {
  return new UsageLogError(
    'USAGE_IMPORT_BAD_PART',
    `${MOST_FILES} files were begun and not brought to their end.`,
    {
      remedy: 'Send one file after another.',
    },
  );
}
