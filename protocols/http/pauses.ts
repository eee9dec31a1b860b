/** Pauses in milliseconds that grow with each attempt. */
export interface BackOff {
  /** After the first attempt; each later pause is twice as long, less up to a half by chance. */
  firstPause: number;
  longestPause: number;
}

/**
 * Milliseconds until the next attempt: twice as many each time, less up to a half by chance, so that what failed together
 * is not tried together.
 * @param attempts those that were made
 * @param random from 0 up to 1
 */
export function backOff(attempts: number, { firstPause, longestPause }: BackOff, random: number): number {
  const pause = Math.min(firstPause * 2 ** (attempts - 1), longestPause);
  return Math.round(pause * (1 - random / 2));
}

/**
 * Milliseconds to wait by a Retry-After header, in seconds or as a date (RFC 9110, section 10.2.3); undefined where there
 * is none to read.
 */
export function retryAfter(header: string | null | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // Only the forms of HTTP-date begin with a day's name; Date.parse would take much else.
  if (!/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
