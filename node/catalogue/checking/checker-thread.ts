import { Worker } from 'node:worker_threads';
import type { Clock } from '../../clock.ts';
import { CatalogueError, FeedError } from '../errors.ts';
import type { CheckedPage } from './check-page.ts';
import { unpackCheckedPage } from './packed-page.ts';
import { checkerInPlace, type PageChecker } from './page-checker.ts';
import type { Answer } from './worker.ts';

/** A thread that has nothing to check is ended: it holds some 40 MB. */
const IDLE_MS = 60_000;
/** So much is checked in a few milliseconds: to start a thread takes a hundred times that. */
const SMALL_BYTES = 64 * 1024;
/**
 * Some pages of 16 MB each are read and built in there. What is young is gone with its page, which mostly has 1 MB: room for more of
 * it makes the process larger by as much as long as it copies.
 */
const resourceLimits = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 16 };

interface Waiting {
  resolve: (page: CheckedPage | undefined) => void;
  reject: (error: Error) => void;
}

/**
 * Checks pages in a thread of its own, so that the node goes on serving meanwhile. It is started with the first page that is
 * worth it; a small one is checked in place as long as there is no thread.
 */
export class CheckerThread implements PageChecker {
  readonly #clock: Clock;
  readonly #inPlace = checkerInPlace();
  #worker: Worker | undefined;
  /** Answers come in the order of the questions. */
  #waiting: Waiting[] = [];
  #idle: AbortController | undefined;

  constructor(options: { clock: Clock }) {
    this.#clock = options.clock;
  }

  /** Whether there is a thread now. */
  get isRunning(): boolean {
    return this.#worker !== undefined;
  }

  check(frame: Uint8Array): Promise<CheckedPage | undefined> {
    if (this.#worker === undefined && frame.length <= SMALL_BYTES) return this.#inPlace.check(frame);
    this.#idle?.abort();
    const worker = (this.#worker ??= this.#start());
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage(frame);
    });
  }

  async stop(): Promise<void> {
    this.#idle?.abort();
    await this.#end(this.#worker);
  }

  #start(): Worker {
    const file = import.meta.url.endsWith('.ts') ? './worker-from-source.mjs' : './worker.js';
    const worker = new Worker(new URL(file, import.meta.url), { resourceLimits, env: {} });
    worker.unref();
    worker.on('message', (answer: Answer) => this.#settle(answer));
    worker.on('error', (error) => this.#fail(worker, error));
    worker.on('exit', () => this.#fail(worker, undefined));
    return worker;
  }

  #settle(answer: Answer): void {
    const next = this.#waiting.shift();
    if (this.#waiting.length === 0) this.#endWhenIdle();
    if ('refusal' in answer) {
      const { code, message, remedy } = answer.refusal;
      next?.reject(new FeedError(code, message, remedy === undefined ? {} : { remedy }));
    } else {
      next?.resolve(answer.page === undefined ? undefined : unpackCheckedPage(answer.page));
    }
  }

  #fail(worker: Worker, cause: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { reject } of waiting) reject(ended(cause));
  }

  #endWhenIdle(): void {
    const idle = new AbortController();
    this.#idle = idle;
    const worker = this.#worker;
    this.#clock.sleep(IDLE_MS, idle.signal).then(
      () => this.#end(worker),
      () => undefined,
    );
  }

  async #end(worker: Worker | undefined): Promise<void> {
    if (worker === undefined) return;
    this.#fail(worker, undefined);
    await worker.terminate();
  }
}

function ended(cause: unknown): CatalogueError {
  return new CatalogueError(
    'CATALOGUE_CHECK_ENDED',
    'The thread that checks what other nodes send has ended.',
    {
      remedy:
        'Nothing to do: it is started again with the next page. If it comes back, report it with the log.',
      cause,
    },
  );
}
