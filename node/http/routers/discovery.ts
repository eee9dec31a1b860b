import Router from '@koa/router';
import type { Context } from 'koa';
import { contextDocument } from '../../../vocab/context.ts';
import { element, raw, xmlDeclaration } from '../../../vocab/xml/index.ts';
import { mailOf } from '../../institution/index.ts';
import { answerNotModified, etagOf } from '../answers/conditional.ts';
import type { Site } from '../site.ts';

const DAY_SECONDS = 86_400;
/** As long as OpenSearch 1.1 lets a short name be. */
const LONGEST_SHORT_NAME = 16;

/**
 * What crawlers and browsers look for by themselves: `/robots.txt` (RFC 9309) with the address of the sitemap, which is
 * ResourceSync's resource list (ANSI/NISO Z39.99-2017, section 4.1: its documents are Sitemaps), and the OpenSearch 1.1
 * description of the search; and what processors of JSON-LD look for, the context of all the node's documents.
 */
export function discoveryRouter({ site }: { site: Site }): Router {
  const router = new Router();
  const robots = [
    'User-agent: *',
    'Disallow: /api/',
    'Disallow: /inbox',
    'Disallow: /tracker',
    '',
    `Sitemap: ${site.base}/resourcesync/resourcelist.xml`,
    '',
  ].join('\n');
  router.get('/robots.txt', (ctx) => send(ctx, robots, 'text/plain; charset=utf-8'));
  router.get('/opensearch.xml', (ctx) =>
    send(ctx, openSearch(site), 'application/opensearchdescription+xml'),
  );
  const context = JSON.stringify(contextDocument);
  router.get('/context.jsonld', (ctx) => send(ctx, context, 'application/ld+json; charset=utf-8'));
  return router;
}

/** OpenSearch 1.1 has a mail address as contact, and no other. */
function openSearch(site: Site): string {
  const { base, name } = site;
  const contact = mailOf(site);
  const url = (type: string, more: string): string =>
    element('Url', { type, template: `${base}/search?q={searchTerms}&page={startPage?}${more}` }, []);
  return (
    xmlDeclaration +
    element('OpenSearchDescription', { xmlns: 'http://a9.com/-/spec/opensearch/1.1/' }, [
      raw(element('ShortName', {}, name.slice(0, LONGEST_SHORT_NAME).trim())),
      raw(element('LongName', {}, name.slice(0, 48))),
      raw(
        element(
          'Description',
          {},
          `Open access records of ${name} and the institutions it follows`.slice(0, 1024),
        ),
      ),
      ...(contact === undefined ? [] : [raw(element('Contact', {}, contact))]),
      raw(url('text/html', '')),
      raw(url('application/ld+json', '&format=jsonld')),
      raw(element('OutputEncoding', {}, 'UTF-8')),
      raw(element('InputEncoding', {}, 'UTF-8')),
    ])
  );
}

function send(ctx: Context, body: string, type: string): void {
  ctx.set('Cache-Control', `public, max-age=${DAY_SECONDS}`);
  if (answerNotModified(ctx, { etag: etagOf(body) })) return;
  ctx.body = body;
  ctx.set('Content-Type', type);
}
