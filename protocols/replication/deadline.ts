import { setMaxListeners } from 'node:events';
import { ReplicationError } from './errors.ts';

/**
 * Runs `work` with a signal that is aborted after `ms`, or with `outer`. Timer and listener are gone when it is over:
 * `AbortSignal.timeout` and `any` would keep one of each for every message of a stream that lives for days.
 *
 * @throws ReplicationError `REPLICATION_TIMEOUT` when the time is up
 */
export async function withDeadline<T>(
  ms: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer?.throwIfAborted();
  const controller = new AbortController();
  const onOuter = (): void => controller.abort(outer?.reason);
  const timer = setTimeout(() => {
    controller.abort(
      new ReplicationError('REPLICATION_TIMEOUT', `The other side was silent for ${ms / 1_000} s.`),
    );
  }, ms);
  // One a stream, and a node has hundreds of streams: that is no leak.
  if (outer !== undefined) setMaxListeners(0, outer);
  outer?.addEventListener('abort', onOuter, { once: true });
  try {
    return await work(controller.signal);
  } catch (error) {
    throw controller.signal.reason instanceof ReplicationError ? controller.signal.reason : error;
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', onOuter);
  }
}
