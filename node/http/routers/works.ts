import Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { isRecordKey } from '../../../vocab/record-key.ts';
import { stageOf } from '../../analysis/works/index.ts';
import { reasonedDocument } from '../documents.ts';
import { HttpError } from '../errors.ts';
import { DATA_OR_PAGE, JSON_LD } from '../formats.ts';
import { workProperties } from '../held-works.ts';
import { Negotiator } from '../negotiation.ts';
import { workPage } from '../pages/work.ts';
import type { SharedReadParts } from '../read-parts.ts';
import { format, lang, readQuery } from '../query.ts';
import { sendJsonLd, sendPage } from '../respond.ts';
import { evidenceProperties } from '../work-evidence.ts';

export const query = z.object({ format, lang });

/**
 * `/works/{id}`: the records of one work, with what shows that they are. A work's id changes when a record joins it or
 * goes; as long as the old id names one of its records, it leads to the new one.
 */
export function worksRouter({ beside, duplicates, works, site, views }: SharedReadParts): Router {
  const formats = new Negotiator(DATA_OR_PAGE);
  const router = new Router();

  router.get('/works/:id', async (ctx) => {
    const id = ctx.params['id'] ?? '';
    const { format, lang } = readQuery(ctx, query);
    const { format: chosen, type } = formats.of(ctx, format);
    const work = isWorkId(id) ? await works.byId(id) : undefined;
    if (work === undefined || work.records.length === 0) {
      await redirectToCurrent(ctx, id);
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

  async function redirectToCurrent(ctx: Context, id: string): Promise<void> {
    const current = isWorkId(id) ? await duplicates.workOf(id.slice(1)) : undefined;
    if (current === undefined || current === id) {
      throw new HttpError(
        404,
        'WORK_UNKNOWN',
        'No such work',
        `No work has the id ${id.slice(0, 100)} here.`,
      );
    }
    ctx.status = 303;
    ctx.redirect(`${site.base}/works/${current}${ctx.search}`);
  }

  return router;
}

function isWorkId(text: string): boolean {
  return text.startsWith('w') && isRecordKey(text.slice(1));
}
