import { hash32, letterShingles, minHash } from '../../../vocab/same-work/index.ts';
import type { ComparedTitle } from '../../../vocab/same-work/index.ts';
import type { WorkProfile } from '../../../vocab/same-work/index.ts';

const SHINGLE = 4;
const BANDS = 5;
const ROWS = 4;
const MOST_SURNAMES = 6;

/**
 * The blocks in which a record meets those that it is compared with, each by a short name:
 * its identifiers (`i`), ISBNs (`b`), titles with and without the subtitle (`t`), bands of its titles' MinHash (`0` to `4`: locality-sensitive
 * hashing, so that a slip of the pen keeps most of them), its authors' surnames (`a`), pages with a surname (`p`), and
 * bands of its abstract's MinHash (`x`, `y`).
 */
export function blocksOf(profile: WorkProfile): string[] {
  const { titles, authors, identifiers, publication, sketch } = profile;
  const names = new Set<string>();
  const add = (kind: string, text: string): void => void names.add(kind + short(text));
  for (const id of identifiers.own) add('i', id);
  if (identifiers.published !== undefined) add('i', identifiers.published);
  for (const isbn of identifiers.isbns) add('b', isbn);
  for (const title of titles) {
    if (title.weight === 'boilerplate') continue;
    add('t', title.letters);
    const main = title.mainTitle;
    if (main !== title && main.weight !== 'boilerplate') add('t', main.letters);
    for (const band of bandsOf(title)) names.add(band);
  }
  const surnames = [...new Set(authors.names.slice(0, MOST_SURNAMES).map(({ family }) => family))].sort();
  const [only] = authors.names;
  if (surnames.length > 1) add('a', surnames.join('/'));
  if (only !== undefined && only.given !== '')
    add('f', `${only.family}/${only.given.charAt(0)}/${profile.year ?? ''}`);
  const { first, last, title } = publication;
  if (first !== '' && last !== '') {
    if (surnames[0] !== undefined) add('p', `${surnames[0]}/${first}-${last}`);
    if (title !== '') add('q', `${title}/${first}-${last}`);
  }
  if (sketch !== '') {
    add('x', sketch.slice(0, 8));
    add('y', sketch.slice(8, 16));
  }
  return [...names];
}

function bandsOf(title: ComparedTitle): string[] {
  const signature = minHash(letterShingles(title.letters, SHINGLE), BANDS * ROWS);
  return Array.from({ length: BANDS }, (_, band) => {
    let [one, other] = [band + 1, ~band];
    for (const value of signature.subarray(band * ROWS, (band + 1) * ROWS)) {
      one = Math.imul(one ^ value, 0x85ebca6b);
      one ^= one >>> 15;
      other = Math.imul(other ^ value, 0xc2b2ae35);
      other ^= other >>> 13;
    }
    return band + inText(one, other);
  });
}

const short = (text: string): string => inText(hash32(text), hash32(text, 0x5bd1e995));

/** 60 bits in ten printable signs: what else falls together by chance is compared and told apart. */
function inText(one: number, other: number): string {
  return String.fromCharCode(
    sign(one),
    sign(one >>> 6),
    sign(one >>> 12),
    sign(one >>> 18),
    sign(one >>> 24),
    sign(other),
    sign(other >>> 6),
    sign(other >>> 12),
    sign(other >>> 18),
    sign(other >>> 24),
  );
}

/** `0` to `o`: none of the signs that part a key. */
const sign = (bits: number): number => 48 + (bits & 63);
