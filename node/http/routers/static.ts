import Router from '@koa/router';
import { documentHeaders } from '../answers/security-headers.ts';
import type { Assets } from '../assets.ts';
import { HttpError } from '../errors.ts';

/** `/assets/…`: the stylesheet, the icon and the widget, under names that change with their content. */
export function staticRouter({ stylesheet, icon, widget }: Assets): Router {
  const byName = new Map([stylesheet, icon, widget].map((asset) => [asset.name, asset]));
  const router = new Router();
  router.get('/assets/:name', (ctx) => {
    const asset = byName.get(ctx.params['name'] ?? '');
    if (asset === undefined) throw new HttpError(404, 'NOT_FOUND', 'There is nothing here', 'No such file.');
    const isGzipped = ctx.acceptsEncodings('gzip', 'identity') === 'gzip';
    ctx.set('Cache-Control', 'public, max-age=31536000, immutable');
    documentHeaders(ctx);
    ctx.set('Vary', 'Accept-Encoding');
    // The widget is for other sites, also for those that let in only what says that it may be (COEP).
    ctx.set('Cross-Origin-Resource-Policy', 'cross-origin');
    ctx.set('Content-Type', asset.type);
    if (isGzipped) ctx.set('Content-Encoding', 'gzip');
    ctx.body = isGzipped ? asset.gzipped : asset.body;
  });
  return router;
}
