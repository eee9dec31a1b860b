import { isPrivate } from '@libp2p/utils';
import type { Multiaddr } from '@multiformats/multiaddr';

/**
 * From where a connection comes: the IPv4 address, or the IPv6 network of 64 bits, which one subscriber has to itself.
 * Undefined where the address does not tell: of relayed connections, and of those by the web server's port.
 */
export function sourceOf(address: Multiaddr): string | undefined {
  const [first, ...rest] = address.getComponents();
  const isHandedOn = rest.some(({ name }) => name === 'p2p-circuit' || name === 'ws');
  if (first?.value === undefined || isHandedOn) return undefined;
  if (first.name === 'ip4') return first.value;
  return first.name === 'ip6' ? hextets(first.value).slice(0, 4).join(':') : undefined;
}

/**
 * The part of the Internet that an address is of, /16 or /32, or the domain of a name: what one attacker has many
 * addresses in, and seldom many of. Undefined for private addresses.
 */
export function groupOf(address: Multiaddr): string | undefined {
  const [first] = address.getComponents();
  if (first?.value === undefined || isPrivate(address)) return undefined;
  if (first.name === 'ip4') return first.value.split('.').slice(0, 2).join('.');
  if (first.name === 'ip6') return hextets(first.value).slice(0, 2).join(':');
  return first.value.split('.').slice(1).join('.');
}

/** All eight groups of an IPv6 address (RFC 4291, section 2.2). */
function hextets(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return tail === undefined ? before : [...before, ...zeros, ...after];
}
