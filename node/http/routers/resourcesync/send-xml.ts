import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { Context } from 'koa';
import { answerNotModified, etagOf } from '../../conditional.ts';
import { REVALIDATE } from '../../respond.ts';
import { endWhenIdle } from './idle.ts';

/** A document, and what identifies it. */
export interface XmlAnswer {
  /** Text that is another one whenever the document is; the document itself, where that is at hand. */
  identity: string;
  /** Milliseconds since 1970. */
  modified?: number;
  /** Called where the client does not have it yet. */
  body: () => string | AsyncIterable<string>;
}

/** Answers with an XML document, deflated for who asks for that, or 304 where the client has it. */
export function sendXml(ctx: Context, { identity, modified, body }: XmlAnswer): void {
  const isGzipped = ctx.get('Accept-Encoding') !== '' && ctx.acceptsEncodings('gzip', 'identity') === 'gzip';
  ctx.vary('Accept-Encoding');
  ctx.set('Cache-Control', REVALIDATE);
  // Of two codings one strong tag would be wrong (RFC 9110, section 8.8.3.3).
  const etag = etagOf(isGzipped ? `gzip ${identity}` : identity);
  if (answerNotModified(ctx, { etag, ...(modified !== undefined && { modified }) })) return;
  const document = body();
  if (typeof document !== 'string') endWhenIdle(ctx);
  if (isGzipped) {
    ctx.set('Content-Encoding', 'gzip');
    // Where the client goes away, what is read is given up with the answer; there is nobody to tell.
    ctx.body = pipeline(Readable.from(document), createGzip(), () => undefined);
  } else {
    ctx.body = typeof document === 'string' ? document : Readable.from(document);
  }
  ctx.set('Content-Type', 'application/xml; charset=utf-8');
}
