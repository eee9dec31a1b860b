import type { WorkProfile } from '../../../vocab/same-work/index.ts';

const SEPARATOR = '~';

/**
 * The smaller blocks into which a block of too many records falls ("Annual report", a DOI that a form fills in): by author and
 * by year, and, where one of these is too large again, by author, year, volume and page together. None where no more can be
 * told apart.
 */
export function refined(block: string, profile: WorkProfile): string[] {
  const depth = depthOf(block);
  const { authors, year = '', publication } = profile;
  const [first] = authors.names;
  const author = first === undefined ? '' : first.family;
  if (depth === 0) return [`${block}${SEPARATOR}a${short(author)}`, `${block}${SEPARATOR}y${year}`];
  if (depth > 1) return [];
  const { title, volume, first: page } = publication;
  const rest = [author, first?.given.charAt(0) ?? '', year, short(title), volume, page].join('/');
  return [`${block}${SEPARATOR}${rest}`];
}

/** How often a block has been refined: 0 to 2. */
export const depthOf = (block: string): number => block.split(SEPARATOR).length - 1;

/** As much as tells most from one another, without the signs that part a key. */
const short = (text: string): string => text.slice(0, 24).replaceAll(/[~!]/g, '');
