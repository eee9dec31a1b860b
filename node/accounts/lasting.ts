/** By so much a clock may be put right without ending what was just begun. */
const PUT_RIGHT_MS = 60 * 60_000;

/**
 * Whether what was made to last for some time, up to `expires`, is still good. What seems to last longer than it was made to was made
 * when the clock was wrong: nothing is good for years because of that.
 * All in milliseconds.
 */
export function isLasting({ expires, lasts, now }: { expires: number; lasts: number; now: number }): boolean {
  const left = expires - now;
  return left > 0 && left <= lasts + PUT_RIGHT_MS;
}
