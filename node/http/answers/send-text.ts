import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { Context } from 'koa';
import { contentCoding, gzippedTag } from '../negotiation/content-coding.ts';
import { answerNotModified, type Validators } from './conditional.ts';
import { endWhenIdle } from './idle.ts';

/** Text in UTF-8, whole or as a stream. */
export interface TextAnswer {
  /** With its parameters. */
  type: string;
  /** Of the text as it is; not there where each answer is another one. */
  validators?: Validators;
  /** A stream is begun only where the client does not have it yet. */
  body: string | (() => AsyncIterable<string>);
}

/** Answers with text, packed for who asks for that, or 304 where the client has it in the coding that it would get. */
export function sendText(ctx: Context, { type, validators, body }: TextAnswer): void {
  const coding = contentCoding(ctx, typeof body === 'string' ? body.length : Infinity);
  ctx.vary('Accept-Encoding');
  if (validators !== undefined) {
    const etag = coding === 'gzip' ? gzippedTag(validators.etag) : validators.etag;
    if (answerNotModified(ctx, { ...validators, etag })) return;
  }
  if (typeof body !== 'string') endWhenIdle(ctx);
  if (coding === 'identity') {
    ctx.body = typeof body === 'string' ? body : Readable.from(body());
  } else {
    ctx.set('Content-Encoding', 'gzip');
    const text = typeof body === 'string' ? [body] : body();
    // Where the client goes away, what is read is given up with the answer; there is nobody to tell.
    ctx.body = pipeline(Readable.from(ctx.method === 'HEAD' ? [] : text), createGzip(), () => undefined);
  }
  ctx.set('Content-Type', type);
}
