import Router from '@koa/router';
import { z } from 'zod';
import { searchDocument } from '../documents.ts';
import { HttpError } from '../errors.ts';
import { findWorks, type WorkHit, type WorkHits } from '../find-works.ts';
import { DATA_OR_PAGE, JSON_LD } from '../formats.ts';
import { Negotiator } from '../negotiation.ts';
import type { HeldItem } from '../pages/record-line.ts';
import { searchPage } from '../pages/search.ts';
import type { PublicParts } from '../public-parts.ts';
import { format, lang, optionalNodeId, readQuery, whole } from '../query.ts';
import { sendJsonLd, sendPage } from '../respond.ts';

const PAGE = 20;
const LONGEST_QUERY = 300;
const schema = z.strictObject({
  format,
  lang,
  q: z.string().trim().max(LONGEST_QUERY, `is longer than ${LONGEST_QUERY} characters`).optional(),
  origin: optionalNodeId,
  page: whole(1, 50).optional(),
  limit: whole(1, 100).optional(),
});

type Row = WorkHit & { best: HeldItem; others: readonly HeldItem[] };

/** `/search?q=`: own and followed records, one row a work. Without a query, a page with the form. */
export function searchRouter(parts: PublicParts): Router {
  const { institutions, items, site, views } = parts;
  const formats = new Negotiator(DATA_OR_PAGE);
  const router = new Router();

  router.get('/search', async (ctx) => {
    const { format, lang, q, origin, page = 1, limit = PAGE } = readQuery(ctx, schema);
    const { format: chosen, type } = formats.of(ctx, format);
    const query = q === '' ? undefined : q;
    if (query === undefined && chosen === JSON_LD) throw noQuery();
    const found =
      query === undefined
        ? nothing
        : await findWorks(parts, { query, page, size: limit, ...(origin !== undefined && { origin }) });
    const rows = await rowsOf(found);
    if (chosen === JSON_LD) {
      const list = {
        path: '/search',
        parameters: { q: query, origin, ...(limit !== PAGE && { limit }) },
        page: page === 1 ? undefined : { page },
        ...(found.hasMore && { next: { page: page + 1 } }),
        ...(page > 1 && { prev: { page: page - 1 } }),
      };
      sendJsonLd(ctx, type, searchDocument(site, list, { total: found.total, hits: rows }));
      return;
    }
    const view = views.of(ctx, lang);
    const works = rows.map(({ best, others }) => ({ best, copies: others }));
    const { total, hasMore, isCutOff } = found;
    const data = { query, origin, institutions: institutions.all(), page, total, works, hasMore, isCutOff };
    sendPage(ctx, view, searchPage(view, data));
  });

  async function rowsOf({ hits }: WorkHits): Promise<Row[]> {
    const keys = hits.flatMap(({ key, copies }) => [key, ...copies]);
    const held = new Map((await items.of(keys)).map((item) => [item.key, item]));
    return hits.flatMap((hit) => {
      const best = held.get(hit.key);
      const others = hit.copies.flatMap((key) => held.get(key) ?? []);
      return best === undefined ? [] : [{ ...hit, best, others }];
    });
  }

  return router;
}

const nothing: WorkHits = { total: 0, hits: [], hasMore: false, isCutOff: false };

function noQuery(): HttpError {
  const errors = [{ parameter: 'q', detail: 'is missing or empty' }];
  const detail = 'The parameter “q” is missing or empty: it holds the words to search for.';
  return new HttpError(400, 'PARAMETER_INVALID', 'A parameter is missing or wrong', detail, {
    extra: { errors },
  });
}
