import { Worker } from 'node:worker_threads';

/**
 * Bounds of the thread's heap. Newer versions of Node.js end the whole process where it is full, so it lies well above what
 * `Extractor` lets the process grow by before it ends the thread.
 */
const resourceLimits = { maxOldGenerationSizeMb: 2_048, maxYoungGenerationSizeMb: 64 };
/** What libraries print is not for the node's own output; and nothing of the node's surroundings is for a file. */
const apart = { resourceLimits, stdout: true, stderr: true, env: {} };

/** Starts the thread of `worker.ts`, compiled or from source. */
export function startWorker(): Worker {
  const file = import.meta.url.endsWith('.ts') ? './worker-from-source.mjs' : './worker.js';
  const worker = new Worker(new URL(file, import.meta.url), apart);
  worker.stdout.resume();
  worker.stderr.resume();
  return worker;
}
