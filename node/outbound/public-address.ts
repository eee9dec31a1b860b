import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

const GLOBAL_UNICAST = ipaddr.IPv6.parse('2000::');
/** The prefix of all translators, and those that a network may choose for its own. */
const NAT64 = ipaddr.IPv6.parse('64:ff9b::');
const LOCAL_NAT64 = ipaddr.IPv6.parse('64:ff9b:1::');

/**
 * The IPv4 address that an IPv6 address stands for: mapped (RFC 4291, section 2.5.5.2), or as translators and DNS64 write it
 * (RFC 6052), with the well-known prefix or one of 96 bits in `64:ff9b:1::/48` (RFC 8215) that has zeros behind its fourth part: with
 * others, a translator that cuts in another place would see another address than this node. Undefined for all else.
 */
export function ipv4Within(text: string): string | undefined {
  if (isIP(text) !== 6) return undefined;
  const address = ipaddr.IPv6.parse(text);
  if (address.isIPv4MappedAddress()) return address.toIPv4Address().toString();
  const { parts } = address;
  const isLocal = address.match(LOCAL_NAT64, 48) && parts[4] === 0 && parts[5] === 0;
  if (!isLocal && !address.match(NAT64, 96)) return undefined;
  return new ipaddr.IPv4(address.toByteArray().slice(12)).toString();
}

/**
 * Whether an IP address lies in the public Internet: not loopback, private, link-local, shared, multicast or otherwise
 * special (IANA special-purpose registries, RFC 6890). An IPv4 address within an IPv6 one counts as that IPv4 address.
 */
export function isPublicAddress(text: string): boolean {
  const plain = ipv4Within(text) ?? text;
  if (isIP(plain) === 0) return false;
  const address = ipaddr.parse(plain);
  if (address instanceof ipaddr.IPv4) return address.range() === 'unicast';
  return address.match(GLOBAL_UNICAST, 3) && address.range() === 'unicast';
}

/** Names that lead somewhere within a network only (RFC 6761, RFC 6762, RFC 8375, ICANN's `internal`), and those of common use. */
const INSIDE = /\.(?:localhost|local|internal|intranet|lan|home\.arpa)\.?$/i;

/**
 * Whether a host, as `URL.hostname` has it, looks as if others knew it: a public address, or a whole name of the DNS. Nothing is
 * looked up: this is for what is told, not for where requests go.
 */
export function isPublicHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? host.includes('.') && !INSIDE.test(host) : isPublicAddress(host);
}
