import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import type { Service } from './service.ts';

/** The IP addresses that a host's name leads to. */
export type Lookup = (hostname: string) => Promise<readonly string[]>;

const KEPT_MS = 10 * 60_000;

/**
 * Whether a notification came from where its service posts from. Where the operator has named the addresses, that is
 * known; else the service's own hosts are looked up, and any other address proves nothing, since many send from another
 * machine than they receive at.
 */
export class SenderAddresses {
  readonly #lookup: Lookup;
  readonly #clock: Clock;
  readonly #known = new LRUCache<string, { addresses: Promise<readonly string[]>; until: number }>({
    max: 1_000,
  });

  constructor({ lookup, clock }: { lookup: Lookup; clock: Clock }) {
    this.#lookup = lookup;
    this.#clock = clock;
  }

  async check(
    { id, inbox, addresses }: Service,
    from: string | undefined,
  ): Promise<'own' | 'elsewhere' | 'unknown'> {
    const address = from === undefined || !ipaddr.isValid(from) ? undefined : ipaddr.process(from);
    if (addresses !== undefined) {
      return address !== undefined && addresses.some((range) => isWithin(address, range))
        ? 'own'
        : 'elsewhere';
    }
    if (address === undefined) return 'unknown';
    for (const place of [inbox, id]) {
      if (place === undefined || !URL.canParse(place)) continue;
      const found = await this.#addressesOf(new URL(place).hostname.replace(/^\[|\]$/g, ''));
      if (found.some((one) => isWithin(address, one))) return 'own';
    }
    return 'unknown';
  }

  async #addressesOf(hostname: string): Promise<readonly string[]> {
    if (ipaddr.isValid(hostname)) return [hostname];
    const now = this.#clock.now();
    const known = this.#known.get(hostname);
    if (known !== undefined && known.until > now) return await known.addresses;
    // A name that leads nowhere now is not asked for again with every notification.
    const addresses = this.#lookup(hostname).catch(() => []);
    this.#known.set(hostname, { addresses, until: now + KEPT_MS });
    return await addresses;
  }
}

/** @param range one address, or many as `192.0.2.0/24` */
function isWithin(address: ipaddr.IPv4 | ipaddr.IPv6, range: string): boolean {
  if (ipaddr.isValidCIDR(range)) {
    const [start, bits] = ipaddr.parseCIDR(range);
    return start.kind() === address.kind() && address.match(start, bits);
  }
  return ipaddr.isValid(range) && ipaddr.process(range).toString() === address.toString();
}
