import type { Worker } from 'node:worker_threads';
import { startWorkerBeside } from '../../asked-thread.ts';

/**
 * Bounds of the thread's heap. Newer versions of Node.js end the whole process where it is full, so it lies well above what
 * `Extractor` lets the process grow by before it ends the thread.
 */
const resourceLimits = { maxOldGenerationSizeMb: 2_048, maxYoungGenerationSizeMb: 64 };

/** Starts the thread of `worker.ts`. */
export function startWorker(): Worker {
  return startWorkerBeside(import.meta.url, resourceLimits);
}
