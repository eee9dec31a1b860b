import type { FacetNumbers } from './facet-values.ts';
import { isNameTerm, NAME_MARK } from './name-terms.ts';

/**
 * What a holding is found by: its terms, each with the first word that gave it and its weight (`packWeight`). After them
 * come its creators' surnames with initials (`nameTerms`), and last the terms that only its full text has, marked
 * (`inText`), whose weight is a level from 1 to 3. Of both, word and term are the same. So nothing that is said of titles and
 * abstracts, counts and lengths among it, is other with full texts than without.
 */
export interface IndexedDocument {
  key: string;
  tombstone: boolean;
  facets: FacetNumbers;
  words: readonly string[];
  terms: readonly string[];
  weights: readonly number[];
  /** Where the words of the description stand: of each term as many codes as its posting has (`positions.ts`). */
  positions: readonly number[];
  /** How the words are stemmed: stemming, number of words, stemming, number of words … */
  stemmings: readonly number[];
}

/** Before a term that stands for its occurrence in full texts. No word has it. */
const IN_TEXT = '~';

/** The term under which those are indexed that have another one in their full text only. */
export const inText = (term: string): string => IN_TEXT + term;
/** Whether the word is its own term, and stands nowhere: a name's term, or one of full texts. */
export const isMarked = (term: string): boolean => term.startsWith(IN_TEXT) || isNameTerm(term);
/** The same of a word that lies in bytes. */
export const isMarkedAt = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === IN_TEXT.charCodeAt(0) || bytes[at] === NAME_MARK.charCodeAt(0);
