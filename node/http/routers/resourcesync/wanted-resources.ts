import type { Context } from 'koa';
import { z } from 'zod';
import { MAX_ENTRIES } from '../../../../protocols/resourcesync/index.ts';
import { decodeXml, readXml, XmlError } from '../../../../vocab/xml/index.ts';
import { HttpError } from '../../errors.ts';

/** As many as a Resource List may name. */
export const MOST_WANTED = MAX_ENTRIES;
const LONGEST_ADDRESS = 2_000;

const list = z.array(z.string());

/**
 * The addresses of resources that a client wants, each once, in its order: a JSON array of strings, text/uri-list
 * (RFC 2483, section 5), or a Sitemap such as a part of a Resource List.
 *
 * @throws HttpError `BODY_TYPE` (415), `BODY_INVALID` (400), `DUMP_TOO_LARGE` (413)
 */
export function wantedResources(ctx: Context, body: Buffer): string[] {
  const kind = ctx.is('application/json', 'text/uri-list', 'application/xml', 'text/xml');
  if (typeof kind !== 'string') {
    throw new HttpError(
      415,
      'BODY_TYPE',
      'The body has the wrong type',
      'A list of resources is application/json, text/uri-list or application/xml.',
    );
  }
  const addresses = kind.endsWith('json')
    ? inJson(body)
    : kind.endsWith('xml')
      ? inSitemap(body)
      : inUriList(body);
  const wanted = [...new Set(addresses)];
  if (wanted.length === 0) throw invalid('It names no resource.');
  if (wanted.length > MOST_WANTED) {
    throw new HttpError(
      413,
      'DUMP_TOO_LARGE',
      'The list is too long',
      `A list may name ${MOST_WANTED} resources; this one names ${wanted.length}.`,
    );
  }
  const wrong = wanted.find((address) => address.length > LONGEST_ADDRESS || !URL.canParse(address));
  if (wrong !== undefined) throw invalid(`“${wrong.slice(0, 100)}” is no address.`);
  return wanted;
}

function inJson(body: Buffer): string[] {
  let value: unknown;
  try {
    value = JSON.parse(body.toString());
  } catch {
    throw invalid('It is no JSON.');
  }
  const result = list.safeParse(value);
  if (!result.success) throw invalid('It is no JSON array of strings.');
  return result.data;
}

function inUriList(body: Buffer): string[] {
  return body
    .toString()
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

function inSitemap(body: Buffer): string[] {
  try {
    const root = readXml(decodeXml(body).text);
    if (root.local !== 'urlset') throw invalid('It is no Sitemap: its root is no urlset.');
    return root.childrenNamed('url').flatMap((url) => url.childText('loc')?.trim() ?? []);
  } catch (error) {
    if (error instanceof XmlError) throw invalid(error.message);
    throw error;
  }
}

function invalid(detail: string): HttpError {
  return new HttpError(400, 'BODY_INVALID', 'The body is no list of resources', detail);
}
