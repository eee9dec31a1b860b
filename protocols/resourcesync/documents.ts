/**
 * The documents of the ResourceSync Framework (ANSI/NISO Z39.99-2017): Sitemaps with two elements more, `rs:md` for
 * metadata and `rs:ln` for links. All kinds of document have one form, and differ in `capability` and in which
 * attributes they use (section 7, table 3).
 */

/** What a document is (section 7, `capability` of the root's `rs:md`); the last two are of the specifications of notifications. */
export const CAPABILITIES = [
  'description',
  'capabilitylist',
  'resourcelist',
  'changelist',
  'resourcedump',
  'resourcedump-manifest',
  'changedump',
  'changedump-manifest',
  'change-notification',
  'framework-notification',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

export const CHANGES = ['created', 'updated', 'deleted'] as const;
export type ResourceChange = (typeof CHANGES)[number];

/** Entries that a document may have, and bytes (section 7); a Source with more has an index of documents. */
export const MAX_ENTRIES = 50_000;
export const MAX_BYTES = 50 * 1024 * 1024;

/** Digests by the name of the algorithm: `{ 'sha-256': '854f61…' }`. */
export type Hashes = Readonly<Record<string, string>>;

/** What representations have, of a resource or of a link's target. Times are W3C Datetimes, as written. */
export interface Representation {
  hash?: Hashes;
  /** Bytes. */
  length?: number;
  /** Media type. */
  type?: string;
  /** Content coding. */
  encoding?: string;
  /** Place within a dump. */
  path?: string;
}

/** The attributes of `rs:md`, of a document or of an entry. */
export interface Metadata extends Representation {
  /** Of an entry: the kind of document that it points to. */
  capability?: string;
  /** When the taking of a snapshot began, and ended. */
  at?: string;
  completed?: string;
  /** The interval that a list of changes covers; without `until` it will be updated further. */
  from?: string;
  until?: string;
  change?: ResourceChange;
  /** When the change was. */
  datetime?: string;
}

/** `rs:ln`. */
export interface Link extends Representation {
  rel: string;
  href: string;
  modified?: string;
  /** Among links of one relation, 1 before 2. */
  pri?: number;
}

/** `url` or `sitemap`: a resource, or another document. */
export interface Entry {
  loc: string;
  lastmod?: string;
  changefreq?: string;
  metadata?: Metadata;
  links?: readonly Link[];
}

/** A document without its entries, of which there may be many. */
export interface DocumentHead {
  /** `sitemapindex`: the entries are documents of the same capability. */
  root: 'urlset' | 'sitemapindex';
  metadata: Metadata & { capability: Capability };
  links: readonly Link[];
}

export interface SyncDocument extends DocumentHead {
  entries: readonly Entry[];
}

export const SITEMAP_NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9';
export const RESOURCESYNC_NAMESPACE = 'http://www.openarchives.org/rs/terms/';

/** Milliseconds since 1970 as a W3C Datetime in UTC, the form that section 7 recommends. */
export function w3cDatetime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
