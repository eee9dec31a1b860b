import type { OwnChange } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import type { Operation } from '../store/index.ts';
import { deletionsOf, type HeldElsewhere } from './deletions.ts';
import type { Reading } from './issue-book.ts';
import type { SeenRecords } from './seen-records.ts';
import type { Source, SourceItem, SourceMetadata, SourcePage } from './sources/index.ts';
import { Draft, type Stage } from './stages/index.ts';

export interface IntakeParts {
  source: Source;
  stages: readonly Stage[];
  seen: SeenRecords;
  heldElsewhere: HeldElsewhere;
  clock: Clock;
  signal: AbortSignal;
}

/** What becomes of a page: changes for the catalogue, and what is to be written when it has them. */
export interface Intake {
  changes: OwnChange[];
  operations: Operation[];
  reading: Reading;
}

/**
 * Puts what a source gave through the stages.
 *
 * @param harvest.number of the harvest that sees the records
 * @param harvest.page place of the page in its list, from 1; absent where it is none of a list
 */
export async function takeIn(
  { items, problems: found }: Pick<SourcePage, 'items' | 'problems'>,
  harvest: { number: number; page?: number },
  { source, stages, seen, heldElsewhere, clock, signal }: IntakeParts,
): Promise<Intake> {
  const now = clock.now();
  const deleted = items.filter(({ metadata }) => metadata === undefined);
  const drafts = items
    .filter(hasMetadata)
    .map((item) => new Draft(item, { source: source.url, harvestedAt: now }));
  for (const stage of stages) await stage.apply(drafts, signal);

  // What cannot be read is there nevertheless.
  const named = found.flatMap(({ oaiIdentifier }) => oaiIdentifier ?? []);
  const { page, number } = harvest;
  return {
    changes: [
      ...drafts.filter(({ refused }) => !refused).map(({ record }) => ({ type: 'put', record }) as const),
      ...(await deletionsOf(deleted, 'Deleted in the repository.', heldElsewhere)),
    ],
    operations: [
      ...seen.mark([...named, ...drafts.map(({ record }) => record.oaiIdentifier)], number),
      ...seen.forget(deleted.map(({ oaiIdentifier }) => oaiIdentifier)),
    ],
    reading: {
      ...(page !== undefined && { page }),
      records: items.map(({ oaiIdentifier }) => oaiIdentifier),
      problems: [...found, ...drafts.flatMap((draft) => draft.problems)],
    },
  };
}

function hasMetadata(item: SourceItem): item is SourceItem & { metadata: SourceMetadata } {
  return item.metadata !== undefined;
}
