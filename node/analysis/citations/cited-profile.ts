import { findIdentifiers } from '../../../vocab/identifiers.ts';
import type { Reference } from '../../../vocab/record.ts';
import { identifierForm } from './identifier-blocks.ts';
import { lettersWithMarks, STOP } from './letters.ts';
import { nameWords } from './names.ts';

/** All of a reference that is compared with held works. It depends on the reference alone. */
export interface CitedProfile {
  identifiers: readonly string[];
  /**
   * The letters of the text from the title on, with marks where the title may end: what was taken for the title may be
   * too short or too long.
   */
  letters: string;
  /** The words of the authors' names; empty where they are not known. */
  names: readonly string[];
  year: number | undefined;
  /** The first pages of the ranges of pages it names. */
  pages: readonly string[];
}

const MAX_IDENTIFIERS = 4;
const LONGEST_BEHIND = 300;
const pageRange = /(?<![\d.])(\d{1,6})\s?[-–—]+\s?\d{1,6}(?!\d)/g;

export function citedProfile(reference: Reference): CitedProfile {
  const { text, identifier, title, year } = reference;
  const identifiers = new Set<string>();
  for (const one of [...(identifier === undefined ? [] : [identifier]), ...findIdentifiers(text)]) {
    const form = identifierForm(one);
    if (form !== undefined && identifiers.size < MAX_IDENTIFIERS) identifiers.add(form);
  }
  const at = title === undefined ? -1 : text.indexOf(title);
  return {
    identifiers: [...identifiers],
    letters: title === undefined ? '' : lettersFrom(text, title, at),
    names: at > 0 ? nameWords(text.slice(0, at)) : [],
    year: year === undefined ? undefined : Number(year),
    pages: [...text.matchAll(pageRange)].map(([, first = '']) => first),
  };
}

/** Where the title is not in the text, as in references from metadata, there is nothing but the title. */
function lettersFrom(text: string, title: string, at: number): string {
  const letters = lettersWithMarks(title);
  if (at < 0) return letters.endsWith(STOP) ? letters : letters + STOP;
  const behind = text.slice(at + title.length, at + title.length + LONGEST_BEHIND);
  // A word in between, so that an article behind the title is no article at the beginning.
  const rest = lettersWithMarks(`x ${behind}`).slice(1);
  return letters.endsWith(STOP) || rest.startsWith(STOP)
    ? letters + rest
    : letters + STOP + rest.replace(/^,/, '');
}
