import { createHash } from 'node:crypto';
import { normaliseIdentifier, normaliseUrl } from '../../vocab/identifiers.ts';
import type { Record } from '../../vocab/record.ts';

const UUID = /\/(bitstreams|items|entities\/[^/]+)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=\/|$)/;
/** What a repository adds to the address of a file, or a page, without making it another one. */
const NOISE: ReadonlySet<string> = new Set([
  'sequence',
  'isallowed',
  'download',
  'inline',
  'show',
  'forcedownload',
]);

/**
 * What a record may be called: its OAI identifier, that one's local part, its identifiers, the addresses of its pages and
 * files in a form without what makes no difference, and what DSpace calls an item and a file in these addresses.
 */
export function namesOf({ oaiIdentifier, identifiers, publishedDoi, files }: Record): string[] {
  const names = [`oai ${oaiIdentifier}`, ...localName(oaiIdentifier)];
  for (const { scheme, value } of identifiers) {
    if (scheme === 'isbn' || scheme === 'issn') continue;
    names.push(...(scheme === 'url' ? addressNames(value) : [`${scheme} ${value}`]));
  }
  if (publishedDoi !== undefined) names.push(`doi ${publishedDoi}`);
  for (const { url } of files) names.push(...addressNames(url));
  return [...new Set(names)];
}

/** The names under which what is written may be found, likeliest first. */
export function namesIn(written: string): string[] {
  const [, object, id] = /^dspace-(item|file):(.+)$/.exec(written) ?? [];
  if (object !== undefined && id !== undefined) return [`${object} ${id.toLowerCase()}`];
  const [, local] = /^oai:\*:(.+)$/.exec(written) ?? [];
  if (local !== undefined) return [`local ${local}`];
  if (/^oai:/i.test(written)) return [`oai ${written}`];
  const identifier = normaliseIdentifier(written);
  const named =
    identifier === undefined || identifier.scheme === 'url'
      ? []
      : [`${identifier.scheme} ${identifier.value}`];
  return /^https?:/i.test(written) ? [...addressNames(written), ...named] : named;
}

/** 96 bits of a name: what is stored of it. */
export function nameHash(name: string): string {
  return createHash('sha256').update(name).digest('base64url').slice(0, 16);
}

/** `123456789/12` of `oai:repository.example.edu:123456789/12`. */
function localName(oaiIdentifier: string): string[] {
  const [, local] = /^oai:[^:]+:(.+)$/i.exec(oaiIdentifier) ?? [];
  return local === undefined ? [] : [`local ${local}`];
}

/** An address by host and path, whatever its scheme; with the query, where that may name something. */
function addressNames(address: string): string[] {
  const normal = normaliseUrl(address);
  if (normal === undefined) return [];
  const url = new URL(normal);
  for (const name of Array.from(url.searchParams.keys()))
    if (NOISE.has(name.toLowerCase())) url.searchParams.delete(name);
  const path = decodedPath(url.pathname).replace(/\/+$/, '');
  const [, object, uuid] = UUID.exec(path.toLowerCase()) ?? [];
  const inDspace = uuid === undefined ? [] : [`${object === 'bitstreams' ? 'file' : 'item'} ${uuid}`];
  if (path === '' && url.search === '') return [];
  return [`address ${url.host}${path}${url.search}`, ...inDspace];
}

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
