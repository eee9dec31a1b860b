import type { Stream } from '@libp2p/interface';
import type { Clock } from '../../clock.ts';

/** How gossipsub's protocols are called. */
const GOSSIP = '/meshsub/';
/** Between two writes to one neighbour, at the least. */
export const BUNDLE_MS = 100;
/** So much does not wait. */
const MOST_WAITING_BYTES = 64 * 1024;

type Sending = Pick<Stream, 'protocol' | 'writeStatus' | 'send' | 'close'>;

/**
 * A stream that sends gossip at once where none was sent just before, and else with what else there is to be sent a
 * moment later: each piece by itself goes through encryption, the system and the network, and wakes its receiver up, which costs
 * more than to read it. Streams of other protocols are left as they are.
 */
export function gossipInBundles<S extends Sending>(stream: S, clock: Clock): S {
  const [send, close] = [stream.send.bind(stream), stream.close.bind(stream)];
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  let isResting = false;

  const sendWaiting = (): boolean => {
    const bundle = Buffer.concat(waiting, bytes);
    waiting = [];
    bytes = 0;
    return send(bundle);
  };
  const rest = async (): Promise<void> => {
    isResting = true;
    await clock.sleep(BUNDLE_MS);
    isResting = false;
    if (waiting.length === 0 || stream.writeStatus !== 'writable') return;
    void rest();
    try {
      sendWaiting();
    } catch {
      // That has ended the stream, of which gossipsub is told.
    }
  };

  stream.send = (data) => {
    if (!stream.protocol.startsWith(GOSSIP)) return send(data);
    waiting.push(data.subarray());
    bytes += data.byteLength;
    if (isResting && bytes < MOST_WAITING_BYTES) return true;
    if (!isResting) void rest();
    return sendWaiting();
  };
  stream.close = async (options) => {
    if (waiting.length > 0 && stream.writeStatus === 'writable') sendWaiting();
    await close(options);
  };
  return stream;
}
