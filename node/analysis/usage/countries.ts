import { readFile, stat } from 'node:fs/promises';
import { Reader, type Response } from 'mmdb-lib';
import { UsageError } from './errors.ts';

const LETTERS = 26;
const A = 'A'.charCodeAt(0);
/** A database by city, which is more than is needed, has some 70 MB. */
const MOST_BYTES = 150 * 1024 * 1024;
/** ISO 3166-1 leaves it to users; here: the country is not known. */
export const UNKNOWN_COUNTRY = 'ZZ';

/** Says in which country an address is, by a database that the operator provides. Nothing is asked of the network. */
export interface Countries {
  /** @returns the number of the country (`countryCode`), 0 where it is not known */
  of(address: string): number;
}

/**
 * Reads a database in MaxMind's format (MMDB 2.0): GeoLite2, DB-IP, IPinfo, IPLocate and others, by country or city.
 * @throws UsageError `USAGE_BAD_COUNTRIES`
 */
export async function readCountries(path: string): Promise<Countries> {
  let reader: Reader<Response>;
  try {
    if ((await stat(path)).size > MOST_BYTES) throw new RangeError(`it has more than ${MOST_BYTES} bytes`);
    reader = new Reader(await readFile(path));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError('USAGE_BAD_COUNTRIES', `The file of countries ${path} cannot be read: ${reason}.`, {
      remedy:
        'Give a database in MaxMind DB format, by country, as "usage.countries"; or take the setting away: then use is not told by country.',
      cause,
    });
  }
  return {
    of: (address) => {
      try {
        return countryNumber(countryIn(reader.get(address)));
      } catch {
        // A database of IPv4 alone, or one that is damaged in places: no reason not to count the use.
        return 0;
      }
    },
  };
}

/** Two letters as a number from 1; 0 for everything else. */
function countryNumber(code: string | undefined): number {
  if (code === undefined || !/^[A-Z]{2}$/.test(code) || code === UNKNOWN_COUNTRY) return 0;
  return (code.charCodeAt(0) - A) * LETTERS + (code.charCodeAt(1) - A) + 1;
}

export function countryCode(number: number): string {
  if (number === 0) return UNKNOWN_COUNTRY;
  return String.fromCharCode(A + Math.floor((number - 1) / LETTERS), A + ((number - 1) % LETTERS));
}

/** MaxMind and DB-IP have an object, IPinfo and IPLocate the code itself. */
function countryIn(found: unknown): string | undefined {
  if (!isObject(found)) return undefined;
  const { country, country_code: code } = found;
  const candidates = [isObject(country) ? country['iso_code'] : country, code];
  return candidates.find((one): one is string => typeof one === 'string' && /^[A-Z]{2}$/.test(one));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
