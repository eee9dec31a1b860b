import { readXml, XmlError, type XmlElement } from '../../vocab/xml/index.ts';
import {
  CAPABILITIES,
  CHANGES,
  MAX_BYTES,
  MAX_ENTRIES,
  RESOURCESYNC_NAMESPACE,
  SITEMAP_NAMESPACE,
  type Capability,
  type Entry,
  type Hashes,
  type Link,
  type Metadata,
  type Representation,
  type ResourceChange,
  type SyncDocument,
} from './documents.ts';
import { ResourceSyncError } from './errors.ts';

/** An entry of twenty elements has more links than any example of the standard. */
const limits = { length: MAX_BYTES, depth: 8, elements: MAX_ENTRIES * 20, attributes: 32 };

/**
 * Reads any ResourceSync document (ANSI/NISO Z39.99-2017, section 7). Elements and attributes of other namespaces are
 * left aside, as the standard lets communities add their own.
 *
 * @throws ResourceSyncError
 */
export function parseDocument(xml: string): SyncDocument {
  const rootElement = readRoot(xml);
  const root = rootElement.local;
  if (rootElement.namespace !== SITEMAP_NAMESPACE || (root !== 'urlset' && root !== 'sitemapindex')) {
    throw new ResourceSyncError(
      'RESOURCESYNC_NOT_A_SITEMAP',
      `The root of the document is ${rootElement.name}, neither urlset nor sitemapindex.`,
      { remedy: 'Name the address of a ResourceSync document, such as /.well-known/resourcesync.' },
    );
  }
  const entries = sitemapChildren(rootElement, root === 'urlset' ? 'url' : 'sitemap');
  if (entries.length > MAX_ENTRIES) {
    throw new ResourceSyncError(
      'RESOURCESYNC_TOO_MANY_ENTRIES',
      `The document has ${entries.length} entries; ${MAX_ENTRIES} are allowed.`,
      { remedy: 'Tell the source: it has to publish an index of several documents.' },
    );
  }
  return {
    root,
    metadata: { ...metadataOf(rootElement), capability: capabilityOf(rootElement) },
    links: linksOf(rootElement),
    entries: entries.map(entryOf),
  };
}

function readRoot(xml: string): XmlElement {
  try {
    return readXml(xml, { limits });
  } catch (cause) {
    if (!(cause instanceof XmlError)) throw cause;
    throw new ResourceSyncError('RESOURCESYNC_BAD_XML', cause.message, {
      ...(cause.remedy === undefined ? {} : { remedy: cause.remedy }),
      cause,
    });
  }
}

function capabilityOf(root: XmlElement): Capability {
  const named = metadataElement(root)?.attributes['capability'];
  const capability = CAPABILITIES.find((known) => known === named);
  if (capability !== undefined) return capability;
  throw new ResourceSyncError(
    'RESOURCESYNC_NO_CAPABILITY',
    named === undefined
      ? 'The document is a Sitemap, but none of ResourceSync: it names no capability.'
      : `The document has the capability ${named.slice(0, 100)}, which is none of ResourceSync.`,
    { remedy: 'Name the address of a ResourceSync document, such as /.well-known/resourcesync.' },
  );
}

function entryOf(element: XmlElement, index: number): Entry {
  const loc = textOf(element, 'loc');
  if (loc === undefined) throw badEntry(`Entry ${index + 1} has no loc.`);
  const lastmod = textOf(element, 'lastmod');
  const changefreq = textOf(element, 'changefreq');
  const metadata = metadataOf(element);
  const links = linksOf(element);
  return {
    loc,
    ...(lastmod === undefined ? {} : { lastmod }),
    ...(changefreq === undefined ? {} : { changefreq }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(links.length === 0 ? {} : { links }),
  };
}

function metadataOf(element: XmlElement): Metadata | undefined {
  const found = metadataElement(element);
  if (found === undefined) return undefined;
  const { attributes } = found;
  const metadata: Metadata = representationOf(attributes);
  for (const name of ['capability', 'at', 'completed', 'from', 'until', 'datetime'] as const) {
    const value = attributes[name];
    if (value !== undefined) metadata[name] = value;
  }
  const { change } = attributes;
  if (change !== undefined) metadata.change = changeOf(change);
  return metadata;
}

function changeOf(text: string): ResourceChange {
  const change = CHANGES.find((known) => known === text);
  if (change === undefined)
    throw badEntry(`A change is ${text.slice(0, 100)}; there are ${CHANGES.join(', ')}.`);
  return change;
}

function linksOf(element: XmlElement): Link[] {
  return resourceSyncChildren(element, 'ln').map(({ attributes }) => {
    const { rel, href, modified, pri } = attributes;
    if (rel === undefined || href === undefined) throw badEntry('A link has no rel or no href.');
    const link: Link = { rel, href, ...representationOf(attributes) };
    if (modified !== undefined) link.modified = modified;
    if (pri !== undefined) link.pri = wholeNumber('pri', pri);
    return link;
  });
}

function representationOf(attributes: XmlElement['attributes']): Representation {
  const { hash, length } = attributes;
  const representation: Representation = {};
  for (const name of ['type', 'encoding', 'path'] as const) {
    const value = attributes[name];
    if (value !== undefined) representation[name] = value;
  }
  if (hash !== undefined) representation.hash = hashesOf(hash);
  if (length !== undefined) representation.length = wholeNumber('length', length);
  return representation;
}

/** `md5:1584… sha-256:854f…`; the last one counts of two by the same algorithm. */
function hashesOf(text: string): Hashes {
  const pairs = text.split(/\s+/).flatMap((token) => {
    const colon = token.indexOf(':');
    return colon > 0 ? [[token.slice(0, colon).toLowerCase(), token.slice(colon + 1)] as const] : [];
  });
  return Object.fromEntries(pairs);
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw badEntry(`A ${name} is ${text.slice(0, 100)}, no whole number.`);
  return Number(text);
}

function metadataElement(element: XmlElement): XmlElement | undefined {
  return resourceSyncChildren(element, 'md')[0];
}

function resourceSyncChildren(element: XmlElement, local: string): XmlElement[] {
  return element.childrenNamed(local).filter(({ namespace }) => namespace === RESOURCESYNC_NAMESPACE);
}

function sitemapChildren(element: XmlElement, local: string): XmlElement[] {
  return element.childrenNamed(local).filter(({ namespace }) => namespace === SITEMAP_NAMESPACE);
}

function textOf(element: XmlElement, local: string): string | undefined {
  const text = sitemapChildren(element, local)[0]?.content().trim();
  return text === '' ? undefined : text;
}

function badEntry(what: string): ResourceSyncError {
  return new ResourceSyncError('RESOURCESYNC_BAD_ENTRY', what, {
    remedy: 'Tell the source: the document does not follow ANSI/NISO Z39.99-2017, section 7.',
  });
}
