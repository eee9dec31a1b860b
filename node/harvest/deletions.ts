import type { OwnChange } from '../catalogue/index.ts';

/** Which of these records another source has, too. */
export type HeldElsewhere = (identifiers: readonly string[]) => Promise<ReadonlySet<string>>;

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
