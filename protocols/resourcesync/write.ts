import { element, raw, startTag, xmlDeclaration, type XmlAttributes } from '../../vocab/xml/index.ts';
import {
  RESOURCESYNC_NAMESPACE,
  SITEMAP_NAMESPACE,
  type DocumentHead,
  type Entry,
  type Hashes,
  type Link,
  type Metadata,
  type Representation,
  type SyncDocument,
} from './documents.ts';

const CHUNK_CHARACTERS = 32 * 1024;

/** A document with few entries, at once. */
export function writeDocument(document: SyncDocument): string {
  return (
    startOf(document) + document.entries.map((entry) => entryXml(document, entry)).join('') + endOf(document)
  );
}

/** A document with many entries, in pieces as they come, some at a time; nothing but the current piece is held. */
export async function* streamDocument(
  head: DocumentHead,
  entries: AsyncIterable<Iterable<Entry>>,
): AsyncGenerator<string> {
  let chunk = startOf(head);
  for await (const some of entries) {
    for (const entry of some) {
      chunk += entryXml(head, entry);
      if (chunk.length < CHUNK_CHARACTERS) continue;
      yield chunk;
      chunk = '';
    }
  }
  yield chunk + endOf(head);
}

function startOf({ root, links, metadata }: DocumentHead): string {
  const namespaces = { xmlns: SITEMAP_NAMESPACE, 'xmlns:rs': RESOURCESYNC_NAMESPACE };
  return `${xmlDeclaration}${startTag(root, namespaces)}\n${links.map(linkXml).join('\n')}\n${metadataXml(metadata)}\n`;
}

function endOf({ root }: DocumentHead): string {
  return `</${root}>\n`;
}

function entryXml({ root }: DocumentHead, { loc, lastmod, changefreq, metadata, links }: Entry): string {
  let inner = element('loc', {}, loc);
  if (lastmod !== undefined) inner += element('lastmod', {}, lastmod);
  if (changefreq !== undefined) inner += element('changefreq', {}, changefreq);
  if (metadata !== undefined) inner += metadataXml(metadata);
  if (links !== undefined) inner += links.map(linkXml).join('');
  return `${element(root === 'urlset' ? 'url' : 'sitemap', {}, raw(inner))}\n`;
}

function metadataXml({
  capability,
  at,
  completed,
  from,
  until,
  change,
  datetime,
  ...rest
}: Metadata): string {
  const attributes = { capability, at, completed, from, until, change, datetime, ...representation(rest) };
  return element('rs:md', attributes);
}

function linkXml({ rel, href, modified, pri, ...rest }: Link): string {
  return element('rs:ln', { rel, href, modified, pri, ...representation(rest) });
}

function representation({ hash, length, type, encoding, path }: Representation): XmlAttributes {
  return { hash: hash === undefined ? undefined : hashText(hash), length, type, encoding, path };
}

function hashText(hashes: Hashes): string {
  return Object.entries(hashes)
    .map(([algorithm, digest]) => `${algorithm}:${digest}`)
    .join(' ');
}
