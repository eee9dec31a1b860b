/** Bounds of a source of files. What passes one is an issue, and the rest goes on. */

/** Files in a folder, and folders within one another. */
export const MOST_FILES = 10_000;
export const DEEPEST_FOLDER = 16;
/** Characters of one entry: a line, a row, a record. */
export const LONGEST_ENTRY = 4 * 1024 * 1024;
/** Characters of an entry of BibTeX or RIS, which a library takes apart in one go. */
export const LONGEST_CITATION = 512 * 1024;
/** Characters of a document that is read as a whole: JSON without a list, XML without OAI-PMH records. */
export const LONGEST_DOCUMENT = 16 * 1024 * 1024;
/** Characters from which the kind of a file is told. */
export const HEAD_LENGTH = 64 * 1024;
/** Bytes that a compressed file may unpack to. */
export const MOST_UNPACKED = 256 * 1024 ** 3;
/** Items of a page, and characters of its texts, about. */
export const PAGE_ITEMS = 200;
export const PAGE_LENGTH = 4 * 1024 * 1024;
