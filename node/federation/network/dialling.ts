import { lookup } from 'node:dns/promises';
import type { Multiaddr } from '@multiformats/multiaddr';
import { isPublicAddress } from '../../outbound/index.ts';
import { isInside } from './address-groups.ts';

/** What an address may begin with. libp2p's TCP transport connects to Unix sockets, too, and nobody is to name one of this machine's. */
const KINDS: ReadonlySet<string> = new Set([
  'ip4',
  'ip6',
  'ip6zone',
  'dns',
  'dns4',
  'dns6',
  'dnsaddr',
  'p2p',
  'p2p-circuit',
]);

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
  const [first] = address.getComponents();
  if (first === undefined || !KINDS.has(first.name)) return false;
  if (privateAddresses) return true;
  const words = address.toString().replace(/\/p2p\/[^/]+$/, '');
  if (named.some((known) => known === words || known.startsWith(`${words}/`))) return true;
  if (isInside(address)) return false;
  if (!first.name.startsWith('dns') || first.value === undefined) return true;
  // A name that leads nowhere cannot be called anyway.
  const found = await lookup(first.value, { all: true }).catch(() => []);
  return found.every((one) => isPublicAddress(one.address));
}
