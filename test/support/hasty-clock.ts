import { TestClock } from './test-clock.ts';

/** A test's clock on which short pauses, as between two attempts, are over at once. Deadlines wait for `advance`. */
export class HastyClock extends TestClock {
  readonly pauses: number[] = [];

  override sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (ms >= 60_000) return super.sleep(ms, signal);
    this.pauses.push(ms);
    return signal?.aborted === true ? Promise.reject(signal.reason as Error) : Promise.resolve();
  }
}
