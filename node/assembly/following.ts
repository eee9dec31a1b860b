import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';

/** Something that another process changes, and that is looked at again and again. */
export interface Look {
  /** For logs and health. */
  name: string;
  everyMs: number;
  look: () => Promise<unknown>;
}

/** Keeps looking. Of a look that fails it tells once, and tries again; since when it has failed can be asked. */
export class Following {
  readonly #looks: readonly Look[];
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #ending = new AbortController();
  readonly #failing = new Map<string, { since: number; why: string }>();
  #running: Promise<unknown> = Promise.resolve();

  constructor({ looks, clock, log }: { looks: readonly Look[]; clock: Clock; log: Logger }) {
    this.#looks = looks;
    this.#clock = clock;
    this.#log = log;
  }

  start(): void {
    this.#running = Promise.all(this.#looks.map((look) => this.#repeat(look, this.#ending.signal)));
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#running;
  }

  /** What cannot be looked at now, and since when (milliseconds since 1970). */
  failing(): { name: string; since: number; why: string }[] {
    return Array.from(this.#failing, ([name, { since, why }]) => ({ name, since, why }));
  }

  async #repeat(look: Look, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#clock.sleep(look.everyMs, signal).catch(() => undefined);
      if (!signal.aborted) await this.#once(look);
    }
  }

  async #once({ name, look }: Look): Promise<void> {
    try {
      await look();
      if (this.#failing.delete(name))
        this.#log.info({ look: name }, 'what the writer changes is followed again');
    } catch (error) {
      if (this.#failing.has(name)) return;
      this.#failing.set(name, { since: this.#clock.now(), why: (error as Error).message });
      this.#log.warn(
        { err: error, look: name },
        'what the writer changes cannot be followed, is tried again',
      );
    }
  }
}
