import type { Worker } from 'node:worker_threads';
import type { Clock } from '../../../clock.ts';
import { AskedThread } from '../../asked-thread.ts';
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
  readonly #thread: AskedThread<ExtractionInput, Extraction>;

  /** @param options.start makes the thread; a test's may be another */
  constructor({ clock, start = startWorker }: { clock: Clock; start?: () => Worker }) {
    this.#thread = new AskedThread({ clock, start, timeLimitMs: TIME_LIMIT_MS, idleMs: IDLE_MS });
  }

  /** @throws the signal's reason */
  async extract(input: ExtractionInput, signal: AbortSignal): Promise<Extraction> {
    const said = await this.#thread.ask(input, {
      signal,
      transfer: 'bytes' in input.content ? ownBuffer(input.content.bytes) : [],
      limit: memoryLimit,
    });
    return 'answer' in said ? said.answer : { outcome: 'too-costly', detail: said.failure };
  }

  async stop(): Promise<void> {
    await this.#thread.stop();
  }
}

/** The memory behind the bytes, to be handed over instead of copied; none where others have a share in it. */
function ownBuffer({ buffer, byteLength }: Uint8Array): ArrayBuffer[] {
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];
}

function memoryLimit(over: AbortSignal): Promise<string> {
  const before = process.memoryUsage.rss();
  return new Promise((resolve) => {
    const check = setInterval(() => {
      const grown = process.memoryUsage.rss() - before;
      if (grown >= MOST_GROWTH_BYTES) resolve(`memory grew by ${Math.round(grown / 1e6)} MB`);
    }, GROWTH_CHECK_MS);
    check.unref();
    over.addEventListener('abort', () => clearInterval(check), { once: true });
  });
}
