import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

const NAT64_WELL_KNOWN_PREFIX = ipaddr.IPv6.parse('64:ff9b::');
const GLOBAL_UNICAST = ipaddr.IPv6.parse('2000::');

/**
 * Whether an IP address lies in the public Internet: not loopback, private, link-local, shared, multicast or otherwise
 * special (IANA special-purpose registries, RFC 6890). An IPv4 address within an IPv6 one (mapped, or RFC 6052 with
 * the well-known prefix, as DNS64 gives them) counts as that IPv4 address.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (address instanceof ipaddr.IPv4) return address.range() === 'unicast';
  if (address.match(NAT64_WELL_KNOWN_PREFIX, 96)) {
    return isPublicAddress(new ipaddr.IPv4(address.toByteArray().slice(12)).toString());
  }
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
