import { createHash } from 'node:crypto';
import { AS_CONTEXT } from '../../../protocols/coar-notify/index.ts';
import type { JsonLdObject } from '../../../vocab/json-ld/index.ts';
import { isTombstone, type Holding } from '../../../vocab/record.ts';
import type { Self } from '../compose.ts';

/** A change of one record that somebody is told of. */
export interface ToldChange {
  position: number;
  holding: Holding;
  isNew: boolean;
}

/** More at once are told together. */
const MOST_ALONE = 20;
const LONGEST_NAME = 300;

/**
 * Changes as activities of Activity Streams 2.0: a Create, Update or Delete each, or where there are many at once, one
 * Announce of the collection of them. The same changes have the same ids for the same reader, also when told again.
 *
 * @param about.reader tells one subscription from others
 * @returns each with the position up to which it tells
 */
export function changeActivities(
  changes: readonly ToldChange[],
  { self, reader, target, now }: { self: Self; reader: string; target: string; now: number },
): { document: JsonLdObject; position: number }[] {
  const frame = {
    '@context': AS_CONTEXT,
    actor: { id: self.base, type: 'Service', name: self.name },
    published: new Date(now).toISOString(),
    to: target,
  };
  if (changes.length <= MOST_ALONE) {
    return changes.map((change) => ({
      document: { ...frame, ...activity(change, reader) },
      position: change.position,
    }));
  }
  const [first, last] = [changes[0]?.position ?? 0, changes.at(-1)?.position ?? 0];
  const document = {
    ...frame,
    id: uuidOf(reader, `${first}-${last}`),
    type: 'Announce',
    summary: `${changes.length} records have changed.`,
    object: {
      type: 'OrderedCollection',
      totalItems: changes.length,
      orderedItems: changes.map((change) => activity(change, reader)),
    },
  };
  return [{ document, position: last }];
}

function activity({ position, holding, isNew }: ToldChange, reader: string): JsonLdObject {
  const id = uuidOf(reader, `${position} ${holding.id}`);
  const name = holding.titles[0]?.value.slice(0, LONGEST_NAME);
  const named = { id: holding.id, ...(name !== undefined && { name }) };
  if (!isTombstone(holding)) {
    return { id, type: isNew ? 'Create' : 'Update', object: { ...named, type: 'Page' } };
  }
  const { at, reason } = holding.tombstone;
  return {
    id,
    type: 'Delete',
    summary: reason,
    object: { ...named, type: 'Tombstone', formerType: 'Page', deleted: new Date(at).toISOString() },
  };
}

/** A UUID made of a hash (RFC 9562, version 8). */
function uuidOf(reader: string, what: string): string {
  const hex = createHash('sha256').update(`${reader}\n${what}`).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
