import type { Network } from '../../../node/federation/index.ts';
import type { Random } from '../../random.ts';

/**
 * Where no packets can be dropped, messages are: so many of those that come by gossip, and so many of the streams that are
 * opened. That is worse than the same share of packets, which TCP sends again.
 *
 * @param share from 0 to 1
 */
export function lossyLine(network: Network, share: number, random: Random): Network {
  const isLost = (): boolean => random.uniform() < share;
  return {
    start: () => network.start(),
    stop: () => network.stop(),
    addresses: () => network.addresses(),
    connected: () => network.connected(),
    addressesOf: (node) => network.addressesOf(node),
    onConnect: (listener) => network.onConnect(listener),
    open: async (node, protocol, signal) => {
      if (isLost()) throw new Error('the stream was lost');
      return await network.open(node, protocol, signal);
    },
    serve: (protocol, handler) => network.serve(protocol, handler),
    subscribe: (topic, receive) =>
      network.subscribe(topic, async (author, data) => (isLost() ? 'ignore' : await receive(author, data))),
    publish: (topic, data) => network.publish(topic, data),
    disconnect: (node) => network.disconnect(node),
  };
}
