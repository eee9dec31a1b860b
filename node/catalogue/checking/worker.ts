import { parentPort } from 'node:worker_threads';
import { NgrError } from '../../../vocab/errors.ts';
import { PageCheck } from './check-page.ts';
import { packPage, type PackedPage } from './packed-page.ts';

const MOVED_FROM_BYTES = 64 * 1024;

/** What the thread answers, in the order of the questions. */
export type Answer =
  | { page: PackedPage | undefined }
  | { refusal: { code: string; message: string; remedy: string | undefined } };

/*
 * The thread in which pages of other nodes are unpacked and checked: a frame in, an answer out, one after another.
 */
const checks = new PageCheck();
let last: Promise<void> = Promise.resolve();

parentPort?.on('message', (frame: Uint8Array) => {
  last = last.then(() => answer(frame));
});

async function answer(frame: Uint8Array): Promise<void> {
  const result = await check(frame);
  const message = 'page' in result ? result.page?.message : undefined;
  // Small buffers may share their memory with others: those are copied.
  const isMoved = message !== undefined && message.length >= MOVED_FROM_BYTES;
  parentPort?.postMessage(result, isMoved ? [message.buffer as ArrayBuffer] : []);
}

async function check(frame: Uint8Array): Promise<Answer> {
  try {
    const page = await checks.check(frame);
    return { page: page === undefined ? undefined : packPage(page) };
  } catch (error) {
    // What is no refusal is a mistake of ours: the thread ends by it, and its parent tells.
    if (!(error instanceof NgrError)) throw error;
    const { code, message, remedy } = error;
    return { refusal: { code, message, remedy } };
  }
}
