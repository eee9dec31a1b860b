import { NgrError } from '../../vocab/errors.ts';
import { OutboundError } from '../outbound/index.ts';
import { HarvestError } from './errors.ts';
import type { Problem } from './issues/issue.ts';
import type { HarvestFailure } from './progress.ts';
import type { SourceItem } from './sources/index.ts';

/** What broke a harvest off, in the words of the error; what to do, in those of the request that failed beneath it, if one did. */
export function failureOf(error: unknown): HarvestFailure {
  if (!(error instanceof NgrError)) {
    return {
      code: 'HARVEST_FAILED',
      message: error instanceof Error ? error.message : String(error),
      remedy: "Look into the node's log; if it happens again, report it to the makers of NGR Node.",
    };
  }
  const beneath = error.cause instanceof OutboundError ? error.cause : error;
  // A certificate is mended by others than a repository that is down.
  const { code, message } = beneath.code === 'OUTBOUND_CERTIFICATE' ? beneath : error;
  const { retryAfter } = error.details;
  return {
    code,
    message,
    ...(beneath.remedy !== undefined && { remedy: beneath.remedy }),
    ...(typeof retryAfter === 'number' && { retryAfterMs: retryAfter }),
  };
}

/** A record that the stages refused, for the reason that they gave. */
export function recordRefused({ oaiIdentifier }: SourceItem, problems: readonly Problem[]): HarvestError {
  const problem = problems.find(({ severity }) => severity === 'error');
  return new HarvestError('HARVEST_RECORD_REFUSED', `${oaiIdentifier}: ${problem?.message ?? ''}`, {
    ...(problem !== undefined && { remedy: problem.remedy }),
  });
}
