import { Readable } from 'node:stream';
import type Router from '@koa/router';
import { z } from 'zod';
import { csvHead, csvLine } from '../../../vocab/csv.ts';
import { isTombstone, type Holding } from '../../../vocab/record.ts';
import { format, HttpError, lang, readQuery, titleText, whole } from '../../http/index.ts';
import { originSet, withAccess } from '../../publishing/index.ts';
import type { DashboardParts } from '../dashboard.ts';
import type { Door, Submission } from '../door.ts';
import {
  CONTENT_STATES,
  contentPage,
  textStateOf,
  type ContentItem,
  type ContentState,
} from '../pages/content.ts';

const PAGE = 50;
const MOST_CHOSEN = 200;
/** As far as a search can be read. */
const MOST_FOUND = 10_000;

const query = z.object({
  format,
  lang,
  q: z.string().trim().max(300, 'is longer than 300 characters').optional(),
  state: z.enum(CONTENT_STATES, `is none of ${CONTENT_STATES.join(', ')}`).optional(),
  after: z
    .string()
    .regex(/^[0-9a-f]{12}![0-9a-f]{12}$/, 'is no place in the list')
    .optional(),
  page: whole(1, MOST_FOUND / PAGE).optional(),
});

interface Asked {
  query: string;
  state: ContentState;
  /** Where the page begins: in the list, or in what was found. */
  after?: string | undefined;
  page?: number | undefined;
}

interface Listed {
  keys: string[];
  total: number | undefined;
  next: { after?: string; page?: number } | undefined;
}

/** The institution's own records: the latest first, or what a search finds. */
export function contentRoutes(router: Router, door: Door, parts: DashboardParts): void {
  const { catalogue, duplicates, harvester, index, text } = parts;
  const self = catalogue.node;

  router.get(
    '/dashboard/records',
    door.page('see', async (visit) => {
      const { q = '', state = 'all', after, page } = readQuery(visit.ctx, query);
      const { keys, total, next } = await list({ query: q, state, after, page });
      return contentPage(visit, { items: await itemsOf(keys), query: q, state, total, next });
    }),
  );

  router.get(
    '/dashboard/records.csv',
    door.file('export', ({ ctx, view }) => {
      const { q = '', state = 'all' } = readQuery(ctx, query);
      ctx.set('Content-Type', 'text/csv; charset=utf-8; header=present');
      ctx.set('Content-Disposition', 'attachment; filename="records.csv"');
      ctx.body = Readable.from(csvOf({ query: q, state }, (holding) => titleText(view, holding)));
    }),
  );

  router.post(
    '/dashboard/records/withdraw',
    door.form('withdraw', 'record.withdraw', async (submission) => {
      const reason = (submission.fields.get('reason') ?? '').trim().slice(0, 1_000);
      if (reason === '') {
        const detail = 'A withdrawal needs a reason, which everybody can read.';
        throw new HttpError(400, 'REASON_MISSING', 'No reason', detail, { remedy: 'Write down why.' });
      }
      const chosen = await chosenOf(submission);
      await catalogue.put(chosen.map(({ oaiIdentifier }) => ({ type: 'withdraw', oaiIdentifier, reason })));
      return done(chosen);
    }),
  );

  router.post(
    '/dashboard/records/reinstate',
    door.form('withdraw', 'record.reinstate', async (submission) => {
      const chosen = (await chosenOf(submission)).filter((holding) => isTombstone(holding));
      for (const { oaiIdentifier } of chosen)
        await catalogue.put([{ type: 'reinstate', record: await harvester.refetch(oaiIdentifier) }]);
      return done(chosen);
    }),
  );

  router.post(
    '/dashboard/records/harvest',
    door.form('harvest', 'record.harvest', async (submission) => {
      const chosen = await chosenOf(submission);
      for (const { oaiIdentifier } of chosen) await harvester.reharvest(oaiIdentifier);
      return done(chosen);
    }),
  );

  async function list({ query: words, state, after, page = 1 }: Asked): Promise<Listed> {
    if (words === '') {
      const sets = [originSet(self), ...(state === 'all' ? [] : [withAccess(state)])];
      const { members, reached } = await index.common(sets, {
        limit: PAGE + 1,
        reverse: true,
        ...(after !== undefined && { before: after }),
      });
      const shown = members.slice(0, PAGE);
      const last = members.length > PAGE ? shown.at(-1)?.place : reached;
      const total = state === 'all' ? catalogue.feeds.state(self)?.live : undefined;
      return {
        keys: shown.map(({ key }) => key),
        total,
        next: last === undefined ? undefined : { after: last },
      };
    }
    const offset = (page - 1) * PAGE;
    const filters = { origin: [self], ...(state !== 'all' && { access: [state] }) };
    const { hits, total } = await text.search({ query: words, limit: PAGE, offset, filters });
    const isMore = total > offset + PAGE && offset + 2 * PAGE <= MOST_FOUND;
    return { keys: hits.map(({ key }) => key), total, next: isMore ? { page: page + 1 } : undefined };
  }

  async function itemsOf(keys: readonly string[]): Promise<ContentItem[]> {
    const holdings = await catalogue.holdings.getMany(keys);
    const works = await duplicates.worksOf(keys);
    return keys.flatMap((key, i) => {
      const holding = holdings[i];
      if (holding === undefined) return [];
      return [{ key, holding, copies: Math.max(0, (works[i]?.members.length ?? 1) - 1) }];
    });
  }

  async function* csvOf(asked: Asked, titleOf: (holding: Holding) => string): AsyncGenerator<string> {
    yield csvHead(['key', 'oaiIdentifier', 'title', 'authors', 'changed', 'access', 'fullText', 'copies']);
    for (let at: Asked | undefined = asked; at !== undefined;) {
      const { keys, next }: Listed = await list(at);
      for (const { key, holding, copies } of await itemsOf(keys)) {
        const isGone = isTombstone(holding);
        yield csvLine([
          key,
          holding.oaiIdentifier,
          titleOf(holding),
          isGone ? '' : holding.creators.map(({ name }) => name).join('; '),
          holding.datestamp,
          isGone ? holding.tombstone.kind : (holding.access?.right ?? 'metadata-only'),
          isGone ? '' : textStateOf(holding),
          copies,
        ]);
      }
      at = next === undefined ? undefined : { ...asked, ...next };
    }
  }

  /** The own records that were ticked. @throws HttpError `NOTHING_CHOSEN` (400) */
  async function chosenOf({ fields }: Submission): Promise<Holding[]> {
    const keys = fields.getAll('record').slice(0, MOST_CHOSEN);
    const held = await catalogue.holdings.getMany(keys);
    const own = held.filter((holding): holding is Holding => holding?.node === self);
    if (own.length > 0) return own;
    throw new HttpError(
      400,
      'NOTHING_CHOSEN',
      'Nothing was chosen',
      'No record of this institution was ticked.',
      {
        remedy: 'Tick the records that are meant.',
      },
    );
  }
}

function done(chosen: readonly Holding[]): { to: string; on: string } {
  const on = chosen.map(({ oaiIdentifier }) => oaiIdentifier);
  const told = on.slice(0, 20).join(' ');
  return { to: '/dashboard/records', on: on.length > 20 ? `${told} … (${on.length})` : told };
}
