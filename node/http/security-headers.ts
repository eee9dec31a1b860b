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
 * Headers that every answer has. Public data may be read by any page on the web (CORS); the manager's API, which needs a
 * token, may not.
 */
export function securityHeaders(ctx: Context, next: Next): Promise<void> {
  const { res } = ctx;
  res.setHeader('Content-Security-Policy', CONTENT_SECURITY_POLICY);
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.setHeader('Referrer-Policy', 'strict-origin-when-cross-origin');
  if (!ctx.path.startsWith('/api/')) {
    res.setHeader('Access-Control-Allow-Origin', '*');
    res.setHeader('Access-Control-Expose-Headers', EXPOSED);
  }
  return next();
}
