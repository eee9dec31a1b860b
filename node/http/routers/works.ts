import Router from '@koa/router';
import { z } from 'zod';
import { stageOf } from '../../analysis/works/index.ts';
import { sendJsonLd, sendPage } from '../answers/respond.ts';
import { reasonedDocument } from '../documents/records.ts';
import { DATA_OR_PAGE, JSON_LD } from '../negotiation/formats.ts';
import { Negotiator } from '../negotiation/negotiator.ts';
import { workPage } from '../pages/work.ts';
import type { SharedReadParts } from '../read-parts.ts';
import { format, lang, readQuery } from '../requests/query.ts';
import { evidenceProperties } from '../works/evidence.ts';
import { workProperties } from '../works/held-works.ts';
import { isWorkId, leadToPresentWork } from '../works/lookup.ts';

export const query = z.object({ format, lang });

/** `/works/{id}`: the records of one work, with what shows that they are. */
export function worksRouter(parts: SharedReadParts): Router {
  const { beside, works, site, views } = parts;
  const formats = new Negotiator(DATA_OR_PAGE);
  const router = new Router();

  router.get('/works/:id', async (ctx) => {
    const id = ctx.params['id'] ?? '';
    const { format, lang } = readQuery(ctx, query);
    const { format: chosen, type } = formats.of(ctx, format);
    const work = isWorkId(id) ? await works.byId(id) : undefined;
    if (work === undefined || work.records.length === 0) {
      await leadToPresentWork(ctx, parts, { id });
      return;
    }
    const evidence = await beside.ofWork(work);
    if (chosen === JSON_LD) {
      const listed = work.records.map((item) => ({
        ...item,
        stage: stageOf(item.holding),
        ...evidenceProperties(evidence.get(item.key)),
      }));
      const address = `${site.base}/works/${id}`;
      const { orderedItems, ...document } = reasonedDocument(site, address, 'Records of one work', listed);
      sendJsonLd(ctx, type, { ...document, ...workProperties(site, work), orderedItems });
      return;
    }
    const view = views.of(ctx, lang);
    sendPage(ctx, view, workPage(view, { work, evidence }));
  });

  return router;
}
