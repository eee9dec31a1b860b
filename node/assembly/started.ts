import type { Logger } from 'pino';

/** Says what ends a part that was started. */
export type OnStop = (end: () => Promise<unknown> | void) => void;

/**
 * The parts that were started, to be ended in the opposite order: each stands on those before it. One that cannot be ended keeps none
 * of the others from it, the store above all.
 */
export class Started {
  readonly #ends: Parameters<OnStop>[0][] = [];
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  readonly onStop: OnStop = (end) => void this.#ends.push(end);

  readonly stop = async (): Promise<void> => {
    for (const end of this.#ends.splice(0).toReversed()) {
      try {
        await end();
      } catch (error) {
        this.#log.error({ err: error }, 'a part of the node could not be stopped');
      }
    }
  };
}
