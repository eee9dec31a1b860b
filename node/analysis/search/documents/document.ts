import type { FacetNumbers } from './facet-values.ts';

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
  /** Where the words of the description stand: of each term as many codes as its posting has (`postings/positions.ts`). */
  positions: readonly number[];
  /** How the words are stemmed: stemming, number of words, stemming, number of words … */
  stemmings: readonly number[];
}
