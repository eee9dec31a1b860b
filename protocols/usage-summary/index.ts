export { UsageSummaryError } from './errors.ts';
export {
  decodeSummary,
  encodeSummary,
  MAX_SUMMARY_BYTES,
  signSummary,
  summaryFromTuple,
  summaryToTuple,
  verifySummary,
  type SignedSummary,
  type SummaryTuple,
  type UsageSummary,
} from './summary.ts';
