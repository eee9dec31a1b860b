import { charsetOf } from '../../../../vocab/xml/index.ts';
import {
  LINKSET_JSON_TYPE,
  LINKSET_TYPE,
  linksOf,
  parseLinkHeader,
  parseLinkset,
  SignpostingError,
  type TypedLink,
} from '../../../../protocols/signposting/index.ts';
import { decodeMarkup } from '../extracting/index.ts';
import { boundedBody, checkAnswer, type PoliteClient, webAddress } from '../fetching/index.ts';
import { mayBeReadable, typeByName } from '../readable.ts';
import { type FoundFile, MOST_FOUND } from './found-file.ts';
import { readPageLinks } from './page-links.ts';

const MOST_PAGE_BYTES = 2 * 1024 * 1024;
const MOST_LINKSET_BYTES = 1024 * 1024;
const PACE = { windowMs: 60_000, windows: 1, bytes: 0 };

interface Page {
  /** Where it came from, after redirects. */
  url: string;
  mediaType: string;
  /** Of its `Link` header. */
  links: TypedLink[];
  html: string;
}

/**
 * The files that an item's page leads to, by whatever it tells best: typed links (Signposting's `item`, in the header, the
 * page or a link set), else the meta tags for search engines, else links as the repository systems make them. Of an
 * address that leads to a file at once, that file.
 *
 * @throws FullTextError, HostPaused, or the signal's reason
 */
export async function findFiles(
  client: PoliteClient,
  landing: string,
  signal: AbortSignal,
): Promise<FoundFile[]> {
  const address = webAddress(landing);
  const page = await client.get(
    { url: address, headers: { accept: 'text/html, application/xhtml+xml;q=0.9, */*;q=0.5' }, pace: PACE },
    async (answer): Promise<Page> => {
      checkAnswer(address, answer);
      const contentType = answer.headers.get('content-type') ?? '';
      const mediaType = contentType.replace(/;.*$/s, '').trim().toLowerCase();
      return {
        url: answer.url,
        mediaType,
        links: parseLinkHeader(answer.headers.get('link') ?? '', answer.url),
        html: isHtml(mediaType)
          ? decodeMarkup(await boundedBody(answer, MOST_PAGE_BYTES, 'cut'), charsetOf(contentType))
          : '',
      };
    },
    signal,
  );
  if (page.mediaType === 'application/pdf') return [{ url: address, format: page.mediaType }];

  const inPage = readPageLinks(page.html, page.url);
  const typed = [...page.links, ...inPage.typed];
  const ways = [
    async () => items(typed, page.url),
    async () => await itemsOfLinkset(client, typed, page.url, signal),
    async () => inPage.named,
    async () => inPage.habitual,
  ];
  for (const way of ways) {
    const found = usable(await way(), page.url);
    if (found.length > 0) return found;
  }
  return [];
}

function items(links: readonly TypedLink[], page: string): FoundFile[] {
  return linksOf(links, page, 'item').map(fileOf);
}

/** A page with more links than a header holds gives them in a document of their own (Signposting, level 2). */
async function itemsOfLinkset(
  client: PoliteClient,
  links: readonly TypedLink[],
  page: string,
  signal: AbortSignal,
): Promise<FoundFile[]> {
  const linksets = linksOf(links, page, 'linkset');
  const linkset = linksets.find(({ type }) => type === LINKSET_JSON_TYPE) ?? linksets[0];
  if (linkset === undefined) return [];
  const set = await client.get(
    {
      url: webAddress(linkset.href),
      headers: { accept: `${LINKSET_JSON_TYPE}, ${LINKSET_TYPE};q=0.9` },
      pace: PACE,
    },
    async (answer) => {
      if (answer.status !== 200) return [];
      const type = (answer.headers.get('content-type') ?? '').replace(/;.*$/s, '').trim().toLowerCase();
      const text = Buffer.from(await boundedBody(answer, MOST_LINKSET_BYTES)).toString();
      return readLinkset(text, type === LINKSET_TYPE ? LINKSET_TYPE : LINKSET_JSON_TYPE, answer.url);
    },
    signal,
  );
  const own = items(set, page);
  if (own.length > 0) return own;
  // The page may know itself by another address than the one that led here; a set about one thing is about this one.
  const of = set.filter(({ rel }) => rel === 'item');
  return new Set(of.map(({ anchor }) => anchor)).size === 1 ? of.map(fileOf) : [];
}

function readLinkset(text: string, mediaType: string, url: string): TypedLink[] {
  try {
    return parseLinkset(text, mediaType, url);
  } catch (error) {
    // The page has other ways of telling.
    if (error instanceof SignpostingError) return [];
    throw error;
  }
}

function fileOf({ href, type }: TypedLink): FoundFile {
  const format = type ?? typeByName(href);
  return { url: href, ...(format !== undefined && { format }) };
}

/** Each file once, without those that cannot be read and the page itself. */
function usable(found: readonly FoundFile[], page: string): FoundFile[] {
  const files = new Map<string, FoundFile>();
  for (const file of found) {
    if (!/^https?:/.test(file.url) || file.url === page || file.url.length > 2_000) continue;
    if (mayBeReadable(file) && !files.has(file.url)) files.set(file.url, file);
  }
  return [...files.values()].slice(0, MOST_FOUND);
}

function isHtml(mediaType: string): boolean {
  return mediaType === 'text/html' || mediaType === 'application/xhtml+xml';
}
