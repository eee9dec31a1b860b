import Router from '@koa/router';
import { z } from 'zod';
import { etagOf } from '../answers/conditional.ts';
import { sendPage } from '../answers/respond.ts';
import { sendText } from '../answers/send-text.ts';
import { openApiDocument, type OpenApiDocument } from '../openapi/index.ts';
import { httpOperations } from '../operations.ts';
import { apiPage } from '../pages/api/index.ts';
import type { SharedReadParts } from '../read-parts.ts';
import { format, lang, readQuery } from '../requests/query.ts';

const HOUR_SECONDS = 3_600;
const query = z.object({ format, lang });

/** `/api/openapi.json`: what the node's HTTP interface is (OpenAPI 3.1), for programs; `/api`: the same for people. */
export function apiReferenceRouter({ site, views }: Pick<SharedReadParts, 'site' | 'views'>): Router {
  const router = new Router();
  let made: { document: OpenApiDocument; text: string; etag: string } | undefined;

  /** Made when it is first asked for: most nodes never are. */
  function reference(): { document: OpenApiDocument; text: string; etag: string } {
    if (made === undefined) {
      const document = openApiDocument(httpOperations, site);
      const text = JSON.stringify(document);
      made = { document, text, etag: etagOf(text) };
    }
    return made;
  }

  router.get('/api/openapi.json', (ctx) => {
    const { text, etag } = reference();
    ctx.set('Cache-Control', `public, max-age=${HOUR_SECONDS}`);
    sendText(ctx, { type: 'application/json', validators: { etag }, body: text });
  });

  router.get('/api', (ctx) => {
    const { lang } = readQuery(ctx, query);
    const view = views.of(ctx, lang);
    sendPage(ctx, view, apiPage(view, reference().document));
  });

  return router;
}
