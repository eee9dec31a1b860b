import { gossipsub, type GossipSub, type Message, type PublishResult } from '@libp2p/gossipsub';
import { createPeerScoreParams, createTopicScoreParams } from '@libp2p/gossipsub/score';
import type { PublishOpts } from '@libp2p/gossipsub/types';
import { MAX_ANNOUNCEMENT_BYTES } from '../../../protocols/heads/index.ts';

/**
 * How many neighbours each message is passed on to: wanted, least, most. By gossipsub's defaults (6, 4, 12) every change
 * would come six times and more; by these it comes twice, and what is lost on both ways is asked for within seconds.
 */
export const MESH = { D: 3, Dlo: 2, Dhi: 4, Dscore: 2, Dout: 1 } as const;
/** How many others, at the least, are told each second which messages are here: three seconds of ids, each to as many. */
export const LEAST_TOLD = 3;
/** Of an id's author, the last bytes of the key: nobody finds another one with the same. */
const AUTHOR_BYTES = 16;
/** Of the message's number, in an id. */
const NUMBER_BYTES = 8;
export const MESSAGE_ID_BYTES = AUTHOR_BYTES + NUMBER_BYTES;
/** A message below costs less than telling all neighbours that it is here. */
export const IDONTWANT_FROM = 16 * 1024;

/** gossipsub, with what its interface leaves out. */
export interface Gossip extends GossipSub {
  publish(topic: string, data?: Uint8Array, options?: PublishOpts): Promise<PublishResult>;
}

/**
 * gossipsub for a network of hundreds of nodes, each of which may say nothing for hours: few copies of each message, short ids, and
 * no blame for silence.
 *
 * @param colocationLimit how many nodes may share one address before they are scored down; 0: any number
 */
export function gossip(
  topics: readonly string[],
  { colocationLimit }: { colocationLimit: number },
): ReturnType<typeof gossipsub> {
  return gossipsub({
    allowedTopics: [...topics],
    allowPublishToZeroTopicPeers: true,
    fallbackToFloodsub: false,
    runOnLimitedConnection: true,
    maxInboundDataLength: MAX_ANNOUNCEMENT_BYTES * 4,
    fastMsgIdFn: authorAndNumber,
    msgIdFn: shortId,
    ...MESH,
    Dlazy: LEAST_TOLD,
    idontwantMinDataSize: IDONTWANT_FROM,
    // Written once for all, and not once for each.
    batchPublish: true,
    scoreParams: createPeerScoreParams({
      topics: Object.fromEntries(topics.map((topic) => [topic, createTopicScoreParams(quietTopic)])),
      ...(colocationLimit === 0
        ? { IPColocationFactorWeight: 0 }
        : { IPColocationFactorThreshold: colocationLimit }),
      // Nodes on one machine are a test or a demo, not an attack.
      IPColocationFactorWhitelist: new Set(['127.0.0.1', '::1']),
    }),
  });
}

/** Tells that a message came before, so that its signature is checked once and not for every neighbour that sends it. */
function authorAndNumber({ from, seqno }: { from?: Uint8Array; seqno?: Uint8Array }): string {
  return `${latin1(seqno)} ${latin1(from)}`;
}

function latin1(bytes: Uint8Array | undefined): string {
  if (bytes === undefined) return '';
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** An id goes to some neighbours a second, for three seconds: gossipsub's own is twice as long. */
function shortId(message: Message): Uint8Array {
  if (message.type !== 'signed') throw new TypeError('a message of gossip is signed');
  const id = Buffer.alloc(MESSAGE_ID_BYTES);
  id.set(message.from.toMultihash().bytes.subarray(-AUTHOR_BYTES));
  id.writeBigUInt64BE(message.sequenceNumber, AUTHOR_BYTES);
  return id;
}

/** Scores for topics on which a node may be silent for hours: silence costs nothing, a forged message much. */
const quietTopic = {
  topicWeight: 1,
  timeInMeshWeight: 0.01,
  firstMessageDeliveriesWeight: 0.5,
  firstMessageDeliveriesCap: 50,
  meshMessageDeliveriesWeight: 0,
  meshFailurePenaltyWeight: 0,
  invalidMessageDeliveriesWeight: -20,
  invalidMessageDeliveriesDecay: 0.9,
};
