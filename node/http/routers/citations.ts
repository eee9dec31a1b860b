import Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { isTombstone, type Holding, type Record as NgrRecord } from '../../../vocab/record.ts';
import { citationsDocument } from '../citation-document.ts';
import { CitationLists, type CitedEntry, type HeldWork, type ListPart } from '../citation-lists.ts';
import { HttpError } from '../errors.ts';
import { DATA_OR_PAGE, HTML } from '../formats.ts';
import { Negotiator } from '../negotiation.ts';
import { citationsPage } from '../pages/citations.ts';
import { tombstonePage } from '../pages/tombstone.ts';
import type { PublicParts } from '../public-parts.ts';
import { format, lang, readQuery, whole } from '../query.ts';
import { findRecordKey } from '../record-lookup.ts';
import { sendJsonLd, sendPage } from '../respond.ts';

const PAGE = 50;
const directions = ['cites', 'citedBy'] as const;
type Direction = (typeof directions)[number];

const schema = z.strictObject({
  format,
  lang,
  direction: z.enum(directions, 'is neither cites nor citedBy').optional(),
  after: z
    .string()
    .regex(/^(?:cites|citedBy):[0-9a-z~]{0,24}$/, 'is not from the address of a next page')
    .optional(),
  limit: whole(1, 200).optional(),
});
type Query = z.output<typeof schema>;

/**
 * `/records/{key}/citations`: what a record cites and what cites it, as far as records tell. As data it is one list, page
 * by page, first what it cites and then what cites it; `direction` leaves out the one or the other.
 */
export function citationsRouter(parts: PublicParts): Router {
  const { catalogue, institutions, site, views } = parts;
  const lists = new CitationLists(parts);
  const formats = new Negotiator(DATA_OR_PAGE);
  const router = new Router();

  router.get('/records/:key/citations', async (ctx) => {
    const query = readQuery(ctx, schema);
    const { format: chosen, type } = formats.of(ctx, query.format);
    const { key, holding } = await heldAt(ctx.params['key'] ?? '');
    if (isTombstone(holding)) {
      if (chosen !== HTML) throw goneRecord(holding);
      const view = views.of(ctx, query.lang);
      const institution = institutions.of(holding.node);
      sendPage(ctx, view, tombstonePage(view, { holding, institution }), 410);
    } else if (chosen === HTML) await sendLists(ctx, key, holding, query);
    else await sendData(ctx, type, key, holding, query);
  });

  async function heldAt(text: string): Promise<{ key: string; holding: Holding }> {
    const key = await findRecordKey(catalogue.holdings, text);
    const holding = key === undefined ? undefined : await catalogue.holdings.get(key);
    if (key !== undefined && holding !== undefined) return { key, holding };
    const shown = text.slice(0, 100);
    throw new HttpError(404, 'RECORD_UNKNOWN', 'No such record', `No record is held here under ${shown}.`);
  }

  async function sendData(
    ctx: Context,
    type: string,
    key: string,
    record: NgrRecord,
    query: Query,
  ): Promise<void> {
    const { direction, limit, after } = query;
    const part = await partOf(key, query);
    const document = citationsDocument(site, {
      key,
      record: record.id,
      parameters: { direction, limit },
      after,
      ...part,
    });
    sendJsonLd(ctx, type, document);
  }

  /** Both lists from their beginning, or one from where it goes on. */
  async function sendLists(ctx: Context, key: string, record: NgrRecord, query: Query): Promise<void> {
    const { direction, after, limit = PAGE } = query;
    const list = listOf(after) ?? direction;
    const part: ListPart = { limit, ...placeOf(after) };
    const [counts, cites, citedBy] = await Promise.all([
      lists.counts(key),
      list === 'citedBy' ? undefined : lists.cites(key, part),
      list === 'cites' ? undefined : lists.citedBy(key, part),
    ]);
    const view = views.of(ctx, query.lang);
    const data = {
      key,
      record,
      counts,
      isPart: after !== undefined,
      ...(cites !== undefined && { cites }),
      ...(citedBy !== undefined && { citedBy }),
    };
    sendPage(ctx, view, citationsPage(view, data));
  }

  /** A part of the one list that both make. */
  async function partOf(
    key: string,
    { direction, after, limit = PAGE }: Query,
  ): Promise<{ cites: CitedEntry[]; citedBy: HeldWork[]; next: string | undefined }> {
    const from = listOf(after) ?? direction ?? 'cites';
    let cites: CitedEntry[] = [];
    if (from === 'cites') {
      const page = await lists.cites(key, { limit, ...placeOf(after) });
      cites = page.entries;
      if (page.next !== undefined) return { cites, citedBy: [], next: `cites:${page.next}` };
      if (direction === 'cites') return { cites, citedBy: [], next: undefined };
      if (cites.length === limit) return { cites, citedBy: [], next: 'citedBy:' };
    }
    const place = from === 'citedBy' ? placeOf(after) : {};
    const { works, next } = await lists.citedBy(key, { limit: limit - cites.length, ...place });
    return { cites, citedBy: works, next: next === undefined ? undefined : `citedBy:${next}` };
  }

  return router;
}

function listOf(after: string | undefined): Direction | undefined {
  return directions.find((direction) => after?.startsWith(`${direction}:`) === true);
}

function placeOf(after: string | undefined): { after?: string } {
  const place = after?.slice(after.indexOf(':') + 1) ?? '';
  return place === '' ? {} : { after: place };
}

function goneRecord({ oaiIdentifier }: Holding): HttpError {
  return new HttpError(
    410,
    'RECORD_GONE',
    'The record is gone',
    `${oaiIdentifier} was withdrawn or deleted.`,
  );
}
