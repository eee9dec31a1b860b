import Router from '@koa/router';
import { writeLinkHeader } from '../../../protocols/signposting/index.ts';
import { sendJsonLd, sendPage } from '../answers/respond.ts';
import { byNumber, listLinks } from '../documents/list-page.ts';
import { HttpError } from '../errors.ts';
import { DATA_OR_PAGE, JSON_LD } from '../negotiation/formats.ts';
import { Negotiator } from '../negotiation/negotiator.ts';
import { searchPage } from '../pages/search.ts';
import type { PublicParts } from '../public-parts.ts';
import { readQuery } from '../requests/query.ts';
import { searchDocument, type FoundRow } from '../search/document.ts';
import { findWorks, type WorkHits } from '../search/find-works.ts';
import { indexQuery, searchParameters, searchRequest, searchSchema } from '../search/request.ts';

/**
 * `/search?q=`: own and followed records, one row a work, with facets by which the search can be narrowed (docs/search.md).
 * Without a query, a page with the form.
 */
export function searchRouter(parts: PublicParts): Router {
  const { institutions, items, site, views } = parts;
  const formats = new Negotiator(DATA_OR_PAGE);
  const router = new Router();

  router.get('/search', async (ctx) => {
    const { format, lang, ...asked } = readQuery(ctx, searchSchema);
    const { format: chosen, type } = formats.of(ctx, format);
    const request = searchRequest(asked);
    const { query, page, limit: size } = request;
    if (query === undefined && chosen === JSON_LD) throw noQuery();
    const found =
      query === undefined
        ? nothing
        : await findWorks(parts, { query, ...indexQuery(request), facets: true, page, size });
    const rows = await rowsOf(found);
    const { total, facets, corrected, isCut, hasMore, isCutOff } = found;
    if (chosen === JSON_LD) {
      const list = {
        path: '/search',
        parameters: searchParameters(request),
        ...byNumber(page, hasMore),
      };
      const told = {
        total,
        rows,
        institutions,
        ...(facets && { facets }),
        ...(corrected !== undefined && { corrected }),
        ...(isCut && { isCut }),
      };
      const { first, next, prev } = listLinks(site, list);
      ctx.set('Link', writeLinkHeader(linksTo({ first, next, prev })));
      sendJsonLd(ctx, type, searchDocument(site, list, told));
      return;
    }
    const view = views.of(ctx, lang);
    const counted = { total, facets, corrected, isCut: isCut === true, hasMore, isCutOff };
    const data = { request, institutions, works: rows, ...counted };
    sendPage(ctx, view, searchPage(view, data));
  });

  async function rowsOf({ hits }: WorkHits): Promise<FoundRow[]> {
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

/** To the neighbours of a page (RFC 8288). */
function linksTo(places: Readonly<Record<string, string | undefined>>): { rel: string; href: string }[] {
  return Object.entries(places).flatMap(([rel, href]) => (href === undefined ? [] : [{ rel, href }]));
}

const nothing: WorkHits = { total: 0, hits: [], hasMore: false, isCutOff: false };

function noQuery(): HttpError {
  const errors = [{ parameter: 'q', detail: 'is missing or empty' }];
  const detail = 'The parameter “q” is missing or empty: it holds the words to search for.';
  return new HttpError(400, 'PARAMETER_INVALID', 'A parameter is missing or wrong', detail, {
    extra: { errors },
  });
}
