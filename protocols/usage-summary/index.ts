export { UsageSummaryError } from './errors.ts';
export {
  hashText,
  identifierHash,
  itemNames,
  pageOf,
  workNames,
  type IdentifierHash,
} from './item-identifiers.ts';
export { isWithin } from './metrics.ts';
export { MONTH } from './months.ts';
export {
  decodeStoredSummary,
  decodeSummary,
  encodeSummary,
  MAX_SUMMARY_BYTES,
  signSummary,
  verifySummary,
} from './signed-summary.ts';
export type { CoveredDays, Share, SignedSummary, TopItem, UsageSummary, WorksState } from './summary.ts';
export { MAX_TITLE_BYTES, MOST_TOP_ITEMS, mostShares } from './summary-tuple.ts';
export { MAX_PAGE_BYTES, MAX_WORKS_BYTES, MOST_IDENTIFIERS, PAGES } from './works-limits.ts';
export { rowOf, rowsOf, type WorksRow } from './works-page.ts';
export { WorksWriter } from './works-writer.ts';
export { checkWorks, worksDigest } from './works.ts';
