import type { Context, Next } from 'koa';

/** Nothing is run, framed or fetched but the stylesheet and images of this site; forms go to this site only. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** What a script on another site's page may read of an answer. */
const EXPOSED = 'Link, ETag, Last-Modified, Location, Allow, Accept-Post';

/**
 * Headers that every answer has: what it says it is, it is. Public data may be read by any page on the web (CORS); the
 * manager's API, which needs a token, may not.
 */
export function securityHeaders(ctx: Context, next: Next): Promise<void> {
  const { res } = ctx;
  res.setHeader('X-Content-Type-Options', 'nosniff');
  if (!ctx.path.startsWith('/api/')) {
    res.setHeader('Access-Control-Allow-Origin', '*');
    res.setHeader('Access-Control-Expose-Headers', EXPOSED);
  }
  return next();
}

/** Headers of what a browser shows as a document, a page or a picture. Data are not run, so they go without. */
export function documentHeaders(ctx: Context): void {
  ctx.set('Content-Security-Policy', CONTENT_SECURITY_POLICY);
  ctx.set('Referrer-Policy', 'strict-origin-when-cross-origin');
}
