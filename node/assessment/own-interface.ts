import type { Fetch } from '../outbound/index.ts';
import { CheckFailed } from './errors.ts';

/** What a check may not ask for, or it would start itself. */
const ASSESSMENTS = /^\/(?:api\/)?assessments(?:[/?]|$)/;

/**
 * A `fetch` that knows this node alone. Addresses under its base URL, as documents and links name them, are asked for at
 * the port on which it listens, so that a check sees what a client sees, and needs neither DNS nor the proxy in front.
 * Redirects are given back as they are; whatever leads elsewhere, or to an assessment, is refused.
 *
 * @param own.base the base URL, without a slash at its end
 * @param own.url where the node listens
 * @throws CheckFailed
 */
export function ownInterface({ fetch, base, url }: { fetch: Fetch; base: string; url: string }): Fetch {
  return async (address, init = {}) => {
    const path = pathUnder(base, String(address));
    if (path === undefined || ASSESSMENTS.test(path)) {
      throw new CheckFailed({ kind: 'elsewhere', address: String(address) });
    }
    return await fetch(url + path, { ...init, redirect: 'manual' });
  };
}

function pathUnder(base: string, address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { origin, pathname, search } = new URL(address);
  const own = new URL(base);
  const prefix = own.pathname.replace(/\/$/, '');
  if (origin !== own.origin || !`${pathname}/`.startsWith(`${prefix}/`)) return undefined;
  const path = pathname.slice(prefix.length);
  return (path === '' ? '/' : path) + search;
}
