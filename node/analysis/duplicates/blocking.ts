import {
  letterShingles,
  minHash,
  type ComparedTitle,
  type WorkProfile,
} from '../../../vocab/same-work/index.ts';
import { blockId, blockOf, type BlockId } from './block-id.ts';

const SHINGLE = 4;
const BANDS = 5;
const ROWS = 4;
const MOST_SURNAMES = 6;

const [IDENTIFIER, ISBN, TITLE, SURNAMES, FIRST_AUTHOR, PAGES_OF_AUTHOR, PAGES_OF_SOURCE, ABSTRACT, BAND] = [
  1, 2, 3, 4, 5, 6, 7, 8, 16,
] as const;

/**
 * The blocks in which a record meets those that it is compared with, each once:
 * its identifiers, ISBNs, titles with and without the subtitle, bands of its titles' MinHash (locality-sensitive
 * hashing, so that a slip of the pen keeps most of them), its authors' surnames, its first author with the year, pages with a
 * surname or with the source, and bands of its abstract's MinHash.
 */
export function blocksOf(profile: WorkProfile): BlockId[] {
  const { titles, authors, identifiers, publication, sketch } = profile;
  const blocks: BlockId[] = [];
  const add = (block: BlockId): void => {
    if (!blocks.includes(block)) blocks.push(block);
  };
  for (const id of identifiers.own) add(blockOf(IDENTIFIER, id, 'sure'));
  if (identifiers.published !== undefined) add(blockOf(IDENTIFIER, identifiers.published, 'sure'));
  for (const isbn of identifiers.isbns) add(blockOf(ISBN, isbn, 'sure'));
  for (const title of titles) {
    if (title.weight === 'boilerplate') continue;
    add(titleBlockOf(title));
    const main = title.mainTitle;
    if (main !== title && main.weight !== 'boilerplate') add(titleBlockOf(main));
    const signature = minHash(letterShingles(title.letters, SHINGLE), BANDS * ROWS);
    for (let band = 0; band < BANDS; band++) add(bandOf(signature, band));
  }
  const [only] = authors.names;
  const surnames = surnamesOf(profile);
  if (surnames.length > 1) add(blockOf(SURNAMES, surnames.join('/'), 'plain'));
  if (only !== undefined && only.given !== '')
    add(blockOf(FIRST_AUTHOR, `${only.family}/${only.given.charAt(0)}/${profile.year ?? ''}`, 'plain'));
  const { first, last, title } = publication;
  if (first !== '' && last !== '') {
    if (surnames[0] !== undefined) add(blockOf(PAGES_OF_AUTHOR, `${surnames[0]}/${first}-${last}`, 'weak'));
    if (title !== '') add(blockOf(PAGES_OF_SOURCE, `${title}/${first}-${last}`, 'weak'));
  }
  if (sketch !== '') {
    add(blockOf(ABSTRACT, sketch.slice(0, 8), 'weak'));
    add(blockOf(ABSTRACT + 1, sketch.slice(8, 16), 'weak'));
  }
  return blocks;
}

/** Where the records with a title meet, and those with a subtitle to it. */
export const titleBlockOf = (title: ComparedTitle): BlockId => blockOf(TITLE, title.letters, 'plain');

/** Each once, sorted. */
function surnamesOf({ authors: { names } }: WorkProfile): string[] {
  const surnames: string[] = [];
  for (let i = 0; i < names.length && i < MOST_SURNAMES; i++) {
    const family = names[i]?.family ?? '';
    if (!surnames.includes(family)) surnames.push(family);
  }
  return surnames.length > 1 ? surnames.sort() : surnames;
}

function bandOf(signature: Uint32Array, band: number): BlockId {
  let one = BAND + band;
  let other = ~band;
  for (let row = band * ROWS; row < (band + 1) * ROWS; row++) {
    const value = signature[row] ?? 0;
    one = Math.imul(one ^ value, 0x85ebca6b);
    one ^= one >>> 15;
    other = Math.imul(other ^ value, 0xc2b2ae35);
    other ^= other >>> 13;
  }
  return blockId(one, other, 'plain');
}
