import type { Catalogue, OwnChange } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import type { Operation } from '../store/index.ts';
import type { HeldElsewhere } from './deletions.ts';
import type { Reading } from './issues/issue-book.ts';
import { type Rivalry, rivalries } from './rival-descriptions.ts';
import type { SeenRecords } from './seen-records.ts';
import type { Source, SourceItem, SourceMetadata, SourcePage } from './sources/index.ts';
import { Draft, type Stage } from './stages/index.ts';

const DELETED = 'Deleted in the repository.';

export interface IntakeParts {
  source: Source;
  stages: readonly Stage[];
  catalogue: Catalogue;
  seen: SeenRecords;
  heldElsewhere: HeldElsewhere;
  clock: Clock;
  signal: AbortSignal;
}

/** What becomes of a page: changes for the catalogue, and what is to be written when it has them. */
export interface Intake {
  /** In the order of the page: of several about one record the last one counts. */
  changes: OwnChange[];
  operations: Operation[];
  reading: Reading;
  /** Records that the stages refused. */
  refused: number;
  /** Records that stay as another source has them. */
  elsewhere: number;
}

/**
 * Puts what a source gave through the stages.
 *
 * @param harvest.number of the harvest that sees the records
 * @param harvest.page place of the page in its list, from 1; absent where it is none of a list
 */
export async function takeIn(
  { items, problems: found }: Pick<SourcePage, 'items' | 'problems'>,
  { page, number }: { number: number; page?: number },
  { source, stages, catalogue, seen, heldElsewhere, clock, signal }: IntakeParts,
): Promise<Intake> {
  const now = clock.now();
  const records = items.map(({ oaiIdentifier }) => oaiIdentifier);
  seen.expect(records);
  const drafts = new Map<SourceItem, Draft>();
  for (const item of items) {
    if (hasMetadata(item)) drafts.set(item, new Draft(item, { source: source.url, harvestedAt: now }));
  }
  for (const stage of stages) await stage.apply([...drafts.values()], signal);

  const others = await heldElsewhere(records);
  // A record that is asked for by itself comes from the first source that has it by now.
  const rivals =
    page === undefined ? new Map<string, Rivalry>() : await rivalries(others, { url: source.url, catalogue });
  // What cannot be read is there nevertheless.
  const named = found.flatMap(({ oaiIdentifier }) => oaiIdentifier ?? []);
  const intake: Intake = {
    changes: [],
    operations: seen.mark(named, number),
    reading: {
      ...(page !== undefined && { page }),
      records,
      problems: [...found, ...problemsOf(drafts.values(), rivals)],
    },
    refused: 0,
    elsewhere: 0,
  };
  for (const item of items) {
    const { oaiIdentifier, datestamp } = item;
    const draft = drafts.get(item);
    intake.operations.push(
      ...(draft === undefined ? seen.forget([oaiIdentifier]) : seen.mark([oaiIdentifier], number)),
    );
    const isLeft = draft === undefined ? others.has(oaiIdentifier) : rivals.get(oaiIdentifier)?.isLeft;
    if (draft?.refused === true) intake.refused += 1;
    else if (isLeft === true) intake.elsewhere += 1;
    else if (draft !== undefined) intake.changes.push({ type: 'put', record: draft.record });
    else intake.changes.push({ type: 'delete', oaiIdentifier, datestamp, reason: DELETED });
  }
  return intake;
}

function problemsOf(drafts: Iterable<Draft>, rivals: ReadonlyMap<string, Rivalry>): Reading['problems'] {
  return [...drafts].flatMap(({ problems, refused, record }) => {
    const rivalry = rivals.get(record.oaiIdentifier);
    // What is wrong with a description that nobody sees need not be mended.
    const own = rivalry?.isLeft === true && !refused ? [] : problems;
    const { problem } = rivalry ?? {};
    return problem === undefined || refused ? own : [...own, problem];
  });
}

function hasMetadata(item: SourceItem): item is SourceItem & { metadata: SourceMetadata } {
  return item.metadata !== undefined;
}
