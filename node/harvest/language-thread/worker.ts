import { parentPort } from 'node:worker_threads';
import { giveWay } from '../give-way.ts';
import { languageOfRecord, type RecordTexts } from '../language/index.ts';

/*
 * The thread in which languages are told: the texts of some records in, their languages out. What is thrown here is a
 * mistake of ours: the thread ends by it, and its parent tells (`language-thread.ts`).
 */
giveWay();
parentPort?.on('message', (records: readonly RecordTexts[]) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(records.map(languageOfRecord));
});
