import type { Worker } from 'node:worker_threads';
import type { Clock } from '../../clock.ts';
import { DenseError } from './errors.ts';
import type { ModelDescription } from './sentence-model.ts';
import type { ModelSettings } from './settings.ts';
import type { Answer, Opening } from './worker.ts';
import { startWorker } from './worker-thread.ts';

/** Of loading a model, and of one question. */
const TIME_LIMIT_MS = 120_000;
/** A thread that has nothing to do is ended: with its model it holds some 100 MB and more. */
const IDLE_MS = 300_000;
/** Questions that wait for their turn. */
const MOST_WAITING = 8;
const CRASH_REMEDY =
  'Nothing to do: it is started again. If it comes back, the model may be too large for this machine.';

/**
 * A model in a thread of its own, one question after another: what loops, crashes or is ended in there does not touch the node, and
 * the next question begins in a new thread.
 */
export class ModelThread {
  readonly description: ModelDescription;
  readonly #settings: ModelSettings;
  readonly #clock: Clock;
  readonly #start: (settings: ModelSettings) => Worker;
  readonly #stopped = new AbortController();
  #worker: Worker | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #idle: AbortController | undefined;

  private constructor(options: ThreadOptions, description: ModelDescription) {
    this.description = description;
    this.#settings = options.settings;
    this.#clock = options.clock;
    this.#start = options.start ?? startWorker;
  }

  /**
   * Starts the thread and loads the model in it.
   * @throws DenseError of what the operator has to mend: those of `SentenceModel.open`, `DENSE_ENDED`, `DENSE_TOO_SLOW`
   */
  static async open(options: ThreadOptions): Promise<ModelThread> {
    const { settings, clock, start = startWorker } = options;
    const { worker, description } = await opened(start(settings), clock);
    const thread = new ModelThread(options, description);
    thread.#keep(worker);
    thread.#endWhenIdle();
    return thread;
  }

  /**
   * Of each text a vector of `description.dimensions` numbers.
   * @throws DenseError `DENSE_FAILED` by the model · `DENSE_TOO_SLOW` · `DENSE_ENDED` the thread has · `DENSE_BUSY` · `DENSE_STOPPED` ·
   *   `DENSE_CHANGED` its files are other ones than at the start · those of `SentenceModel.open`, where it was started anew
   */
  async embed(texts: readonly string[]): Promise<Float32Array[]> {
    if (this.#waiting >= MOST_WAITING) {
      throw new DenseError('DENSE_BUSY', 'The model has too much to do.', 'Try again later.');
    }
    this.#waiting++;
    const turn = this.#last.then(() => this.#embed(texts));
    this.#last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      this.#waiting--;
    }
  }

  /** Ends what is being computed. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#end();
    await this.#last;
  }

  async #embed(texts: readonly string[]): Promise<Float32Array[]> {
    this.#refuseWhenStopped();
    this.#idle?.abort();
    const worker = this.#worker ?? (await this.#started());
    this.#refuseWhenStopped();
    try {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      const answer = await answerOf<Answer>(worker, this.#clock, () => worker.postMessage(texts));
      if ('failure' in answer) {
        throw new DenseError(
          'DENSE_FAILED',
          `The model failed: ${answer.failure}`,
          'Check that the model is whole.',
        );
      }
      return split(answer.vectors, texts.length);
    } catch (error) {
      await this.#end();
      this.#refuseWhenStopped();
      throw error;
    } finally {
      if (this.#worker !== undefined) this.#endWhenIdle();
    }
  }

  async #started(): Promise<Worker> {
    const starting = this.#start(this.#settings);
    this.#keep(starting);
    const { worker, description } = await opened(starting, this.#clock).catch((error: unknown) => {
      this.#refuseWhenStopped();
      throw error;
    });
    if (description.fingerprint !== this.description.fingerprint) {
      await this.#end();
      throw new DenseError(
        'DENSE_CHANGED',
        `${this.#settings.path} or its vocabulary is another file than at the start.`,
        'Start the node again: it then computes the vectors of all records anew.',
      );
    }
    return worker;
  }

  #keep(worker: Worker): void {
    this.#worker = worker;
    // Whoever waits for an answer hears of it; a crash in between is nobody's, and must not be the process's.
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = undefined;
    });
    worker.unref();
  }

  #endWhenIdle(): void {
    const idle = new AbortController();
    this.#idle = idle;
    this.#clock.sleep(IDLE_MS, idle.signal).then(
      () => this.#end(),
      () => undefined,
    );
  }

  #refuseWhenStopped(): void {
    if (!this.#stopped.signal.aborted) return;
    throw new DenseError('DENSE_STOPPED', 'The node is being stopped.', 'Start it again.');
  }

  async #end(): Promise<void> {
    this.#idle?.abort();
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }
}

interface ThreadOptions {
  settings: ModelSettings;
  clock: Clock;
  /** Makes the thread; a test's may be another. */
  start?: (settings: ModelSettings) => Worker;
}

/** The thread with what it says of its model. It is ended where that cannot be loaded. */
async function opened(
  worker: Worker,
  clock: Clock,
): Promise<{ worker: Worker; description: ModelDescription }> {
  try {
    const opening = await answerOf<Opening>(worker, clock);
    if ('description' in opening) return { worker, description: opening.description };
    const { code, message, remedy } = opening.refusal;
    throw new DenseError(code, message, remedy);
  } catch (error) {
    await worker.terminate();
    throw error;
  }
}

/** What the thread says next. */
async function answerOf<T>(worker: Worker, clock: Clock, ask: () => void = () => undefined): Promise<T> {
  const over = new AbortController();
  const tooSlow = async (): Promise<never> => {
    await clock.sleep(TIME_LIMIT_MS, over.signal);
    throw new DenseError(
      'DENSE_TOO_SLOW',
      `The model was not done within ${TIME_LIMIT_MS / 1000} s.`,
      'Take a smaller model, fewer "related.model.maxTokens", or the package onnxruntime-node.',
    );
  };
  try {
    const said = new Promise<T>((resolve, reject) => {
      const ended = (cause: unknown): void =>
        reject(
          new DenseError(
            'DENSE_ENDED',
            `The thread of the model has ended: ${String(cause)}.`,
            CRASH_REMEDY,
            cause,
          ),
        );
      const onExit = (code: number): void => ended(`exit code ${code}`);
      const off = (): void => void worker.off('message', resolve).off('error', ended).off('exit', onExit);
      worker.on('message', resolve).on('error', ended).on('exit', onExit);
      over.signal.addEventListener('abort', off, { once: true });
    });
    ask();
    return await Promise.race([said, tooSlow()]);
  } finally {
    over.abort();
  }
}

function split(vectors: Float32Array, count: number): Float32Array[] {
  const size = vectors.length / count;
  return Array.from({ length: count }, (_, i) => vectors.subarray(i * size, (i + 1) * size));
}
