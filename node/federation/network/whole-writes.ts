import { noise } from '@chainsafe/libp2p-noise';
import type { ConnectionEncrypter, MessageStream } from '@libp2p/interface';

type Factory = ReturnType<typeof noise>;

/**
 * Noise that hands each message on in one piece. What it makes of one is a length, some ciphertext and a tag, and the TCP
 * transport of libp2p gives each piece to the system by itself: five packets for a message of gossip, any of which a bad line may
 * lose.
 */
export function noiseInWholeWrites(): Factory {
  const create = noise();
  return (components) => {
    const encrypter: ConnectionEncrypter = create(components);
    const outbound = encrypter.secureOutbound.bind(encrypter);
    const inbound = encrypter.secureInbound.bind(encrypter);
    return Object.assign(encrypter, {
      secureOutbound: (connection, options) => outbound(inWholeWrites(connection), options),
      secureInbound: (connection, options) => inbound(inWholeWrites(connection), options),
    } satisfies Partial<ConnectionEncrypter>) as ReturnType<Factory>;
  };
}

function inWholeWrites(connection: MessageStream): MessageStream {
  const send = connection.send.bind(connection);
  connection.send = (data) => send(data instanceof Uint8Array ? data : data.subarray());
  return connection;
}
