import { NgrError } from '../../vocab/errors.ts';
import { decodeFrame, encodeFrame, withDeadline, type FrameChannel } from '../replication/index.ts';
import { requestFromWire, responseToWire, type LookupRequest, type LookupResponse } from './messages.ts';

/** Who has nothing more to ask ends the stream; one that is forgotten is not kept for long. */
const IDLE_MS = 30_000;
const WRITE_TIMEOUT_MS = 30_000;

/**
 * Answers one node's questions on one stream until it ends, stays silent for half a minute, does not take an answer
 * within that time, or breaks the protocol.
 *
 * @throws LookupError or ReplicationError when the node broke the protocol; whatever the stream throws when it ends
 */
export async function serveLookup(
  channel: FrameChannel,
  answer: (request: LookupRequest) => Promise<LookupResponse>,
  signal: AbortSignal,
): Promise<void> {
  const write = async (response: LookupResponse): Promise<void> => {
    const frame = await encodeFrame(responseToWire(response));
    await withDeadline(WRITE_TIMEOUT_MS, signal, (limited) => channel.write(frame, limited));
  };
  for (;;) {
    const frame = await withDeadline(IDLE_MS, signal, (limited) => channel.read(limited));
    let request: LookupRequest;
    try {
      request = requestFromWire(await decodeFrame(frame));
    } catch (error) {
      const code = error instanceof NgrError ? error.code : 'LOOKUP_BAD_MESSAGE';
      await write({ type: 'error', code }).catch(() => undefined);
      throw error;
    }
    await write(await answer(request));
  }
}
