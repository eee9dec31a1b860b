import { z } from 'zod';
import { CheckFailed, NotApplicable } from '../errors.ts';
import type { Check } from '../check.ts';
import { linksIn } from '../visitor.ts';
import { ownRecords } from './own-records.ts';

/** The schemes that have a resolver, which is what `cite-as` names. */
const CITABLE: readonly string[] = ['doi', 'handle'];
const identified = z.looseObject({ id: z.string() });

/** A record answers under its own address, as itself, and its OAI identifier leads there. */
export const resolvesIdentifiers: Check = async (visitor) => {
  const { first: record } = await ownRecords(visitor);
  const { id } = await visitor.json(record.id, identified);
  if (id !== record.id)
    throw new CheckFailed({ kind: 'lacks', address: record.id, what: `id: ${record.id}` });
  const named = await visitor.expect(303, `/records/${encodeURIComponent(record.oaiIdentifier)}`);
  const location = named.headers.get('location') ?? '';
  if (location !== record.id) {
    throw new CheckFailed({ kind: 'lacks', address: named.address, what: `Location: ${record.id}` });
  }
  return [
    { kind: 'has', address: record.id, what: `id: ${id}` },
    { kind: 'link', address: named.address, rel: 'Location', href: location },
  ];
};

/** A landing page says under which persistent identifier it is to be cited: one that the record has (RFC 8574). */
export const namesCitation: Check = async (visitor) => {
  const { records } = await ownRecords(visitor);
  const record = records.find(({ identifiers }) =>
    identifiers.some(({ scheme }) => CITABLE.includes(scheme)),
  );
  if (record === undefined) throw new NotApplicable('no-identifiers');
  const page = await visitor.get(record.id, 'text/html');
  const [{ href }] = linksIn(page, 'cite-as');
  const cited = decodeURIComponent(href).toLowerCase();
  if (!record.identifiers.some(({ value }) => cited.endsWith(`/${value.toLowerCase()}`))) {
    throw new CheckFailed(
      { kind: 'link', address: page.address, rel: 'cite-as', href },
      { kind: 'lacks', address: record.id, what: `identifiers: ${href}` },
    );
  }
  return [{ kind: 'link', address: page.address, rel: 'cite-as', href }];
};
