import type { Network } from './network.ts';

/** No network: nobody is there, and nothing is heard. For a node that is started for one command. */
export const offlineNetwork: Network = {
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
  addresses: () => [],
  connected: () => [],
  addressesOf: () => [],
  onConnect: () => undefined,
  open: () => Promise.reject(new Error('there is no network')),
  serve: () => undefined,
  subscribe: () => undefined,
  publish: () => Promise.resolve(),
  disconnect: () => Promise.resolve(),
};
