import { offlineNetwork, type Network, type StreamHandler } from '../../../node/federation/index.ts';
import type { FrameChannel } from '../../../protocols/replication/index.ts';

/** Two networks of one node each, in memory, of which the first can open streams to the second; and the bytes of their frames. */
export function pairedNetworks(asker: string): { from: Network; to: Network; counted: () => number } {
  const handlers = new Map<string, StreamHandler>();
  let bytes = 0;
  const count = (frame: Uint8Array): void => {
    bytes += frame.length;
  };
  return {
    from: {
      ...offlineNetwork,
      open: (_, protocol, signal) => {
        const [here, there] = channelPair(count);
        void handlers
          .get(protocol)?.(asker, there, signal)
          .catch(() => undefined);
        return Promise.resolve(here);
      },
    },
    to: { ...offlineNetwork, serve: (protocol, handler) => void handlers.set(protocol, handler) },
    counted: () => bytes,
  };
}

function channelPair(count: (frame: Uint8Array) => void): [FrameChannel, FrameChannel] {
  const ended = new AbortController();
  const [toHere, toThere] = [new TransformStream<Uint8Array>(), new TransformStream<Uint8Array>()];
  const end = (
    incoming: TransformStream<Uint8Array>,
    outgoing: TransformStream<Uint8Array>,
  ): FrameChannel => {
    const reader = incoming.readable.getReader();
    const writer = outgoing.writable.getWriter();
    return {
      read: async () => {
        const { value } = await Promise.race([reader.read(), aborted(ended.signal)]);
        if (value === undefined) throw new Error('the stream has ended');
        return value;
      },
      write: async (frame) => {
        count(frame);
        await writer.write(frame);
      },
      abort: () => ended.abort(),
    };
  };
  return [end(toHere, toThere), end(toThere, toHere)];
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = (): void => reject(new Error('the stream has ended'));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}
