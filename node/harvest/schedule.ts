const MINUTE = 60_000;
/** Timers go no further: 24 days. */
const LONGEST_SLEEP_MS = 2 ** 31 - 1;

/**
 * The pause to the next harvest: the interval; after one that failed 1, 5, 15, 45 … minutes, as many have in a row, but
 * no more than the interval, and no less than the source asks for.
 */
export function pauseBefore(
  next: { failures: number; retryAfterMs?: number | undefined },
  intervalMs: number,
): number {
  const { failures, retryAfterMs = 0 } = next;
  const backOff = failures === 1 ? MINUTE : 5 * MINUTE * 3 ** (failures - 2);
  const pause = failures === 0 ? intervalMs : Math.min(backOff, intervalMs);
  return Math.min(Math.max(pause, retryAfterMs), LONGEST_SLEEP_MS);
}
