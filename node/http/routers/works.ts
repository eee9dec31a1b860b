import Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { isRecordKey } from '../../../vocab/record-key.ts';
import { reasonedDocument } from '../documents.ts';
import { HttpError } from '../errors.ts';
import { DATA_OR_PAGE, JSON_LD } from '../formats.ts';
import { Negotiator } from '../negotiation.ts';
import { workPage, type WorkCopy } from '../pages/work.ts';
import type { PublicParts } from '../public-parts.ts';
import { format, lang, readQuery } from '../query.ts';
import { sendJsonLd, sendPage } from '../respond.ts';

const query = z.object({ format, lang });

/**
 * `/works/{id}`: the records of one work, with what shows that they are. A work's id changes when a record joins it or
 * goes; as long as the old id names one of its records, it leads to the new one.
 */
export function worksRouter({ duplicates, items, site, views }: PublicParts): Router {
  const formats = new Negotiator(DATA_OR_PAGE);
  const router = new Router();

  router.get('/works/:id', async (ctx) => {
    const id = ctx.params['id'] ?? '';
    const { format, lang } = readQuery(ctx, query);
    const { format: chosen, type } = formats.of(ctx, format);
    const [first, ...others] = isWorkId(id) ? await copiesIn(id) : [];
    if (first === undefined) {
      await redirectToCurrent(ctx, id);
      return;
    }
    if (chosen === JSON_LD) {
      const listed = [first, ...others].map(({ evidence, ...item }) => ({ ...item, reasons: evidence }));
      sendJsonLd(
        ctx,
        type,
        reasonedDocument(site, `${site.base}/works/${id}`, 'Records of one work', listed),
      );
      return;
    }
    const view = views.of(ctx, lang);
    sendPage(ctx, view, workPage(view, { copies: [first, ...others] }));
  });

  /** This node's own record first. */
  async function copiesIn(id: string): Promise<WorkCopy[]> {
    const work = await duplicates.work(id);
    if (work === undefined) return [];
    const held = await items.recordsOf(work.members);
    held.sort((a, b) => Number(b.institution.isSelf) - Number(a.institution.isSelf));
    return await Promise.all(
      held.map(async (item) => ({ ...item, evidence: await evidenceOf(item.key, work.members) })),
    );
  }

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

  /** What joins a record to any other of its work; a work of many is compared with its first few. */
  async function evidenceOf(key: string, members: readonly string[]): Promise<string[]> {
    const others = members.filter((member) => member !== key).slice(0, COMPARED);
    const reasons = await Promise.all(others.map((other) => duplicates.explain(key, other)));
    return [...new Set(reasons.flat())];
  }

  return router;
}

const COMPARED = 10;

function isWorkId(text: string): boolean {
  return text.startsWith('w') && isRecordKey(text.slice(1));
}
