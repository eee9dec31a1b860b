import { sha256Of } from '../../../protocols/resourcesync/index.ts';
import type { Check } from '../check.ts';
import { CheckFailed, NotApplicable } from '../errors.ts';
import { firstResource, offeredList, wellKnown } from './resource-list.ts';

/**
 * From the source description down to one resource, whose bytes are those that the list tells of
 * (ANSI/NISO Z39.99-2017).
 */
export const transfersResource: Check = async (visitor) => {
  const list = await offeredList(visitor, 'resourcelist');
  const entry = await firstResource(visitor, list);
  if (entry === undefined) throw new NotApplicable('no-records');
  const digest = sha256Of(entry.metadata ?? {});
  if (digest === undefined) throw new CheckFailed({ kind: 'lacks', address: entry.loc, what: 'sha-256' });
  await visitor.sync.resource(entry);
  return [
    { kind: 'link', address: wellKnown(visitor), rel: 'resourcelist', href: list },
    { kind: 'link', address: list, rel: 'loc', href: entry.loc },
    { kind: 'has', address: entry.loc, what: `sha-256: ${digest}` },
  ];
};
