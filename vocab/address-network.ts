import ipaddr from 'ipaddr.js';

/** No address is longer (RFC 4291, with a zone). */
const LONGEST = 100;

/**
 * Whom an address stands for where requests are held back: of IPv6 the network, its first 64 bits in hex, of which a household
 * has one or more and each 2^64 addresses; of IPv4 the address, also where it is written as IPv6.
 */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address.slice(0, LONGEST);
  const parsed = ipaddr.process(address);
  return parsed instanceof ipaddr.IPv6
    ? Buffer.from(parsed.toByteArray().slice(0, 8)).toString('hex')
    : parsed.toString();
}
