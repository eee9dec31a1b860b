import type { Context } from 'koa';
import { HttpError } from '../errors.ts';
import { qualityList } from './quality-list.ts';

/** How the bytes of an answer are packed (RFC 9110, section 8.4.1). */
type ContentCoding = 'gzip' | 'identity';

const CODINGS: readonly ContentCoding[] = ['gzip', 'identity'];
/** What fits into one packet as it is, is not worth the work. */
const SMALLEST_PACKED = 1_400;

/**
 * The coding for a text of so many characters, by `Accept-Encoding` (RFC 9110, section 12.5.3): gzip where it is wanted at
 * least as much as no coding, and where the text is worth it or may not be sent as it is.
 *
 * @throws HttpError `NOT_ACCEPTABLE` (406), with the codings that there are, where the request refuses them all
 */
export function contentCoding(ctx: Context, length: number): ContentCoding {
  const wanted = wantedCodings(ctx.req.headers['accept-encoding']);
  if (wanted.gzip === 0 && wanted.identity === 0) {
    ctx.vary('Accept-Encoding');
    const detail = `This resource can be had with the content codings ${CODINGS.join(', ')}.`;
    throw new HttpError(406, 'NOT_ACCEPTABLE', 'There is no such representation', detail, {
      extra: { available: CODINGS.map((coding) => ({ coding })) },
    });
  }
  if (wanted.gzip === 0) return 'identity';
  if (wanted.identity === 0) return 'gzip';
  return wanted.gzip >= wanted.identity && length >= SMALLEST_PACKED ? 'gzip' : 'identity';
}

/** Whether gzip is to be preferred where there is something to gain by it. */
export function prefersGzip(acceptEncoding: string | undefined): boolean {
  const wanted = wantedCodings(acceptEncoding);
  return wanted.gzip > 0 && wanted.gzip >= wanted.identity;
}

/** The tag of the same representation in another coding: two codings are two strings of bytes (section 8.8.3.3). */
export function gzippedTag(etag: string): string {
  return `${etag.slice(0, -1)}.gzip"`;
}

/** How much each coding is wanted. Without the header anything may come; what cannot unpack it sends none either. */
function wantedCodings(header: string | undefined): Record<ContentCoding, number> {
  if (header === undefined) return { gzip: 0, identity: 1 };
  const choices = qualityList(header);
  const qualityOf = (...names: string[]): number | undefined =>
    choices.find(({ value }) => names.includes(value))?.quality;
  const others = qualityOf('*');
  const gzip = qualityOf('gzip', 'x-gzip') ?? others ?? 0;
  // What is not named is as good as the least that is, and not refused unless by `*;q=0`.
  const least = Math.min(1, ...choices.map(({ quality }) => quality).filter((quality) => quality > 0));
  return { gzip, identity: qualityOf('identity') ?? others ?? least };
}
