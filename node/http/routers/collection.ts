import Router from '@koa/router';
import { z } from 'zod';
import { writeLinkHeader } from '../../../protocols/signposting/index.ts';
import { resourceTypes } from '../../../vocab/coar/index.ts';
import {
  inLanguage,
  LANGUAGE_TAG,
  originSet,
  publishedIn,
  typeSet,
  withAccess,
  type Member,
} from '../../publishing/index.ts';
import { sendData, sendPage } from '../answers/respond.ts';
import { listLinks, type ListPage } from '../documents/list-page.ts';
import { recordsDocument } from '../documents/records.ts';
import { HTML, type Format } from '../negotiation/formats.ts';
import { Negotiator } from '../negotiation/negotiator.ts';
import { recordsPage } from '../pages/records.ts';
import type { SharedReadParts } from '../read-parts.ts';
import type { HeldItem } from '../records/held-items.ts';
import { LIST_FORMATS, writeList } from '../records/list-formats.ts';
import { format, lang, moment, optionalNodeId, readQuery, whole, words } from '../requests/query.ts';

const PAGE = 50;
const SECOND_MS = 1_000;
/** Where a page begins: a place in the index of what is held, as the page before named it. */
const place = z
  .string()
  .regex(/^[0-9a-f]{12}![0-9a-f]{12}$/, 'is not a place in the list')
  .optional();

export const query = z.strictObject({
  format,
  lang,
  origin: optionalNodeId,
  type: words(200).optional(),
  year: z
    .string()
    .regex(/^\d{4}$/, 'is not a year')
    .optional(),
  access: z
    .enum(
      ['open', 'embargoed', 'restricted', 'metadata-only'],
      'is none of open, embargoed, restricted, metadata-only',
    )
    .optional(),
  language: z.string().regex(LANGUAGE_TAG, 'is no language tag').optional(),
  set: words(500).optional(),
  since: moment.optional(),
  before: place,
  after: place,
  limit: whole(1, 200).optional(),
});
type Query = z.infer<typeof query>;

/**
 * `/records`: everything that is held, newest change first, tombstones among it; by institution, resource type, year of
 * publication, access, language, set of the source, or what changed here since some time. The `Link` header of a page leads
 * to its neighbours (RFC 8288), also where its format has no room for that.
 */
export function collectionRouter(parts: SharedReadParts): Router {
  const { catalogue, index, institutions, items, site, views } = parts;
  const formats = new Negotiator(LIST_FORMATS);
  const router = new Router();

  router.get('/records', async (ctx) => {
    const asked = readQuery(ctx, query);
    const { lang, origin, limit = PAGE } = asked;
    const { format: chosen, type } = formats.of(ctx, asked.format);
    const page = await pageOf(asked, limit);
    const list = listOf(asked, page, limit);
    ctx.set('Link', linksOf(list, asked.format, chosen));
    if (chosen !== HTML) {
      const total = await totalOf(asked);
      const counted = { items: page.items, ...(total !== undefined && { total }) };
      const holdings = page.items.map(({ holding }) => holding);
      const document = recordsDocument(site, list, counted);
      sendData(ctx, { format: chosen, type }, await writeList({ document, holdings }, chosen));
      return;
    }
    const view = views.of(ctx, lang);
    const shown = origin === undefined ? undefined : institutions.of(origin);
    sendPage(ctx, view, recordsPage(view, { ...page, origin: shown, institutions: institutions.all() }));
  });

  /**
   * Newest first; a page that is asked for by what stands behind it is read the other way round. A page may be short, or
   * even empty, where much had to be looked at: there is more as long as there is a `next`.
   */
  async function pageOf(asked: Query, limit: number): Promise<Page> {
    const { before, after, since } = asked;
    const reverse = after === undefined;
    const { members, reached } = await index.common(setsOf(asked), {
      limit: limit + 1,
      reverse,
      ...(before !== undefined && reverse && { before }),
      ...(after !== undefined && { after }),
      ...(since !== undefined && { from: Math.floor(since.getTime() / SECOND_MS) }),
    });
    const shown = members.slice(0, limit);
    const inOrder = reverse ? shown : shown.toReversed();
    const more = members.length > limit;
    const [first, last] = [inOrder.at(0), inOrder.at(-1)];
    return {
      items: await items.of(inOrder.map(({ key }: Member) => key)),
      next: reverse ? (more ? last?.place : reached) : last?.place,
      prev: reverse
        ? before !== undefined
          ? (first?.place ?? before)
          : undefined
        : more
          ? first?.place
          : reached,
    };
  }

  /** To the neighbours, in the same format where that was asked for by its name, and to the same in the others. */
  function linksOf(list: ListPage, named: string | undefined, chosen: Format): string {
    const inFormat = (format: string | undefined): ReturnType<typeof listLinks> =>
      listLinks(site, { ...list, parameters: { ...list.parameters, format } });
    const { first, next, prev } = inFormat(named);
    const others = LIST_FORMATS.filter((format) => format !== chosen);
    return writeLinkHeader([
      ...Object.entries({ first, next, prev }).flatMap(([rel, href]) =>
        href === undefined ? [] : [{ rel, href }],
      ),
      ...others.map(({ name, types: [type], profile }) => ({
        rel: 'alternate',
        href: inFormat(name).id,
        type,
        ...(profile !== undefined && { profile }),
      })),
    ]);
  }

  /** Records and tombstones, as the pages list both; undefined where they would have to be counted one by one. */
  async function totalOf(asked: Query): Promise<number | undefined> {
    const sets = setsOf(asked);
    if (asked.since !== undefined || sets.length > 1) return undefined;
    const [set] = sets;
    if (set !== undefined && asked.origin === undefined) return await index.count(set);
    const states = catalogue.feeds.states().filter(({ node }) => set === undefined || node === asked.origin);
    return states.reduce((sum, { live }) => sum + live, 0);
  }

  return router;
}

function listOf(
  { origin, type, year, access, language, set, since, before, after }: Query,
  { next, prev }: Page,
  limit: number,
): ListPage {
  return {
    path: '/records',
    parameters: {
      origin,
      type,
      year,
      access,
      language,
      set,
      since: since === undefined ? undefined : `${since.toISOString().slice(0, 19)}Z`,
      ...(limit !== PAGE && { limit }),
    },
    page: before !== undefined ? { before } : after !== undefined ? { after } : undefined,
    ...(next !== undefined && { next: { before: next } }),
    ...(prev !== undefined && { prev: { after: prev } }),
  };
}

function setsOf({ origin, type, year, access, language, set }: Query): string[] {
  return [
    ...(origin === undefined ? [] : [originSet(origin)]),
    ...(type === undefined ? [] : [typeSet(resourceTypes.named(type)?.uri ?? type)]),
    ...(year === undefined ? [] : [publishedIn(year)]),
    ...(access === undefined ? [] : [withAccess(access)]),
    ...(language === undefined ? [] : [inLanguage(language)]),
    ...(set === undefined ? [] : [set]),
  ];
}

interface Page {
  items: HeldItem[];
  /** Where the next page begins, and where the one before ends. */
  next: string | undefined;
  prev: string | undefined;
}
