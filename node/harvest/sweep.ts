import { utcSeconds } from '../../protocols/oai-pmh/index.ts';
import type { Catalogue, Outcome } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import { deletionsOf, type HeldElsewhere } from './deletions.ts';
import type { SeenRecords } from './seen-records.ts';

export interface SweepParts {
  catalogue: Catalogue;
  seen: SeenRecords;
  heldElsewhere: HeldElsewhere;
  /** Kind of the source. */
  type: string;
  clock: Clock;
  signal: AbortSignal;
}

/** Deletes, some hundred at a time, what a full harvest did not see: the source has it no longer. */
export async function* sweep(
  number: number,
  { catalogue, seen, heldElsewhere, type, clock, signal }: SweepParts,
): AsyncGenerator<{ identifiers: string[]; results: readonly { outcome: Outcome }[] }> {
  const datestamp = utcSeconds(clock.now());
  const reason = type === 'files' ? 'No longer in the files.' : 'No longer in the repository.';
  for await (const identifiers of seen.unseenBy(number)) {
    signal.throwIfAborted();
    const gone = identifiers.map((oaiIdentifier) => ({ oaiIdentifier, datestamp }));
    const changes = await deletionsOf(gone, reason, heldElsewhere);
    yield { identifiers, results: await catalogue.put(changes) };
  }
}
