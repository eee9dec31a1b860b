import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Config } from '../config/index.ts';
import type { Foundation } from './foundation.ts';

const SECRET_BYTES = 32;

/** By what the node knows the processes of the role `http`; undefined where its store is its own alone. */
export function clusterOf({ store }: Config): { secret: string } | undefined {
  return store === undefined ? undefined : { secret: randomBytes(SECRET_BYTES).toString('base64url') };
}

/** Tells these, through the store, where the node is. */
export async function announceWriter(
  { config, store, http }: Pick<Foundation, 'config' | 'store' | 'http'>,
  cluster: { secret: string } | undefined,
): Promise<void> {
  if (cluster === undefined) return;
  await store.announce({ url: config.http.internalUrl ?? ownUrl(config, http.url), ...cluster });
}

/** Where it listens on every address, others know its machine by name. */
function ownUrl({ http: { host } }: Config, listens: string): string {
  if (host !== '0.0.0.0' && host !== '::') return listens;
  const url = new URL(listens);
  url.hostname = hostname();
  return url.origin;
}
