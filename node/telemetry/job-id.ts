import { randomBytes } from 'node:crypto';

/** Crockford's base 32: no letters that look like digits, and in the order of their codes. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
/** Of five bits each: milliseconds until the year 10889. */
const OF_TIME = 10;
const OF_CHANCE = 4;

/**
 * An id of fourteen letters and digits: later ones sort behind earlier ones, and it can be read out on the telephone.
 *
 * @param now milliseconds since 1970
 */
export function jobId(now: number): string {
  let time = '';
  for (let rest = Math.max(0, Math.floor(now)); time.length < OF_TIME; rest = Math.floor(rest / 32))
    time = LETTERS.charAt(rest % 32) + time;
  return time + Array.from(randomBytes(OF_CHANCE), (byte) => LETTERS.charAt(byte % 32)).join('');
}
