import { parentPort, workerData } from 'node:worker_threads';
import { NgrError } from '../../../vocab/errors.ts';
import type { DenseErrorCode } from './errors.ts';
import { SentenceModel, type ModelDescription } from './sentence-model.ts';
import type { ModelSettings } from './settings.ts';

/** What the thread says first: the model is there, or why not. */
export type Opening =
  | { description: ModelDescription }
  | { refusal: { code: DenseErrorCode; message: string; remedy: string } };

/** What it says to each question, a list of texts: the vectors one behind the other, or what went wrong. */
export type Answer = { vectors: Float32Array } | { failure: string };

/* The thread in which a model computes (`model-thread.ts`): one question in, one answer out. */

void serve();

async function serve(): Promise<void> {
  let model: SentenceModel;
  try {
    model = await SentenceModel.open(workerData as ModelSettings);
  } catch (error) {
    // What is no refusal is a mistake of ours: the thread ends by it, and its parent tells.
    if (!(error instanceof NgrError)) throw error;
    const { code, message, remedy = '' } = error;
    say({ refusal: { code: code as DenseErrorCode, message, remedy } });
    return;
  }
  parentPort?.on('message', (texts: readonly string[]) => void answer(model, texts));
  say({ description: model.description });
}

async function answer(model: SentenceModel, texts: readonly string[]): Promise<void> {
  try {
    const { dimensions } = model.description;
    const vectors = new Float32Array(texts.length * dimensions);
    for (const [i, vector] of (await model.embed(texts)).entries()) vectors.set(vector, i * dimensions);
    say({ vectors });
  } catch (error) {
    say({ failure: error instanceof Error ? error.message : String(error) });
  }
}

function say(message: Opening | Answer): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(message, 'vectors' in message ? [message.vectors.buffer as ArrayBuffer] : []);
}
