import { createHash, timingSafeEqual } from 'node:crypto';
import type { Middleware } from 'koa';
import { HttpError } from './errors.ts';

/**
 * Lets a request through that brings the token (RFC 6750, section 2.1). Digests are compared, in constant time, so that
 * neither the token nor its length can be found out by measuring.
 */
export function bearerToken(token: string): Middleware {
  const expected = digestOf(token);
  return async (ctx, next) => {
    const [, given] = /^Bearer +([\w.~+/=-]+)$/i.exec(ctx.get('Authorization')) ?? [];
    if (given === undefined || !timingSafeEqual(digestOf(given), expected)) {
      ctx.set('WWW-Authenticate', given === undefined ? 'Bearer' : 'Bearer error="invalid_token"');
      const detail = 'Send the token in the node’s data directory as “Authorization: Bearer …”.';
      throw new HttpError(401, 'UNAUTHORIZED', 'This needs the node’s token', detail);
    }
    ctx.set('Cache-Control', 'no-store');
    await next();
  };
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
