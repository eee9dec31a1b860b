import type { Worker } from 'node:worker_threads';
import type { Clock } from '../../../clock.ts';
import type { Extraction, ExtractionInput } from './extraction.ts';
import { startWorker } from './worker-thread.ts';

const TIME_LIMIT_MS = 120_000;
/** A thread that has nothing to read is ended: it holds some 100 MB. */
const IDLE_MS = 300_000;
/** How much the process may grow while a file is read. Buffers lie outside of the thread's heap, which has a bound of its own. */
const MOST_GROWTH_BYTES = 500_000_000;
const GROWTH_CHECK_MS = 250;

/**
 * Reads files in a thread of its own, one after another: what loops, crashes or takes too much in there is ended, and the
 * next file begins in a new thread.
 */
export class Extractor {
  readonly #clock: Clock;
  readonly #start: () => Worker;
  #worker: Worker | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #idle: AbortController | undefined;

  /** @param options.start makes the thread; a test's may be another */
  constructor(options: { clock: Clock; start?: () => Worker }) {
    this.#clock = options.clock;
    this.#start = options.start ?? startWorker;
  }

  /** @throws the signal's reason */
  async extract(input: ExtractionInput, signal: AbortSignal): Promise<Extraction> {
    const turn = this.#last.then(() => this.#extract(input, signal));
    this.#last = turn.catch(() => undefined);
    return await turn;
  }

  async stop(): Promise<void> {
    await this.#last;
    await this.#end();
  }

  async #extract(input: ExtractionInput, signal: AbortSignal): Promise<Extraction> {
    signal.throwIfAborted();
    this.#idle?.abort();
    const worker = (this.#worker ??= this.#started());
    const limits = new AbortController();
    try {
      const extraction = await Promise.race([
        answerOf(worker, input),
        this.#timeLimit(limits.signal),
        memoryLimit(limits.signal),
        aborted(signal, limits.signal),
      ]);
      if (extraction.outcome === 'too-costly') await this.#end();
      else this.#endWhenIdle();
      return extraction;
    } catch (error) {
      await this.#end();
      throw error;
    } finally {
      limits.abort();
    }
  }

  async #timeLimit(over: AbortSignal): Promise<Extraction> {
    await this.#clock.sleep(TIME_LIMIT_MS, over).catch(() => undefined);
    return { outcome: 'too-costly', detail: `not read within ${TIME_LIMIT_MS / 1000} s` };
  }

  #started(): Worker {
    const worker = this.#start();
    // Whoever waits for an answer hears of it; a crash in between is nobody's, and must not be the process's.
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = undefined;
    });
    return worker;
  }

  #endWhenIdle(): void {
    const idle = new AbortController();
    this.#idle = idle;
    const end = async (): Promise<void> => {
      if (!idle.signal.aborted) await this.#end();
    };
    const wait = async (): Promise<void> => {
      await this.#clock.sleep(IDLE_MS, idle.signal);
      this.#last = this.#last.then(end);
    };
    wait().catch(() => undefined);
  }

  async #end(): Promise<void> {
    this.#idle?.abort();
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }
}

/** What the thread answers, or what became of it. */
function answerOf(worker: Worker, input: ExtractionInput): Promise<Extraction> {
  return new Promise((resolve) => {
    const crashed = (detail: string): void => settle({ outcome: 'too-costly', detail });
    const onMessage = (extraction: Extraction): void => settle(extraction);
    const onError = (error: Error): void => crashed(String(error));
    const onExit = (code: number): void => crashed(`the reading thread ended with ${code}`);
    const settle = (extraction: Extraction): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      resolve(extraction);
    };
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(input, 'bytes' in input.content ? ownBuffer(input.content.bytes) : []);
  });
}

/** The memory behind the bytes, to be handed over instead of copied; none where others have a share in it. */
function ownBuffer({ buffer, byteLength }: Uint8Array): ArrayBuffer[] {
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];
}

function memoryLimit(over: AbortSignal): Promise<Extraction> {
  const before = process.memoryUsage.rss();
  return new Promise((resolve) => {
    const check = setInterval(() => {
      const grown = process.memoryUsage.rss() - before;
      if (grown < MOST_GROWTH_BYTES) return;
      resolve({ outcome: 'too-costly', detail: `memory grew by ${Math.round(grown / 1e6)} MB` });
    }, GROWTH_CHECK_MS);
    check.unref();
    over.addEventListener('abort', () => clearInterval(check), { once: true });
  });
}

function aborted(signal: AbortSignal, over: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true, signal: over });
  });
}
