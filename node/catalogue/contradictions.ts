import { forkOfEntries } from '../../protocols/heads/index.ts';
import { decodePageItem } from '../../protocols/replication/index.ts';
import type { Section } from '../store/index.ts';
import { ForkError } from './errors.ts';
import type { CheckedChange } from './feed-batch.ts';
import type { FeedState } from './feed-state.ts';
import { entryKey } from './layout.ts';

/**
 * Holds what came of a feed against itself and against what is here: each place has one entry. Places that are not here yet can contradict nothing, so a feed that only grows costs no look into the store.
 *
 * @throws ForkError where the node signed two entries for one place
 */
export async function refuseContradictions(
  section: Section,
  { node, seq: here }: FeedState,
  changes: readonly CheckedChange[],
): Promise<void> {
  const places = new Map<number, Uint8Array>();
  for (const { seq, encoded } of changes) {
    const other = places.get(seq);
    if (other === undefined) places.set(seq, encoded);
    else refuseFork(other, encoded);
  }
  const again = changes.filter(({ seq }) => seq <= here);
  if (again.length === 0) return;
  const stored = await section.getMany(again.map(({ seq }) => entryKey(node, seq)));
  for (const [i, { encoded }] of again.entries()) {
    const known = stored[i];
    if (known !== undefined && Buffer.compare(known, encoded) !== 0) refuseFork(known, encoded);
  }
}

/** Signatures may differ where an entry was signed anew, alone or with others; what they are on may not. */
function refuseFork(a: Uint8Array, b: Uint8Array): void {
  const fork = forkOfEntries(decodePageItem(a).entry, decodePageItem(b).entry);
  if (fork !== undefined) throw new ForkError(fork);
}
