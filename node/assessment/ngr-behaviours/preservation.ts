import { z } from 'zod';
import { sha256Of } from '../../../protocols/resourcesync/index.ts';
import type { Check } from '../check.ts';
import { CheckFailed, NotApplicable } from '../errors.ts';
import { readJson } from '../visitor.ts';
import { ownHoldings } from './own-records.ts';
import { offeredList } from './resource-list.ts';

const tombstoneSchema = z.looseObject({
  type: z.literal('Tombstone'),
  tombstone: z.looseObject({ kind: z.enum(['withdrawn', 'deleted']) }),
});

/** Every resource that is listed has a checksum, by which a copy can be verified years later. */
export const givesChecksums: Check = async (visitor) => {
  const address = await offeredList(visitor, 'resourcelist');
  const entries = await visitor.entries(address);
  if (entries.length === 0) throw new NotApplicable('no-records');
  const count = entries.filter(({ metadata = {} }) => sha256Of(metadata) !== undefined).length;
  const share = { kind: 'share', address, what: 'sha-256', count, of: entries.length } as const;
  if (count < entries.length) throw new CheckFailed(share);
  return [share];
};

/** What was withdrawn or deleted is told as gone, not as never having been there (RFC 9110, section 15.5.11). */
export const keepsTombstones: Check = async (visitor) => {
  const [address] = (await ownHoldings(visitor)).tombstones;
  if (address === undefined) throw new NotApplicable('no-tombstones');
  const gone = await visitor.expect(410, address, { headers: { accept: 'application/ld+json' } });
  const { kind } = readJson(gone, tombstoneSchema).tombstone;
  return [
    { kind: 'status', address, status: gone.status },
    { kind: 'has', address, what: `Tombstone: ${kind}` },
  ];
};
