import Router from '@koa/router';
import type { Assets } from '../assets.ts';
import { HttpError } from '../errors.ts';
import { documentHeaders } from '../security-headers.ts';

/** `/assets/…`: the stylesheet and the icon, under names that change with their content. */
export function staticRouter({ stylesheet, icon }: Assets): Router {
  const byName = new Map([stylesheet, icon].map((asset) => [asset.name, asset]));
  const router = new Router();
  router.get('/assets/:name', (ctx) => {
    const asset = byName.get(ctx.params['name'] ?? '');
    if (asset === undefined) throw new HttpError(404, 'NOT_FOUND', 'There is nothing here', 'No such file.');
    const isGzipped = ctx.acceptsEncodings('gzip', 'identity') === 'gzip';
    ctx.set('Cache-Control', 'public, max-age=31536000, immutable');
    documentHeaders(ctx);
    ctx.set('Vary', 'Accept-Encoding');
    ctx.set('Content-Type', asset.type);
    if (isGzipped) ctx.set('Content-Encoding', 'gzip');
    ctx.body = isGzipped ? asset.gzipped : asset.body;
  });
  return router;
}
