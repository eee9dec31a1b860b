import { createHash } from 'node:crypto';
import { identifierUrl } from '../../../vocab/identifiers.ts';
import type { Record as NgrRecord } from '../../../vocab/record.ts';
import { fileOpening, itemOpening } from './access.ts';
import { hasFoundFiles } from './facts.ts';
import { mayBeReadable } from './readable.ts';
import type { RecordState } from './record-state.ts';

/** Files of a record that are fetched, and pages that are looked at for them. */
const MOST_FILES = 10;
const MOST_PAGES = 3;

/** What is to be fetched for a record as it is. */
export interface Plan {
  /** Files of its metadata. */
  files: { url: string; format?: string }[];
  /** Where to look for files, best first; only where the metadata name none. */
  pages: string[];
  /** When more may be fetched, milliseconds since 1970. */
  opensAt?: number;
  /** The item is said to be open, but nothing tells where. */
  isLost: boolean;
  /** Changes when any of this does. */
  mark: string;
}

/** Nothing of what is closed, in whichever way, is in it. */
export function planOf(record: NgrRecord, state: RecordState | undefined, now: number): Plan {
  const given = hasFoundFiles(record, state) ? [] : record.files;
  const openings = given.map((file) => fileOpening(record, file, now));
  const files = given
    .filter((file, i) => openings[i]?.open === true && mayBeReadable(file))
    .slice(0, MOST_FILES)
    .map(({ url, format }) => ({ url, ...(format !== undefined && { format }) }));

  const item = itemOpening(record.access, now);
  const pages = given.length === 0 && item.open ? landingPages(record) : [];
  const times = [...openings, item].flatMap((opening) => (opening.open ? [] : (opening.from ?? [])));
  const opensAt = times.length === 0 ? undefined : Math.min(...times);
  const isLost = given.length === 0 && pages.length === 0 && record.access?.right === 'open';
  const withdrawn = record.files.flatMap((file) => (file.withdrawn === undefined ? [] : [file.url]));
  return {
    files,
    pages,
    ...(opensAt !== undefined && { opensAt }),
    isLost,
    mark: markOf([files, pages, opensAt, isLost, withdrawn, record.languages]),
  };
}

/** Whether there is anything to do by it, now or later. */
export function isEmpty({ files, pages, opensAt, isLost }: Plan): boolean {
  return files.length === 0 && pages.length === 0 && opensAt === undefined && !isLost;
}

/** The host in whose line a record waits: that of the first address; none where nothing is to be fetched. */
export function originOfPlan({ files, pages }: Plan): string {
  const [first = ''] = [...files.map(({ url }) => url), ...pages];
  const origin = URL.canParse(first) ? new URL(first).origin : 'null';
  return origin === 'null' ? '' : origin;
}

/**
 * Addresses of the item itself: on the host that its metadata came from first; then others and its handle; its DOI where
 * there is nothing else, unless that is the published work's.
 */
function landingPages({ identifiers, publishedDoi, provenance }: NgrRecord): string[] {
  const home = URL.canParse(provenance.source) ? new URL(provenance.source).hostname : '';
  const addresses = (scheme: string): string[] =>
    identifiers
      .filter((identifier) => identifier.scheme === scheme && identifier.value !== publishedDoi)
      .flatMap((identifier) => identifierUrl(identifier) ?? [])
      .filter((url) => /^https?:/.test(url) && URL.canParse(url));
  const urls = addresses('url');
  const atHome = urls.filter((url) => new URL(url).hostname === home);
  const pages = [...new Set([...atHome, ...urls, ...addresses('handle')])];
  return (pages.length > 0 ? pages : addresses('doi')).slice(0, MOST_PAGES);
}

function markOf(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16);
}
