import type { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import { AskedThread, type Said, startWorkerBeside } from '../asked-thread.ts';
import type { RecordLanguage, RecordTexts } from '../language/index.ts';
import type { RecordLanguages } from './record-languages.ts';

/** Of one page; it takes a fraction of a second. */
const TIME_LIMIT_MS = 60_000;
/** A thread that has nothing to tell is ended: it holds some 50 MB. */
const IDLE_MS = 60_000;
/** Newer versions of Node.js end the whole process where it is full, so it lies well above what the thread ever needs. */
const resourceLimits = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 4 };

/**
 * Tells languages in a thread of its own, so that the pages before and after go on meanwhile. Where it fails the records go on
 * without, and the next page begins a new thread.
 */
export class LanguageThread implements RecordLanguages {
  readonly #thread: AskedThread<readonly RecordTexts[], readonly (RecordLanguage | undefined)[]>;
  readonly #log: Logger;
  /** So that the log tells of a run of failures once. */
  #isFailing = false;

  /** @param options.start makes the thread; a test's may be another */
  constructor({ clock, log, start = startWorker }: { clock: Clock; log: Logger; start?: () => Worker }) {
    this.#thread = new AskedThread({ clock, start, timeLimitMs: TIME_LIMIT_MS, idleMs: IDLE_MS });
    this.#log = log;
  }

  async of(
    records: readonly RecordTexts[],
    signal: AbortSignal,
  ): Promise<readonly (RecordLanguage | undefined)[]> {
    if (records.length === 0) return [];
    const said = await this.#ask(records, signal);
    if ('answer' in said) {
      this.#isFailing = false;
      return said.answer;
    }
    if (!this.#isFailing) this.#log.warn({ detail: said.failure, remedy: REMEDY }, FAILED);
    this.#isFailing = true;
    return records.map(() => undefined);
  }

  async #ask(
    records: readonly RecordTexts[],
    signal: AbortSignal,
  ): Promise<Said<readonly (RecordLanguage | undefined)[]>> {
    try {
      return await this.#thread.ask(records, { signal });
    } catch (error) {
      if (signal.aborted) throw error;
      return { failure: String(error) };
    }
  }

  async stop(): Promise<void> {
    await this.#thread.stop();
  }
}

const FAILED = 'the thread that tells languages failed: these records are taken in without';
const REMEDY =
  'Harvest the source in full later. If it comes back, report it to the makers of NGR Node, with this line of the log.';

function startWorker(): Worker {
  return startWorkerBeside(import.meta.url, resourceLimits);
}
