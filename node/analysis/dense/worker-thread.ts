import { Worker } from 'node:worker_threads';
import type { ModelSettings } from './settings.ts';

/** Of the thread's own heap, where vocabulary and tokens lie. The model lies outside: its file's size is bounded. */
const resourceLimits = { maxOldGenerationSizeMb: 1_024, maxYoungGenerationSizeMb: 64 };
/** What the runtime prints is not for the node's own output, and nothing of the node's surroundings is for a model. */
const apart = { resourceLimits, stdout: true, stderr: true, env: {} };

/** Starts the thread of `worker.ts`, compiled or from source. */
export function startWorker(settings: ModelSettings): Worker {
  const file = import.meta.url.endsWith('.ts') ? './worker-from-source.mjs' : './worker.js';
  const worker = new Worker(new URL(file, import.meta.url), { ...apart, workerData: settings });
  worker.stdout.resume();
  worker.stderr.resume();
  return worker;
}
