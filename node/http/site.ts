import type { Lineage } from '../../protocols/heads/index.ts';
import type { NodeId } from '../../vocab/record.ts';
import type { Institution, NameLanguage } from '../institution/index.ts';

/** What the node says of itself, on pages and in data. */
export interface Site {
  /** The base URL, without a slash at its end. */
  base: string;
  /** The institution's name. */
  name: string;
  /** The same in other languages, where it has another name in them. */
  names?: Readonly<Partial<Record<NameLanguage, string>>>;
  node: NodeId;
  networks: readonly string[];
  /** Where the institution is. */
  location?: { country: string; latitude?: number; longitude?: number };
  /** The ids that the node had before. */
  lineage?: Lineage;
  /** The software's version. */
  version: string;
  /** Where the institution can be reached: a mail address or a URL. */
  contact?: string | undefined;
  /** Where readers and authors find help: the same. */
  helpdesk?: string | undefined;
  /** How `/logo` looks; another version for another picture. */
  logo?: { version: string; width: number; height: number } | undefined;
  /** Whether a proxy of the operator stands in front, whose `X-Forwarded-For` tells the client's address. */
  trustProxy?: boolean;
  /** How many requests of one public address are answered in the long run; without it, any number. */
  requestsPerSecond?: number;
}

type OfInstitution = 'name' | 'names' | 'contact' | 'helpdesk' | 'logo';

/** A site whose institution may be described anew while it runs: what it says of it is as it stands when it is asked for. */
export function siteOf(
  facts: Omit<Site, OfInstitution>,
  institution: Pick<Institution, 'document' | 'logo'>,
): Site {
  return {
    ...facts,
    get name() {
      return institution.document.name;
    },
    get names() {
      return institution.document.names;
    },
    get contact() {
      return institution.document.contact;
    },
    get helpdesk() {
      return institution.document.helpdesk;
    },
    get logo() {
      return institution.logo;
    },
  };
}

/** An address of mail or of the web as a link has it. */
export function contactLink(address: string): string {
  return /^https?:\/\//i.test(address) ? address : `mailto:${address}`;
}

/** The path of the base URL, which every address of the node starts with: empty for `https://node.example`. */
export function pathPrefix(site: Site): string {
  return new URL(site.base).pathname.replace(/\/$/, '');
}
