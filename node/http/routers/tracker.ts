import Router from '@koa/router';
import type { Context } from 'koa';
import { OpenUrlError, parseTrackerHit, type TrackerHit } from '../../../protocols/openurl/index.ts';
import { recordKey } from '../../../vocab/record-key.ts';
import { UsageError } from '../../analysis/usage/index.ts';
import { HttpError } from '../errors.ts';
import type { HttpParts } from '../parts.ts';
import { readForm } from '../request-body.ts';

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
    if (ctx.method === 'GET') await count(readHit(new URLSearchParams(ctx.querystring)));
    answer(ctx);
  });

  router.post('/tracker', async (ctx) => {
    const form = await readForm(ctx, BODY_LIMIT);
    await count(readHit(form.size === 0 ? new URLSearchParams(ctx.querystring) : form));
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

function readHit(query: URLSearchParams): TrackerHit {
  try {
    return parseTrackerHit(query);
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
