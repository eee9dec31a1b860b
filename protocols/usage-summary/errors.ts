import { NgrError } from '../../vocab/errors.ts';

/** A usage summary from another node, or its works, has not the form of one. */
export class UsageSummaryError extends NgrError {}

/** @param problem what is wrong, in a few words */
export function malformedSummary(problem: string): UsageSummaryError {
  return new UsageSummaryError('USAGE_SUMMARY_MALFORMED', `A usage summary is refused: ${problem}.`, {
    remedy: REMEDY,
    details: { problem },
  });
}

/** @param problem what is wrong with the works of a summary, in a few words */
export function malformedWorks(problem: string): UsageSummaryError {
  return new UsageSummaryError(
    'USAGE_WORKS_MALFORMED',
    `The works of a usage summary are refused: ${problem}.`,
    { remedy: REMEDY, details: { problem } },
  );
}

const REMEDY =
  'Nothing to do here: it is left out, and counts in no total. If it is from a node you know, tell its operator.';
