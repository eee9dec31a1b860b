/** UTF-16 units that are read of a document: more than the longest theses have. */
export const MOST_TEXT = 5_000_000;
/** Distinct words that are kept of a document. */
export const MOST_WORDS = 20_000;
/** References that are kept of a document, and characters of each. */
export const MOST_REFERENCES = 1_000;
export const LONGEST_REFERENCE = 500;
