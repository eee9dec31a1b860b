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

type Headers = readonly (readonly [name: string, value: string])[];

const alwaysHeaders: Headers = [['X-Content-Type-Options', 'nosniff']];

/** Of everything that is public: also what a script on another site's page may read of an answer. */
export const publicDataHeaders: Headers = [
  ...alwaysHeaders,
  ['Access-Control-Allow-Origin', '*'],
  ['Access-Control-Expose-Headers', 'Link, ETag, Last-Modified, Location, Allow, Accept-Post'],
];

/**
 * Headers that every answer has: what it says it is, it is. Public data may be read by any page on the web (CORS); the
 * manager's API and pages, which are for those who have an account, may not.
 */
export async function securityHeaders(ctx: Context, next: Next): Promise<void> {
  await next();
  // A representation that is kept brings its whole head along.
  if (ctx.res.headersSent) return;
  const isPublic = !/^\/(?:api|dashboard)\/|^\/dashboard$/.test(ctx.path) || ctx.path === '/api/openapi.json';
  for (const [name, value] of isPublic ? publicDataHeaders : alwaysHeaders) ctx.res.setHeader(name, value);
}

/** Headers of what a browser shows as a document, a page or a picture. Data are not run, so they go without. */
export function documentHeaders(ctx: Context): void {
  ctx.set('Content-Security-Policy', CONTENT_SECURITY_POLICY);
  ctx.set('Referrer-Policy', 'strict-origin-when-cross-origin');
}
