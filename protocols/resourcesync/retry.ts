import { NgrError } from '../../vocab/errors.ts';
import { type Answer, exchangeWithRetries, type Failed, mayPass, type RetryOptions } from '../http/index.ts';
import { ResourceSyncError, type ResourceSyncErrorCode } from './errors.ts';

interface AskOptions extends Omit<RetryOptions<ResourceSyncError>, 'headers' | 'failed' | 'again'> {
  /** The media types that are wanted. */
  accept: string;
  /** Takes in an answer whose status is no success, before it is thrown. */
  refusals?: ((answer: Answer) => Promise<void>) | undefined;
}

/**
 * GETs a representation and reads it, trying again after a pause where the failure may pass: no connection, one that
 * breaks off, no answer in time, 408, 425, 429, 5xx. Bytes that are not those that the list tells of are fetched once more; they
 * are asked for as they are, so that they can be held against its digests.
 *
 * @throws ResourceSyncError `RESOURCESYNC_UNREACHABLE`, `RESOURCESYNC_BAD_ADDRESS`, `RESOURCESYNC_TIMEOUT`,
 *   `RESOURCESYNC_TOO_LARGE`, `RESOURCESYNC_HTTP_STATUS`, `RESOURCESYNC_RETRY_LATER`, or what `read` throws; the signal's
 *   reason, when it aborts
 */
export async function getWithRetries<T>(
  url: string,
  { accept, refusals, ...options }: AskOptions,
  read: (answer: Answer) => Promise<T>,
): Promise<T> {
  const headers = { accept, 'accept-encoding': 'identity' };
  let mismatches = 0;
  const again = (error: unknown, last: boolean): error is ResourceSyncError => {
    if (!(error instanceof ResourceSyncError)) return false;
    if (mismatch.has(error.code)) return (mismatches += 1) === 1;
    return !last && (passing.has(error.code) || mayPass(Number(error.details['status'] ?? 0)));
  };
  return await exchangeWithRetries(url, { ...options, headers, failed, again }, async (answer) => {
    const { status } = answer;
    if (status >= 200 && status < 300) return await read(answer);
    await refusals?.(answer);
    throw new ResourceSyncError('RESOURCESYNC_HTTP_STATUS', `${url} answered with HTTP status ${status}.`, {
      details: { status },
    });
  });
}

/** Failures that another attempt may not meet. */
const passing: ReadonlySet<ResourceSyncErrorCode> = new Set([
  'RESOURCESYNC_UNREACHABLE',
  'RESOURCESYNC_TIMEOUT',
] as const);

const mismatch: ReadonlySet<ResourceSyncErrorCode> = new Set([
  'RESOURCESYNC_WRONG_HASH',
  'RESOURCESYNC_WRONG_LENGTH',
] as const);

/** How a fetch that guards the node refuses an address: to ask again would be no use. */
const refusedForGood: ReadonlySet<string> = new Set([
  'OUTBOUND_BAD_URL',
  'OUTBOUND_PRIVATE_ADDRESS',
  'OUTBOUND_TOO_MANY_REDIRECTS',
]);

const failed: Failed<ResourceSyncError> = (how, what, options = {}) => {
  const { cause } = options;
  if (how !== 'UNREACHABLE') return new ResourceSyncError(`RESOURCESYNC_${how}`, `${what}.`, options);
  if (cause instanceof NgrError && refusedForGood.has(cause.code))
    return new ResourceSyncError('RESOURCESYNC_BAD_ADDRESS', cause.message, { cause });
  return new ResourceSyncError('RESOURCESYNC_UNREACHABLE', what, options);
};
