import type { Logger } from 'pino';
import type { UsageEvent } from './event.ts';
import { sessionOf, type Visitor } from './visitors.ts';

/** Is told which items are used in one session. */
export interface Sessions {
  /** @param session names a user until the end of the day, and cannot be led back to her */
  seen(session: string, key: string): Promise<void>;
}

/** What came later than this is no longer part of a session that goes on. */
const RECENT_MS = 60 * 60_000;
const MOST_UNDER_WAY = 1_000;

/**
 * Tells of what people use now. What is used together is worth little beside the count itself: its failure is none of the
 * event's, and where more comes than can be told, the rest is left out.
 */
export class SessionTeller {
  readonly #sessions: Sessions | undefined;
  readonly #log: Logger;
  #underWay = 0;

  constructor(options: { sessions: Sessions | undefined; log: Logger }) {
    this.#sessions = options.sessions;
    this.#log = options.log;
  }

  isOf({ time }: UsageEvent, now: number): boolean {
    return this.#sessions !== undefined && time > now - RECENT_MS;
  }

  tell(visitor: Visitor, key: string): void {
    if (visitor.lastItem === key || this.#underWay >= MOST_UNDER_WAY) return;
    visitor.lastItem = key;
    this.#underWay++;
    this.#sessions
      ?.seen(sessionOf(visitor), key)
      .catch((error: unknown) => this.#log.warn({ err: error }, 'use in one session was not counted'))
      .finally(() => this.#underWay--);
  }
}
