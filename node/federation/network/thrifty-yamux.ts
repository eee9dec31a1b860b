import { yamux } from '@libp2p/yamux';
import type { Clock } from '../../clock.ts';
import { gossipInBundles } from './gossip-in-bundles.ts';

type Factory = ReturnType<ReturnType<typeof yamux>>;
type Stream = ReturnType<ReturnType<Factory['createStreamMuxer']>['onCreateStream']>;

/** `StreamState` of @libp2p/yamux, which does not export it. */
const ESTABLISHED = 3;
const PAUSED = 5;
/** The first ping measures the way, by which windows grow; that a node is there libp2p's own pings tell (`libp2p-host.ts`). */
const PING_MS = 5 * 60_000;
/** Half of a stream's first window, which is its least (hashicorp/yamux, spec.md, "Flow Control"). */
const HALF_A_WINDOW = 128 * 1024;

/**
 * yamux that widens the other side's window when half of it is used up, as other implementations do. The one of libp2p does
 * so for every frame that comes: for the small messages of gossip, each would be answered by a frame that says nothing. And gossip
 * goes out in bundles.
 */
export function thriftyYamux(clock: Clock): () => Factory {
  const create = yamux({ keepAliveInterval: PING_MS });
  return () => {
    const factory = create();
    return {
      ...factory,
      protocol: factory.protocol,
      createStreamMuxer: (connection) => {
        const muxer = factory.createStreamMuxer(connection);
        const onCreateStream = muxer.onCreateStream.bind(muxer);
        const onRemoteStream = muxer.onRemoteStream.bind(muxer);
        muxer.onCreateStream = () => gossipInBundles(thrifty(onCreateStream()), clock);
        muxer.onRemoteStream = (stream) => onRemoteStream(thrifty(stream));
        return muxer;
      },
    };
  };
}

function thrifty(stream: Stream): Stream {
  const handleData = stream.handleData.bind(stream);
  const sendWindowUpdate = stream.sendWindowUpdate.bind(stream);
  let used = 0;
  stream.handleData = (frame) => {
    used += frame.header.length;
    handleData(frame);
  };
  stream.sendWindowUpdate = () => {
    const state: number = stream.state;
    if (state === ESTABLISHED && used < HALF_A_WINDOW) return;
    // A stream that is paused says nothing, and what was used is still to be said.
    if (state !== PAUSED) used = 0;
    sendWindowUpdate();
  };
  return stream;
}
