import type { Context } from 'koa';
import { etagOf } from '../../answers/conditional.ts';
import { REVALIDATE } from '../../answers/respond.ts';
import { sendText } from '../../answers/send-text.ts';

/** A document, and what identifies it. */
interface XmlAnswer {
  /** Text that is another one whenever the document is; the document itself, where that is at hand. */
  identity: string;
  /** Milliseconds since 1970. */
  modified?: number;
  /** A stream is begun only where the client does not have it yet. */
  body: string | (() => AsyncIterable<string>);
}

/** Answers with an XML document, or 304 where the client has it. */
export function sendXml(ctx: Context, { identity, modified, body }: XmlAnswer): void {
  ctx.set('Cache-Control', REVALIDATE);
  const validators = { etag: etagOf(identity), ...(modified !== undefined && { modified }) };
  sendText(ctx, { type: 'application/xml; charset=utf-8', validators, body });
}
