import {
  CHANGES,
  type Hashes,
  type Link,
  type Metadata,
  type Representation,
  type ResourceChange,
} from './documents.ts';
import { ResourceSyncError } from './errors.ts';

type Attributes = Readonly<Record<string, string>>;

/** What the attributes of an `rs:md` say (section 7, table 3). */
export function metadataOf(attributes: Attributes): Metadata {
  const metadata: Metadata = representationOf(attributes);
  for (const name of ['capability', 'at', 'completed', 'from', 'until', 'datetime'] as const) {
    const value = attributes[name];
    if (value !== undefined) metadata[name] = value;
  }
  const { change } = attributes;
  if (change !== undefined) metadata.change = changeOf(change);
  return metadata;
}

/** What the attributes of an `rs:ln` say. */
export function linkOf(attributes: Attributes): Link {
  const { rel, href, modified, pri } = attributes;
  if (rel === undefined || href === undefined) throw badEntry('A link has no rel or no href.');
  const link: Link = { rel, href, ...representationOf(attributes) };
  if (modified !== undefined) link.modified = modified;
  if (pri !== undefined) link.pri = wholeNumber('pri', pri);
  return link;
}

function changeOf(text: string): ResourceChange {
  const change = CHANGES.find((known) => known === text);
  if (change === undefined)
    throw badEntry(`A change is ${text.slice(0, 100)}; there are ${CHANGES.join(', ')}.`);
  return change;
}

function representationOf(attributes: Attributes): Representation {
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

function badEntry(what: string): ResourceSyncError {
  return new ResourceSyncError('RESOURCESYNC_BAD_ENTRY', what);
}
