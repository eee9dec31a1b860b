import Router from '@koa/router';
import type { Context } from 'koa';
import {
  OaiProvider,
  parseOaiRequest,
  utcSeconds,
  writeOaiResponse,
  type ProvidedRepository,
} from '../../../protocols/oai-pmh/index.ts';
import type { Clock } from '../../clock.ts';
import { sendText } from '../answers/send-text.ts';
import { readForm } from '../requests/body.ts';
import type { Site } from '../site.ts';

const PAGE_SIZE = 100;
const LONGEST_FORM = 64 * 1024;

/**
 * `/oai`: an OAI-PMH 2.0 provider of all that the node holds, by GET and POST (section 3.1.1).
 *
 * Errors of the protocol are answers with status 200, as it has them (section 3.6).
 */
export function oaiPmhRouter(options: {
  oai: ProvidedRepository;
  site: Pick<Site, 'base'>;
  clock: Clock;
  pageSize?: number;
}): Router {
  const { oai, site, clock, pageSize = PAGE_SIZE } = options;
  const provider = new OaiProvider({ repository: oai, pageSize });
  const baseUrl = `${site.base}/oai`;
  const router = new Router();

  const answer = async (ctx: Context, parameters: URLSearchParams): Promise<void> => {
    const { request, faults } = parseOaiRequest(parameters);
    const responseDate = utcSeconds(clock.now());
    const body = writeOaiResponse({
      responseDate,
      baseUrl,
      ...(request !== undefined && { request }),
      answer: request === undefined ? { verb: 'error', faults } : await provider.answer(request),
    });
    ctx.set('Cache-Control', 'no-cache');
    // Compression is by HTTP's own means (section 3.1.3). The time of the answer stands in it, so no tag would ever match.
    sendText(ctx, { type: 'text/xml; charset=utf-8', body });
  };

  router.get('/oai', (ctx) => answer(ctx, new URLSearchParams(ctx.querystring)));
  router.post('/oai', async (ctx) => {
    await answer(ctx, await readForm(ctx, LONGEST_FORM));
  });
  return router;
}
