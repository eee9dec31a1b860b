import Router from '@koa/router';
import { z } from 'zod';
import { lineageToJson, type SignedHead } from '../../../protocols/heads/index.ts';
import { isTombstone } from '../../../vocab/record.ts';
import { REVALIDATE, sendJsonLd, sendPage } from '../answers/respond.ts';
import { nodeDocument } from '../documents/node.ts';
import { institutionDocument } from '../institution/document.ts';
import { DATA_OR_PAGE, JSON_LD } from '../negotiation/formats.ts';
import { Negotiator } from '../negotiation/negotiator.ts';
import { homePage } from '../pages/home.ts';
import type { PublicParts } from '../public-parts.ts';
import type { SharedReadParts } from '../read-parts.ts';
import { format, lang, readQuery } from '../requests/query.ts';
import type { Site } from '../site.ts';

const LATEST = 8;
/** Some of the newest may be tombstones, which the front page does not show. */
const NEWEST_READ = 4 * LATEST;
export const query = z.object({ format, lang });

/** `/`: the node's front page, and what it is as data. */
export function frontRouter(parts: SharedReadParts): Router {
  const { beside, catalogue, duplicates, institution, institutions, items, site, views } = parts;
  const formats = new Negotiator(DATA_OR_PAGE);
  const links = linksOf(site);
  const router = new Router();

  router.get('/', async (ctx) => {
    const { format, lang } = readQuery(ctx, query);
    const { format: chosen, type } = formats.of(ctx, format);
    ctx.set('Link', links);
    const own = institutions.of(site.node);
    if (chosen === JSON_LD) {
      const facts = { records: own.records, addresses: await beside.addresses() };
      sendJsonLd(ctx, type, { ...nodeDocument(site, facts), ...institutionDocument(site, institution) });
      return;
    }
    const view = views.of(ctx, lang);
    const all = institutions.all();
    const held = all.reduce((sum, { records }) => sum + records, 0);
    const counts = { own: own.records, others: held - own.records, ...duplicates.counts() };
    const newest = await catalogue.feeds.newest(site.node, undefined, NEWEST_READ);
    const latest = (await items.of(newest.map(({ key }) => key)))
      .filter(({ holding }) => !isTombstone(holding))
      .slice(0, LATEST);
    sendPage(ctx, view, homePage(view, { counts, latest, institutions: all, own: institution.document }));
  });
  return router;
}

/** The node's own identity at `/.well-known/ngr-node`. */
export function nodeRouter(
  parts: Pick<PublicParts, 'catalogue' | 'federation' | 'institution' | 'lookups' | 'site'>,
): Router {
  const { catalogue, federation, institution, lookups, site } = parts;
  const links = linksOf(site);
  const router = new Router();

  router.get('/.well-known/ngr-node', (ctx) => {
    ctx.set('Cache-Control', REVALIDATE);
    ctx.set('Link', links);
    ctx.body = {
      node: site.node,
      name: site.name,
      base: site.base,
      networks: site.networks,
      addresses: federation.multiaddrs,
      head: headOf(catalogue.head),
      ...(lookups.filter !== undefined && { holdingsFilter: lookups.filter }),
      ...(site.location !== undefined && { location: site.location }),
      ...institutionDocument(site, institution),
      ...(site.lineage !== undefined && lineageToJson(site.lineage)),
    };
  });

  return router;
}

/** What is found from either. */
function linksOf(site: Pick<Site, 'base'>): string {
  return [
    `<${site.base}/inbox>; rel="http://www.w3.org/ns/ldp#inbox"`,
    `<${site.base}/resourcesync/capabilitylist.xml>; rel="resourcesync"`,
    `<${site.base}/records>; rel="collection"`,
    `<${site.base}/opensearch.xml>; rel="search"; type="application/opensearchdescription+xml"`,
    `<${site.base}/.well-known/ngr-node>; rel="describedby"; type="application/json"`,
    // RFC 8631, sections 4.1 and 4.2
    `<${site.base}/api>; rel="service-doc"; type="text/html"`,
    `<${site.base}/api/openapi.json>; rel="service-desc"; type="application/json"`,
  ].join(', ');
}

/**
 * The node's head: signed with the key that its id is made of, it names the base URL. Who fetches it from there knows
 * that the one who holds the key and the one who holds the domain say the same.
 */
function headOf({ signature, ...head }: SignedHead): Record<string, unknown> {
  return { ...head, signature: Buffer.from(signature).toString('base64url') };
}
