import { Parser } from 'htmlparser2';
import { typedLinks, type TypedLink } from '../../../../protocols/signposting/index.ts';
import type { FoundFile } from './found-file.ts';
import { habitualFile } from './page-habits.ts';

/** What a landing page says of its files, in each of the ways in which pages do. */
export interface PageLinks {
  /** Its `link` elements. */
  typed: TypedLink[];
  /** Meta tags for search engines. */
  named: FoundFile[];
  /** By the habits of the repository systems. */
  habitual: FoundFile[];
}

/** Elements of a page that are looked at. */
const MOST_LINKS = 2_000;
/** Elements within elements; what they cost the parser grows with the square. Old pages forget to close some hundred. */
const MOST_DEPTH = 4_000;

/** Meta tags that name a file: of Highwire Press, which most systems use, of bepress and of EPrints. */
const metaNames: Readonly<Record<string, string | undefined>> = {
  citation_pdf_url: 'application/pdf',
  bepress_citation_pdf_url: 'application/pdf',
  citation_fulltext_html_url: 'text/html',
  citation_full_html_url: 'text/html',
  citation_xml_url: 'application/xml',
  'eprints.document_url': undefined,
};

/**
 * Reads a landing page.
 * @param url where it came from
 */
export function readPageLinks(html: string, url: string): PageLinks {
  const links: PageLinks = { typed: [], named: [], habitual: [] };
  let base = url;
  let left = MOST_LINKS;
  let depth = 0;
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        depth += 1;
        if (depth > MOST_DEPTH) parser.pause();
        if (name !== 'a' && name !== 'link' && name !== 'meta' && name !== 'base') return;
        left -= 1;
        if (left < 0) return;
        const { href, rel, type } = attributes;
        if (name === 'base') base = absolute(href, url)?.href ?? base;
        else if (name === 'meta') links.named.push(...namedFile(attributes, base));
        else if (name === 'a') links.habitual.push(...anchoredFile(attributes, base));
        else if (href !== undefined && rel !== undefined) {
          links.typed.push(...typedLinks({ href, rel, type, anchor: url }, base));
        }
      },
      onclosetag: () => {
        depth -= 1;
      },
    },
    { decodeEntities: true },
  );
  parser.write(html);
  return links;
}

function namedFile({ name, content }: { [name: string]: string }, base: string): FoundFile[] {
  const tag = name?.toLowerCase() ?? '';
  const url = absolute(content, base);
  if (url === undefined || !Object.hasOwn(metaNames, tag)) return [];
  const format = metaNames[tag];
  return [{ url: onOwnHost(url, base).href, ...(format !== undefined && { format }) }];
}

function anchoredFile({ href, type, class: names }: { [name: string]: string }, base: string): FoundFile[] {
  const url = absolute(href, base);
  if (url === undefined) return [];
  const found = habitualFile({ url, type: type?.toLowerCase(), classes: names?.split(/\s+/) ?? [] });
  return found === undefined ? [] : [found];
}

/** Systems behind a proxy are apt to name themselves as they know themselves: http://localhost:4000/… */
function onOwnHost(url: URL, base: string): URL {
  return url.hostname === 'localhost' ? new URL(url.pathname + url.search, base) : url;
}

function absolute(address: string | undefined, base: string): URL | undefined {
  const text = address?.trim() ?? '';
  if (text === '' || !URL.canParse(text, base)) return undefined;
  const url = new URL(text, base);
  return /^https?:$/.test(url.protocol) ? url : undefined;
}
