import { isPrivate } from '@libp2p/utils';
import type { Multiaddr } from '@multiformats/multiaddr';
import ipaddr from 'ipaddr.js';
import { ipv4Within, isPublicAddress } from '../../outbound/index.ts';

/** What an address begins with: a name, or an IP address, which is one of IPv4 where it stands for that (`ipv4Within`). */
interface Host {
  kind: 'ip4' | 'ip6' | 'name';
  value: string;
}

/**
 * From where a connection comes: the IPv4 address, or the IPv6 network of 64 bits, which one subscriber has to itself.
 * Undefined where the address does not tell: of relayed connections, and of those by the web server's port.
 */
export function sourceOf(address: Multiaddr): string | undefined {
  const isHandedOn = address.getComponents().some(({ name }) => name === 'p2p-circuit' || name === 'ws');
  const host = isHandedOn ? undefined : hostOf(address);
  if (host?.kind === 'ip4') return host.value;
  return host?.kind === 'ip6' ? parts(host.value, 4) : undefined;
}

/**
 * The part of the Internet that an address is of, /16 or /32, or the domain of a name: what one attacker has many
 * addresses in, and seldom many of. Undefined for private addresses.
 */
export function groupOf(address: Multiaddr): string | undefined {
  const host = hostOf(address);
  if (host === undefined || isInside(address)) return undefined;
  if (host.kind === 'ip4') return host.value.split('.').slice(0, 2).join('.');
  return host.kind === 'ip6' ? parts(host.value, 2) : host.value.split('.').slice(1).join('.');
}

/** Whether an address leads into a private network, to this machine or nowhere, as far as it tells itself. */
export function isInside(address: Multiaddr): boolean {
  const host = hostOf(address);
  return isPrivate(address) || (host !== undefined && host.kind !== 'name' && !isPublicAddress(host.value));
}

function hostOf(address: Multiaddr): Host | undefined {
  const first = address.getComponents().find(({ name }) => name !== 'ip6zone');
  if (first?.value === undefined) return undefined;
  if (first.name === 'ip4') return { kind: 'ip4', value: first.value };
  if (first.name !== 'ip6') return { kind: 'name', value: first.value };
  const within = ipv4Within(first.value);
  return within === undefined ? { kind: 'ip6', value: first.value } : { kind: 'ip4', value: within };
}

/** The first of the eight groups of an IPv6 address (RFC 4291, section 2.2). */
function parts(address: string, count: number): string {
  const first = ipaddr.IPv6.parse(address).parts.slice(0, count);
  return first.map((part) => part.toString(16)).join(':');
}
