import { Parser } from 'htmlparser2';
import { LINKSET_JSON_TYPE, linksOf, parseLinkset } from '../../../protocols/signposting/index.ts';
import type { Check } from '../check.ts';
import { CheckFailed, NotApplicable } from '../errors.ts';
import { linksIn, type Answer } from '../visitor.ts';
import { firstResource } from './resource-list.ts';
import { ownRecords } from './own-records.ts';

const HTML = 'text/html';

/**
 * From a landing page to its link set (RFC 9264), from there to a description, and back (FAIR Signposting, level 2).
 */
export const followsSignposts: Check = async (visitor) => {
  const { first: record } = await ownRecords(visitor);
  const page = await visitor.get(record.id, HTML);
  const [linkset] = linksIn(page, 'linkset');
  const { text } = await visitor.get(linkset.href, LINKSET_JSON_TYPE);
  const [described] = linksOf(parseLinkset(text, LINKSET_JSON_TYPE, linkset.href), record.id, 'describedby');
  if (described === undefined) {
    throw new CheckFailed({ kind: 'no-link', address: linkset.href, rel: 'describedby' });
  }
  const description = await visitor.get(described.href, described.type ?? 'application/ld+json');
  const [back] = linksIn(description, 'describes');
  if (back.href !== record.id) {
    throw new CheckFailed({ kind: 'lacks', address: described.href, what: `describes: ${record.id}` });
  }
  return [
    { kind: 'link', address: page.address, rel: 'linkset', href: linkset.href },
    { kind: 'link', address: linkset.href, rel: 'describedby', href: described.href },
    { kind: 'link', address: described.href, rel: 'describes', href: back.href },
  ];
};

/** From robots.txt (RFC 9309) to the sitemap, and from there to a record. */
export const followsSitemap: Check = async (visitor) => {
  const robots = await visitor.get('/robots.txt', 'text/plain');
  const sitemap = /^sitemap:[ \t]*(\S+)/im.exec(robots.text)?.[1];
  if (sitemap === undefined)
    throw new CheckFailed({ kind: 'lacks', address: robots.address, what: 'Sitemap' });
  const resource = await firstResource(visitor, sitemap);
  if (resource === undefined) throw new NotApplicable('no-records');
  await visitor.expect(200, resource.loc);
  return [
    { kind: 'link', address: robots.address, rel: 'Sitemap', href: sitemap },
    { kind: 'link', address: sitemap, rel: 'loc', href: resource.loc },
  ];
};

/** As a person goes: from the front page to the list, and from there to a record. */
export const followsPages: Check = async (visitor) => {
  const front = await visitor.get('/', HTML);
  const list = `${visitor.base}/records`;
  if (!hasAnchorTo(front, list))
    throw new CheckFailed({ kind: 'no-link', address: front.address, rel: list });
  const { address, first: record } = await ownRecords(visitor);
  const page = await visitor.get(address, HTML);
  if (!hasAnchorTo(page, record.id)) throw new CheckFailed({ kind: 'no-link', address, rel: record.id });
  await visitor.get(record.id, HTML);
  return [
    { kind: 'link', address: front.address, rel: 'a', href: list },
    { kind: 'link', address, rel: 'a', href: record.id },
  ];
};

function hasAnchorTo({ address, text }: Answer, target: string): boolean {
  let isThere = false;
  const parser = new Parser({
    onopentag: (name, { href }) => {
      if (name === 'a' && href !== undefined && URL.canParse(href, address)) {
        isThere ||= new URL(href, address).href === target;
      }
    },
  });
  parser.end(text);
  return isThere;
}
