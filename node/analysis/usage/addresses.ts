import ipaddr from 'ipaddr.js';
import type { Countries } from './countries.ts';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Block = [Address, number];

const MOST_CHARACTERS = 253;
/** Logs may have names in place of addresses (HostnameLookups of Apache). The last label of a name is no number. */
const HOST_NAME = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?\.?$/i;

/** What an address tells. */
export interface KnownAddress {
  /** In one spelling. */
  text: string;
  isInternal: boolean;
  /** Number of the country, 0 where it is not known. */
  country: number;
}

/** Reads the addresses of users: IPv4, IPv6, or the host name that a log has in its place. */
export class Addresses {
  readonly #internal: readonly Block[];
  readonly #countries: Countries | undefined;

  /** @param options.internal addresses and ranges (CIDR) of the institution */
  constructor(options: { internal: readonly string[]; countries?: Countries }) {
    this.#internal = options.internal.map(blockOf);
    this.#countries = options.countries;
  }

  /** @returns undefined where the text is no address */
  read(text: string): KnownAddress | undefined {
    const address = parsed(text);
    if (address === undefined) {
      const isName = text.length <= MOST_CHARACTERS && HOST_NAME.test(text);
      return isName ? { text: text.toLowerCase(), isInternal: false, country: 0 } : undefined;
    }
    const canonical = address.toString();
    return {
      text: canonical,
      isInternal: this.#internal.some((block) => isIn(address, block)),
      country: this.#countries?.of(canonical) ?? 0,
    };
  }
}

function parsed(text: string): Address | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  // IPv4 in IPv6 (::ffff:192.0.2.1) is the same user's.
  return text.includes(':') && ipaddr.IPv6.isValid(text) ? ipaddr.process(text) : undefined;
}

function blockOf(text: string): Block {
  if (text.includes('/')) return ipaddr.parseCIDR(text);
  const address = ipaddr.process(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

function isIn(address: Address, [block, bits]: Block): boolean {
  return address.kind() === block.kind() && address.match(block, bits);
}
