import type { Stream } from '@libp2p/interface';
import { byteStream } from '@libp2p/utils';
import { ReplicationError, withDeadline, type FrameChannel } from '../../../protocols/replication/index.ts';

/** From a frame's first byte to its last: whoever sends a byte now and then holds no memory for it. */
const FRAME_MS = 30_000;

/**
 * A libp2p stream as frames, each with its length before it (unsigned varint, as libp2p protocols do).
 *
 * @param mostBytes of a frame that is read
 */
export function frameChannel(stream: Stream, mostBytes: number): FrameChannel {
  const bytes = byteStream(stream, { maxBufferSize: mostBytes + 64 * 1024 });
  const byte = async (signal: AbortSignal): Promise<number> =>
    (await bytes.read({ bytes: 1, signal })).subarray()[0] ?? 0;

  async function rest(first: number, signal: AbortSignal): Promise<Uint8Array> {
    let length = first & 0x7f;
    let last = first;
    for (let place = 1; last >= 0x80; place++) {
      last = await byte(signal);
      length += (last & 0x7f) * 128 ** place;
      if (length > mostBytes || place > 3)
        throw new ReplicationError(
          'REPLICATION_BAD_FRAME',
          `A frame of more than ${mostBytes} bytes is refused.`,
        );
    }
    return (await bytes.read({ bytes: length, signal })).subarray();
  }

  return {
    read: async (signal) => {
      const first = await byte(signal);
      return await withDeadline(FRAME_MS, signal, (limited) => rest(first, limited));
    },
    write: (frame, signal) => bytes.write(Buffer.concat([lengthOf(frame), frame]), { signal }),
    abort: (reason) => stream.abort(reason),
  };
}

function lengthOf(frame: Uint8Array): Uint8Array {
  const digits: number[] = [];
  let left = frame.length;
  for (; left >= 0x80; left = Math.floor(left / 128)) digits.push((left & 0x7f) | 0x80);
  return Uint8Array.of(...digits, left);
}
