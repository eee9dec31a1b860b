import type { FullTextError } from './errors.ts';
import type { Schedule, Trouble } from './record-state.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How long after a failure that may pass something is tried again; then it counts as lasting. */
const RETRIES_MS = [HOUR_MS, 4 * HOUR_MS, 16 * HOUR_MS, 3 * DAY_MS, 7 * DAY_MS];
/** How often what is known is looked at again. */
const RECHECK_MS = 30 * DAY_MS;

export function isDue({ next }: Schedule, now: number): boolean {
  return next !== undefined && next <= now;
}

/** It was looked at, and is so again in a month. */
export function looked(now: number, trouble?: Trouble): Schedule {
  return { attempts: 0, next: now + RECHECK_MS, ...(trouble !== undefined && { trouble }) };
}

/** It could not be had. `isGivenUp`: not only for now. */
export function failed(
  error: FullTextError,
  { attempts }: Pick<Schedule, 'attempts'>,
  now: number,
): { schedule: Schedule; isGivenUp: boolean } {
  const trouble: Trouble = { code: error.code, detail: error.message };
  // Nothing but another address mends one that is none.
  if (error.code === 'FULLTEXT_BAD_LINK') return { schedule: { attempts: 0, trouble }, isGivenUp: true };
  const pause = error.passing ? RETRIES_MS[attempts] : undefined;
  if (pause === undefined) return { schedule: { ...looked(now, trouble), attempts }, isGivenUp: true };
  return { schedule: { attempts: attempts + 1, next: now + pause, trouble }, isGivenUp: false };
}
