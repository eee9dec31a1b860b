import type { OwnChange } from '../catalogue/index.ts';

/** Another source that has a record, too. */
export interface OtherSource {
  name: string;
  /** As in the provenance of its records. */
  url: string;
  /** Whether it comes before the one that asks: of a record that both have its description counts. */
  isFirst: boolean;
  /** Whether its description is just on its way into the catalogue. */
  isComing: boolean;
}

/** Which of these records other sources have, too: the first of them. */
export type HeldElsewhere = (identifiers: readonly string[]) => Promise<ReadonlyMap<string, OtherSource>>;

/** The changes that delete records which a source has no longer, but for those that another source has. */
export async function deletionsOf(
  records: readonly { oaiIdentifier: string; datestamp: string }[],
  reason: string,
  heldElsewhere: HeldElsewhere,
): Promise<OwnChange[]> {
  const elsewhere = await heldElsewhere(records.map(({ oaiIdentifier }) => oaiIdentifier));
  return records
    .filter(({ oaiIdentifier }) => !elsewhere.has(oaiIdentifier))
    .map(({ oaiIdentifier, datestamp }) => ({ type: 'delete', oaiIdentifier, datestamp, reason }));
}
