import { getPriority, setPriority } from 'node:os';

/** How much nicer than it was; 19 is the nicest there is. */
const NICER = 10;
const NICEST = 19;

/**
 * Has the calling thread work behind all others: whoever asks the node for a page does not wait for a file that is being read.
 *
 * On Linux only, where a thread has a niceness of its own (sched(7), "The nice value"); elsewhere it would be the whole
 * process's. Where the system does not allow it, the thread goes on as it was.
 */
export function giveWay(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(Math.min(getPriority() + NICER, NICEST));
  } catch {
    // A stricter unit than ours: it costs somebody a moment, and nothing else.
  }
}
