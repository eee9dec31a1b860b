import Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { isTombstone, type Record as NgrRecord } from '../../../vocab/record.ts';
import { sendJsonLd, sendPage } from '../answers/respond.ts';
import { sendTable } from '../answers/send-table.ts';
import { citationsDocument } from '../citations/document.ts';
import {
  CitationLists,
  type CitedEntry,
  type ListedWork,
  type ListPart,
  type Subject,
} from '../citations/lists.ts';
import { citationDirections, citationTable, type CitationDirection } from '../citations/table.ts';
import { CSV, DATA_OR_PAGE, HTML, type Representation } from '../negotiation/formats.ts';
import { Negotiator } from '../negotiation/negotiator.ts';
import { citationsPage } from '../pages/citations.ts';
import { tombstonePage } from '../pages/tombstone.ts';
import type { SharedReadParts } from '../read-parts.ts';
import { formerKeys } from '../records/former-keys.ts';
import { goneRecord, holdingOf } from '../records/lookup.ts';
import { format, lang, readQuery, whole } from '../requests/query.ts';
import { isWorkId, leadToPresentWork } from '../works/lookup.ts';

const PAGE = 50;

export const citationsQuery = z.strictObject({
  format,
  lang,
  direction: z.enum(citationDirections, 'is neither cites nor citedBy').optional(),
  after: z
    .string()
    .regex(/^(?:cites|citedBy):[0-9a-z~]{0,24}$/, 'is not from the address of a next page')
    .optional(),
  limit: whole(1, 200).optional(),
});
type Query = z.output<typeof citationsQuery>;

/** A record or a work whose citations are asked for. */
interface Asked {
  /** Of its page. */
  path: string;
  iri: string;
  subject: Subject;
  /** What it is shown by. */
  record: NgrRecord;
}

/**
 * `/records/{key}/citations` and `/works/{id}/citations`: what a record, or any record of a work, cites, and what cites the
 * work, as far as records tell. As data it is one list, page by page, first what is cited and then what cites; `direction`
 * leaves out the one or the other. As a table (CSV) it is all of it.
 */
export function citationsRouter(parts: SharedReadParts): Router {
  const { catalogue, duplicates, institutions, items, site, views } = parts;
  const lists = new CitationLists(parts);
  const formats = new Negotiator([...DATA_OR_PAGE, CSV]);
  const router = new Router();

  router.use('/records/:key', formerKeys(parts));

  router.get('/records/:key/citations', async (ctx) => {
    const query = readQuery(ctx, citationsQuery);
    const chosen = formats.of(ctx, query.format);
    const { key, holding } = await holdingOf(catalogue.holdings, ctx.params['key'] ?? '');
    if (isTombstone(holding)) {
      if (chosen.format !== HTML) throw goneRecord(holding);
      const view = views.of(ctx, query.lang);
      const institution = institutions.of(holding.node);
      sendPage(ctx, view, tombstonePage(view, { holding, institution }), 410);
      return;
    }
    const subject = await lists.ofRecord(key);
    await send(ctx, chosen, { path: `/records/${key}`, iri: holding.id, subject, record: holding }, query);
  });

  router.get('/works/:id/citations', async (ctx) => {
    const query = readQuery(ctx, citationsQuery);
    const chosen = formats.of(ctx, query.format);
    const id = ctx.params['id'] ?? '';
    const work = isWorkId(id) ? await duplicates.work(id) : undefined;
    const held = await items.recordsOf(work?.members ?? []);
    const shown = held.find(({ institution }) => institution.isSelf) ?? held[0];
    if (work === undefined || shown === undefined) {
      await leadToPresentWork(ctx, parts, { id, below: '/citations' });
      return;
    }
    const path = `/works/${id}`;
    const subject = lists.ofWork(work.members);
    await send(ctx, chosen, { path, iri: site.base + path, subject, record: shown.holding }, query);
  });

  async function send(
    ctx: Context,
    { format: chosen, type }: Representation,
    asked: Asked,
    query: Query,
  ): Promise<void> {
    if (chosen === HTML) await sendLists(ctx, asked, query);
    else if (chosen === CSV) sendCitations(ctx, asked, query);
    else await sendData(ctx, type, asked, query);
  }

  function sendCitations(ctx: Context, { path, subject }: Asked, { direction }: Query): void {
    const directions = direction === undefined ? citationDirections : [direction];
    sendTable(ctx, `citations-${path.split('/').at(-1)}`, () =>
      citationTable(lists, subject, { directions, site }),
    );
  }

  async function sendData(
    ctx: Context,
    type: string,
    { path, iri, subject }: Asked,
    query: Query,
  ): Promise<void> {
    const { direction, limit, after } = query;
    const [part, counts] = await Promise.all([
      partOf(subject, query),
      after === undefined ? lists.counts(subject) : undefined,
    ]);
    const document = citationsDocument(site, {
      path: `${path}/citations`,
      subject: iri,
      counts,
      parameters: { direction, limit },
      after,
      ...part,
    });
    sendJsonLd(ctx, type, document);
  }

  /** Both lists from their beginning, or one from where it goes on. */
  async function sendLists(ctx: Context, { path, subject, record }: Asked, query: Query): Promise<void> {
    const { direction, after, limit = PAGE } = query;
    const list = listOf(after) ?? direction;
    const part: ListPart = { limit, ...placeOf(after) };
    const [counts, cites, citedBy] = await Promise.all([
      lists.counts(subject),
      list === 'citedBy' ? undefined : lists.cites(subject, part),
      list === 'cites' ? undefined : lists.citedBy(subject, part),
    ]);
    const view = views.of(ctx, query.lang);
    const data = {
      path,
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
    subject: Subject,
    { direction, after, limit = PAGE }: Query,
  ): Promise<{ cites: CitedEntry[]; citedBy: ListedWork[]; next: string | undefined }> {
    const from = listOf(after) ?? direction ?? 'cites';
    let cites: CitedEntry[] = [];
    if (from === 'cites') {
      const page = await lists.cites(subject, { limit, ...placeOf(after) });
      cites = page.entries;
      if (page.next !== undefined) return { cites, citedBy: [], next: `cites:${page.next}` };
      if (direction === 'cites') return { cites, citedBy: [], next: undefined };
      if (cites.length === limit) return { cites, citedBy: [], next: 'citedBy:' };
    }
    const place = from === 'citedBy' ? placeOf(after) : {};
    const { works, next } = await lists.citedBy(subject, { limit: limit - cites.length, ...place });
    return { cites, citedBy: works, next: next === undefined ? undefined : `citedBy:${next}` };
  }

  return router;
}

function listOf(after: string | undefined): CitationDirection | undefined {
  return citationDirections.find((direction) => after?.startsWith(`${direction}:`) === true);
}

function placeOf(after: string | undefined): { after?: string } {
  const place = after?.slice(after.indexOf(':') + 1) ?? '';
  return place === '' ? {} : { after: place };
}
