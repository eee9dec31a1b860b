/** The full texts of the node's own records: finding, fetching and reading files. */
export { Extractor } from './extracting/index.ts';
export { forgetFullTexts } from './forget.ts';
export { FullTexts, type FullTextsOptions, type FullTextsState } from './full-texts.ts';
export type { FileIssues } from './visitor.ts';
