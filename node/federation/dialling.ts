import { lookup } from 'node:dns/promises';
import { isPrivate } from '@libp2p/utils';
import { multiaddr, type Multiaddr } from '@multiformats/multiaddr';

/**
 * Whether an address may be called. What other nodes say of their addresses is hearsay: private ones, and names that lead
 * to private ones, are called only where such a network is meant, or where the operator named them.
 *
 * @param named addresses that the operator named
 */
export async function mayDial(
  address: Multiaddr,
  { privateAddresses, named }: { privateAddresses: boolean; named: readonly string[] },
): Promise<boolean> {
  if (privateAddresses) return true;
  const words = address.toString().replace(/\/p2p\/[^/]+$/, '');
  if (named.some((known) => known.startsWith(words))) return true;
  if (isPrivate(address)) return false;
  const [first] = address.getComponents();
  if (first?.name.startsWith('dns') !== true || first.value === undefined) return true;
  // A name that leads nowhere cannot be called anyway.
  const found = await lookup(first.value, { all: true }).catch(() => []);
  return !found.some((one) => isPrivate(multiaddr(`/ip${one.family}/${one.address}/tcp/1`)));
}
