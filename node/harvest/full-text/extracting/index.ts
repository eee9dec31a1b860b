/** Taking text out of files: PDF, HTML and JATS, in a thread that can be ended. */
export { decodeMarkup } from './decode-markup.ts';
export type { Extraction, ExtractionInput } from './extraction.ts';
export { Extractor } from './extractor.ts';
export { unpackWords } from './words-of-text.ts';
