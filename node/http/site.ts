import type { Lineage } from '../../protocols/heads/index.ts';
import type { NodeId } from '../../vocab/record.ts';

/** What the node says of itself, on pages and in data. */
export interface Site {
  /** The base URL, without a slash at its end. */
  base: string;
  /** The institution's name. */
  name: string;
  node: NodeId;
  networks: readonly string[];
  /** Where the institution is. */
  location?: { country: string; latitude?: number; longitude?: number };
  /** The ids that the node had before. */
  lineage?: Lineage;
  /** The software's version. */
  version: string;
  /** Where the operator can be reached: a mail address or a URL. */
  contact?: string;
  /** Whether a proxy of the operator stands in front, whose `X-Forwarded-For` tells the client's address. */
  trustProxy?: boolean;
}

/** The path of the base URL, which every address of the node starts with: empty for `https://node.example`. */
export function pathPrefix(site: Site): string {
  return new URL(site.base).pathname.replace(/\/$/, '');
}
