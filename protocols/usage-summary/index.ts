export { UsageSummaryError } from './errors.ts';
export {
  decodeSummary,
  encodeSummary,
  MAX_SUMMARY_BYTES,
  signSummary,
  summaryBytes,
  summaryFromTuple,
  summaryToTuple,
  verifySummary,
  type SignedSummary,
  type SummaryTuple,
  type UsageSummary,
} from './summary.ts';
