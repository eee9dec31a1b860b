import { setMaxListeners } from 'node:events';

/** Time as the node's parts see it. It comes in from outside, so that a test owns it. */
export interface Clock {
  /** Milliseconds since 1970, the time of day: it jumps, also back, when somebody sets it. */
  now(): number;
  /** Milliseconds that go on evenly whatever is set: for rates, pauses and what holds for a while. */
  steady(): number;
  /** Resolves after `ms`; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  steady: () => performance.timeOrigin + performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      // Many wait until one signal: Node.js would take them for a leak from the eleventh on.
      if (signal !== undefined) setMaxListeners(Infinity, signal);
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      }, ms);
      const onAbort = (): void => {
        clearTimeout(timer);
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
    }),
};
