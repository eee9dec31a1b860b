import type { RouterMiddleware } from '@koa/router';
import { isRecordKey } from '../../../vocab/record-key.ts';
import { HttpError } from '../errors.ts';
import type { ReadParts } from '../read-parts.ts';

/**
 * For the routes under `/records/:key`. A record whose node has another key now is another one, of the same item: where a
 * route finds nothing under its former key, 308 leads to the same path under the present one (RFC 9110, section 15.4.9).
 */
export function formerKeys({ catalogue, site }: Pick<ReadParts, 'catalogue' | 'site'>): RouterMiddleware {
  return async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      const key = ctx.params['key'] ?? '';
      const isUnknown = error instanceof HttpError && error.code === 'RECORD_UNKNOWN';
      const now = isUnknown && isRecordKey(key) ? await catalogue.holdings.movedTo(key) : undefined;
      if (now === undefined) throw error;
      const [, , , ...rest] = ctx.path.split('/');
      ctx.status = 308;
      ctx.redirect(`${[`${site.base}/records/${now}`, ...rest].join('/')}${ctx.search}`);
    }
  };
}
