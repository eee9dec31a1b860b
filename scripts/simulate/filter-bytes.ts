import { segmentBits } from '../../protocols/holdings-filter/index.ts';
import type { World } from './world.ts';

/** Keys of a work: its identifiers and its title. */
const KEYS_A_RECORD = 2.5;
/** A fuse filter of 8-bit fingerprints, in segments of some thousand keys: as the benchmark measures it. */
const BYTES_A_KEY = 1.5;
/** Of the changes: what is written anew mostly keeps its keys. */
const NEW = 1 / 3;
/** Own keys for which another's filter says yes in vain, and what it takes to ask. */
const ASKED_IN_VAIN = 0.004;
const KEY = 8;
const SEGMENT_HEAD = 12;
const DIGEST = 16;
const MANIFEST = 200;

/** What a node fetches of the holdings filters of all that it does not follow, once a day: what has changed. A mean. */
export function filterBytesADay(world: World): number {
  let sum = 0;
  for (const [node, records] of world.records.entries()) {
    const keys = records * KEYS_A_RECORD;
    const segments = 2 ** segmentBits(keys, 0);
    const changed = segments * (1 - (1 - 1 / segments) ** ((world.changes[node] ?? 0) * NEW * KEYS_A_RECORD));
    sum += MANIFEST + segments * DIGEST + changed * (SEGMENT_HEAD + (keys / segments) * BYTES_A_KEY);
  }
  const own = (world.records.reduce((all, records) => all + records, 0) / world.nodes) * KEYS_A_RECORD;
  sum += world.nodes * own * ASKED_IN_VAIN * KEY;
  const followed = world.held[0]?.length ?? 0;
  return (sum * (world.nodes - followed)) / world.nodes;
}
