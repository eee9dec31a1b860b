import type { Check } from '../check.ts';
import { CheckFailed } from '../errors.ts';
import { linksIn } from '../visitor.ts';
import { ownRecords } from './own-records.ts';

const ORCID = 'https://orcid.org/';

/** Records tell who their authors are, and a landing page links to one of them (FAIR Signposting, `author`). */
export const namesAuthors: Check = async (visitor) => {
  const { address, records } = await ownRecords(visitor);
  const named = records.filter(({ creators }) => creators.some(({ orcid }) => orcid?.startsWith(ORCID)));
  const share = { kind: 'share', address, what: 'ORCID', count: named.length, of: records.length } as const;
  const [record] = named;
  if (record === undefined) throw new CheckFailed(share);
  const page = await visitor.get(record.id, 'text/html');
  const links = linksIn(page, 'author');
  const author = links.find(({ href }) => record.creators.some(({ orcid }) => orcid === href));
  if (author === undefined) {
    throw new CheckFailed(share, { kind: 'no-link', address: page.address, rel: 'author' });
  }
  return [share, { kind: 'link', address: page.address, rel: 'author', href: author.href }];
};
