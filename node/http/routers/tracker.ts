import Router from '@koa/router';
import type { Context } from 'koa';
import { OpenUrlError, parseTrackerHit, type TrackerHit } from '../../../protocols/openurl/index.ts';
import { recordKey } from '../../../vocab/record-key.ts';
import { UsageError } from '../../analysis/usage/index.ts';
import { HttpError } from '../errors.ts';
import type { HttpParts } from '../parts.ts';
import { readBody } from '../request-body.ts';

const BODY_LIMIT = 16 * 1024;

/**
 * `/tracker`: what the repository's own pages and files were used, told by its software as OpenURLs, in the query of a
 * GET or the form of a POST. 204 when it is counted, or rightly not: a robot's, a double click.
 */
export function trackerRouter({
  catalogue,
  usage,
  clock,
}: Pick<HttpParts, 'catalogue' | 'usage' | 'clock'>): Router {
  const router = new Router();

  router.get('/tracker', async (ctx) => {
    if (ctx.method === 'GET') await count(readHit(ctx.querystring));
    answer(ctx);
  });

  router.post('/tracker', async (ctx) => {
    if (ctx.is('urlencoded') === false) {
      const detail = 'The body has to be application/x-www-form-urlencoded.';
      throw new HttpError(415, 'BODY_TYPE', 'The body has the wrong type', detail);
    }
    const body = await readBody(ctx, BODY_LIMIT);
    await count(readHit(body.length === 0 ? ctx.querystring : body.toString()));
    answer(ctx);
  });

  async function count(hit: TrackerHit): Promise<void> {
    const { oaiIdentifier, kind, time = clock.now(), address = '', userAgent = '' } = hit;
    const key = recordKey(catalogue.node, oaiIdentifier);
    try {
      await usage.record({ kind, key, address, userAgent, time });
    } catch (cause) {
      throw cause instanceof UsageError ? refused(cause) : cause;
    }
  }

  return router;
}

function readHit(query: string): TrackerHit {
  try {
    return parseTrackerHit(new URLSearchParams(query));
  } catch (cause) {
    throw cause instanceof OpenUrlError ? refused(cause) : cause;
  }
}

function refused({ code, message, remedy }: OpenUrlError | UsageError): HttpError {
  const options = remedy === undefined ? {} : { remedy };
  return new HttpError(400, code, 'The usage event was not counted', message, options);
}

function answer(ctx: Context): void {
  ctx.set('Cache-Control', 'no-store');
  ctx.status = 204;
}
