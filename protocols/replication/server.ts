import type { FrameChannel } from './channel.ts';
import { withDeadline } from './deadline.ts';
import { decodeFrame, encodeFrame } from './frame.ts';
import { requestFromWire, responseToWire, type Request, type Response } from './messages.ts';

const IDLE_MS = 10 * 60_000;
const WRITE_TIMEOUT_MS = 30_000;

/**
 * Answers one node's questions on one stream until it ends, stays silent for ten minutes, does not take an answer within
 * thirty seconds, or breaks the protocol.
 *
 * @param answer one response or, where it takes several messages, a stream of them: nothing is collected
 * @throws ReplicationError or ProtocolError when the node broke the protocol; whatever the stream throws when it ends
 */
export async function serveReplication(
  channel: FrameChannel,
  answer: (request: Request) => AsyncIterable<Response>,
  signal: AbortSignal,
): Promise<void> {
  const write = async (response: Response): Promise<void> => {
    const frame = await encodeFrame(responseToWire(response));
    await withDeadline(WRITE_TIMEOUT_MS, signal, (limited) => channel.write(frame, limited));
  };
  for (;;) {
    const frame = await withDeadline(IDLE_MS, signal, (limited) => channel.read(limited));
    let request: Request;
    try {
      request = requestFromWire(await decodeFrame(frame));
    } catch (error) {
      // Told, so that an honest node of another version can say why in its log.
      await write({
        type: 'error',
        code: (error as { code?: string }).code ?? 'REPLICATION_BAD_MESSAGE',
      }).catch(() => undefined);
      throw error;
    }
    for await (const response of answer(request)) await write(response);
  }
}
