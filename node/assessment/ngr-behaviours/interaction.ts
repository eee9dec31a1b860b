import { z } from 'zod';
import { discoverInbox, JSON_LD_TYPE, LDP_CONSTRAINED_BY } from '../../../protocols/ldn/index.ts';
import type { Check } from '../check.ts';
import { CheckFailed } from '../errors.ts';
import { linksIn } from '../visitor.ts';
import { ownRecords } from './own-records.ts';

const constraintsSchema = z.looseObject({
  'dcterms:hasPart': z.array(z.looseObject({ 'sh:name': z.string() })).min(1),
});

/**
 * From a record to the inbox for what is said of it, which tells what it takes (LDN, sections 3.1, 3.3.1 and 4.1).
 */
export const invitesReviews: Check = async (visitor) => {
  const { first: record } = await ownRecords(visitor);
  const inbox = await discoverInbox(record.id, visitor.exchange);
  const options = await visitor.ask(inbox, { method: 'OPTIONS' });
  const accepted = options.headers.get('accept-post') ?? '';
  if (!accepted.includes(JSON_LD_TYPE)) {
    throw new CheckFailed({ kind: 'lacks', address: inbox, what: `Accept-Post: ${JSON_LD_TYPE}` });
  }
  const [{ href }] = linksIn(options, LDP_CONSTRAINED_BY);
  const patterns = (await visitor.json(href, constraintsSchema))['dcterms:hasPart'];
  return [
    { kind: 'link', address: record.id, rel: 'inbox', href: inbox },
    { kind: 'has', address: inbox, what: `Accept-Post: ${accepted}` },
    { kind: 'has', address: href, what: patterns.map((pattern) => pattern['sh:name']).join(', ') },
  ];
};
