import { Worker, type ResourceLimits, type Transferable } from 'node:worker_threads';
import type { Clock } from '../clock.ts';

/** What a thread answered, or what became of it instead. */
export type Said<Answer> = { answer: Answer } | { failure: string };

export interface AskedThreadOptions {
  clock: Clock;
  /** Makes the thread; a test's may be another. */
  start: () => Worker;
  /** An answer that takes longer is none. */
  timeLimitMs: number;
  /** A thread that is asked nothing for so long is ended. */
  idleMs: number;
}

export interface Asking {
  signal: AbortSignal;
  /** What is handed over with the question instead of being copied. */
  transfer?: readonly Transferable[];
  /** One more thing that may happen before there is an answer, until `over` aborts: what it resolves with is told as the failure. */
  limit?: (over: AbortSignal) => Promise<string>;
}

/**
 * A thread that is asked one question after another: one message in, one out. What loops, crashes or takes too long in
 * there is ended, and the next question begins in a new thread. There is none before the first question, nor when there
 * was none for a while.
 */
export class AskedThread<Question, Answer> {
  readonly #options: AskedThreadOptions;
  #worker: Worker | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #idle: AbortController | undefined;

  constructor(options: AskedThreadOptions) {
    this.#options = options;
  }

  /** @throws the signal's reason; what kept the thread from being started or asked */
  async ask(question: Question, asking: Asking): Promise<Said<Answer>> {
    asking.signal.throwIfAborted();
    const turn = this.#last.then(() => this.#ask(question, asking));
    this.#last = turn.catch(() => undefined);
    const over = new AbortController();
    try {
      // Who gives up need not wait for those before.
      return await Promise.race([turn, aborted(asking.signal, over.signal)]);
    } finally {
      over.abort();
    }
  }

  /** Waits for the answers that are due. */
  async stop(): Promise<void> {
    await this.#last;
    await this.#end();
  }

  async #ask(question: Question, { signal, transfer = [], limit }: Asking): Promise<Said<Answer>> {
    signal.throwIfAborted();
    this.#idle?.abort();
    const over = new AbortController();
    const failed = limit?.(over.signal).then((failure) => ({ failure }));
    try {
      const worker = (this.#worker ??= this.#started());
      const said = await Promise.race([
        answerOf<Answer>(worker, () => worker.postMessage(question, transfer)),
        this.#timeLimit(over.signal),
        aborted(signal, over.signal),
        ...(failed === undefined ? [] : [failed]),
      ]);
      if ('failure' in said) await this.#end();
      else this.#endWhenIdle();
      return said;
    } catch (error) {
      await this.#end();
      throw error;
    } finally {
      over.abort();
    }
  }

  async #timeLimit(over: AbortSignal): Promise<{ failure: string }> {
    const { clock, timeLimitMs } = this.#options;
    await clock.sleep(timeLimitMs, over).catch(() => undefined);
    return { failure: `not read within ${timeLimitMs / 1000} s` };
  }

  #started(): Worker {
    const worker = this.#options.start();
    worker.unref();
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
      await this.#options.clock.sleep(this.#options.idleMs, idle.signal);
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

/**
 * Starts the thread of `worker.ts` in the folder of a module, compiled or from source. What libraries print in it is not for
 * the node's own output, and nothing of the node's surroundings is for what is read in it.
 *
 * @param module its `import.meta.url`
 */
export function startWorkerBeside(module: string, resourceLimits: ResourceLimits): Worker {
  const file = module.endsWith('.ts') ? './worker-from-source.mjs' : './worker.js';
  const worker = new Worker(new URL(file, module), { resourceLimits, stdout: true, stderr: true, env: {} });
  worker.stdout.resume();
  worker.stderr.resume();
  return worker;
}

function answerOf<Answer>(worker: Worker, ask: () => void): Promise<Said<Answer>> {
  return new Promise((resolve) => {
    const crashed = (failure: string): void => settle({ failure });
    const onMessage = (answer: Answer): void => settle({ answer });
    const onError = (error: Error): void => crashed(String(error));
    const onExit = (code: number): void => crashed(`the thread ended with ${code}`);
    const settle = (said: Said<Answer>): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      resolve(said);
    };
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    ask();
  });
}

/** Taken back by hand: Node forgets, when it collects garbage meanwhile, to take back a listener that was added with `signal: over`. */
function aborted(signal: AbortSignal, over: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abandon = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', abandon, { once: true });
    over.addEventListener('abort', () => signal.removeEventListener('abort', abandon), { once: true });
  });
}
