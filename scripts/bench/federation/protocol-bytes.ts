import type { Stream } from '@libp2p/interface';
import { AbstractMessageStream } from '@libp2p/utils';

type Data = Parameters<AbstractMessageStream['send']>[0];

/**
 * What each protocol writes to libp2p's streams in this process from now on; `negotiation`: what comes before the protocol
 * of a stream is agreed on. Without the frames, the encryption and the headers of the layers below.
 */
export function bytesByProtocol(): ReadonlyMap<string, number> {
  const bytes = new Map<string, number>();
  // A bench looks from outside: the node has no need of such figures, so it has no place where they could be asked for.
  const { prototype } = AbstractMessageStream;
  const send = Reflect.get<typeof prototype, 'send'>(prototype, 'send');
  prototype.send = function (this: AbstractMessageStream & Partial<Stream>, data: Data) {
    // Connections are message streams too, of which the streams are made.
    if ('protocol' in this) {
      const name = this.protocol || 'negotiation';
      bytes.set(name, (bytes.get(name) ?? 0) + data.byteLength);
    }
    return send.call(this, data);
  };
  return bytes;
}
