/** Length of `10/Oct/2000:13:55:36 -0700`. */
export const LOG_TIME_LENGTH = 26;

/** Months by their three letters, as a number. */
const MONTHS: ReadonlyMap<number, number> = new Map(
  ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'].map((name, i) => [
    lettersAt(name, 0),
    i,
  ]),
);

function lettersAt(text: string, at: number): number {
  return (text.charCodeAt(at) << 16) | (text.charCodeAt(at + 1) << 8) | text.charCodeAt(at + 2);
}

/** Two digits as a number; NaN where they are none. */
function two(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - 48, text.charCodeAt(at + 1) - 48];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/**
 * Reads the times of a log (`%t` of Apache, `$time_local` of nginx): `10/Oct/2000:13:55:36 -0700`. Remembers the last day,
 * as the lines of a log follow one another.
 */
export class LogTimeReader {
  #day = Number.NaN;
  /** Its three letters as a number. */
  #month = 0;
  #year = 0;
  #midnight = Number.NaN;

  /** Milliseconds since 1970; NaN where no such time stands at `at`. */
  read(text: string, at: number): number {
    const [hours, minutes, seconds] = [two(text, at + 12), two(text, at + 15), two(text, at + 18)];
    const sign = text.charCodeAt(at + 21);
    const zone = two(text, at + 22) * 60 + two(text, at + 24);
    const isShaped =
      text.charCodeAt(at + 11) === 58 &&
      text.charCodeAt(at + 14) === 58 &&
      text.charCodeAt(at + 17) === 58 &&
      text.charCodeAt(at + 20) === 32 &&
      (sign === 43 || sign === 45);
    // A second may be the 60th (leap second); zones reach from -12:00 to +14:00.
    if (!isShaped || !(hours < 24 && minutes < 60 && seconds <= 60 && zone <= 14 * 60)) return Number.NaN;
    const midnight = this.#midnightAt(text, at);
    const local = midnight + ((hours * 60 + minutes) * 60 + seconds) * 1000;
    return sign === 43 ? local - zone * 60_000 : local + zone * 60_000;
  }

  #midnightAt(text: string, at: number): number {
    const day = two(text, at);
    const letters = lettersAt(text, at + 3);
    const year = two(text, at + 7) * 100 + two(text, at + 9);
    if (text.charCodeAt(at + 2) !== 47 || text.charCodeAt(at + 6) !== 47) return Number.NaN;
    if (day === this.#day && letters === this.#month && year === this.#year) return this.#midnight;
    const month = MONTHS.get(letters);
    if (month === undefined || !(day >= 1) || Number.isNaN(year)) return Number.NaN;
    const midnight = Date.UTC(year, month, day);
    // The 31st of February is another day.
    if (new Date(midnight).getUTCMonth() !== month || new Date(midnight).getUTCDate() !== day)
      return Number.NaN;
    this.#day = day;
    this.#month = letters;
    this.#year = year;
    this.#midnight = midnight;
    return midnight;
  }
}
