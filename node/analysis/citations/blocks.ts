import type { CitedProfile } from './cited-profile.ts';
import { block } from './layout.ts';
import type { WorkProfile } from './work-profile.ts';

/*
 * Blocks: references and works that have one in common are compared, and no others. A title lies in the block of its
 * first letters, so that its end need not be known; a shorter one in a block of its own.
 */

const LETTERS = 20;
const FEWEST = 5;

/** Where works are looked for, those of identifiers apart from those of titles, which have to be compared. */
export interface Blocks {
  identifiers: string[];
  titles: string[];
}

export function workBlocks({ identifiers, titles }: WorkProfile): Blocks {
  const forms = titles.map(({ letters }) =>
    letters.length < LETTERS ? shortTitle(letters) : longTitle(letters),
  );
  return { identifiers: identifiers.map(identifierBlock), titles: [...new Set(forms)] };
}

export function citedBlocks({ identifiers, letters }: Pick<CitedProfile, 'identifiers' | 'letters'>): Blocks {
  const titles = new Set<string>();
  let before = '';
  for (const sign of letters) {
    const isMark = sign === '|' || sign === ',';
    if (isMark && before.length >= FEWEST) titles.add(shortTitle(before));
    if (!isMark) before += sign;
    if (before.length === LETTERS) break;
  }
  if (before.length === LETTERS) titles.add(longTitle(before));
  else if (before.length >= FEWEST) titles.add(shortTitle(before));
  return { identifiers: identifiers.map(identifierBlock), titles: [...titles] };
}

const identifierBlock = (identifier: string): string => block(identifier);
const shortTitle = (letters: string): string => block(`title=${letters}`);
const longTitle = (letters: string): string => block(`title:${letters.slice(0, LETTERS)}`);
