import Router from '@koa/router';
import { answerNotModified } from '../answers/conditional.ts';
import { REVALIDATE } from '../answers/respond.ts';
import { HttpError } from '../errors.ts';
import type { ReadParts } from '../read-parts.ts';

const YEAR_SECONDS = 31_536_000;

/**
 * `/logo`: the institution's logo. Pages name its version in the address, under which it never changes; under the bare address
 * it is asked for anew each time.
 */
export function logoRouter({ institution }: Pick<ReadParts, 'institution'>): Router {
  const router = new Router();
  router.get('/logo', (ctx) => {
    const { logo } = institution;
    if (logo === undefined)
      throw new HttpError(404, 'NO_LOGO', 'There is no logo', 'The institution has not shown one.');
    const isOfVersion = ctx.query['v'] === logo.version;
    ctx.set('Cache-Control', isOfVersion ? `public, max-age=${YEAR_SECONDS}, immutable` : REVALIDATE);
    // It is from outside: whatever it turns out to be, nothing of it is run in this site's name.
    ctx.set('Content-Security-Policy', "default-src 'none'; sandbox");
    // Other sites may show it, also those that let in only what says that it may be (COEP).
    ctx.set('Cross-Origin-Resource-Policy', 'cross-origin');
    if (answerNotModified(ctx, { etag: `"${logo.version}"` })) return;
    ctx.body = Buffer.from(logo.bytes);
    ctx.set('Content-Type', logo.type);
  });
  return router;
}
