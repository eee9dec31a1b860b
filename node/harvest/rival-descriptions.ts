import { isTombstone } from '../../vocab/record.ts';
import { recordKey } from '../../vocab/record-key.ts';
import type { Catalogue } from '../catalogue/index.ts';
import type { OtherSource } from './deletions.ts';
import type { Problem } from './issues/issue.ts';
import { issueKind } from './issues/kinds/index.ts';

/** What two sources that have a record of one identifier come to. */
export interface Rivalry {
  /** Whether the description of the other source stays. */
  isLeft: boolean;
  problem?: Problem;
}

/**
 * Decides between sources that describe one record: that of the source configured first counts, once it is there. Two
 * sources of one address are parts of one repository, and nothing is wrong with that.
 *
 * @param others the first of the other sources that have a record, by OAI identifier
 * @param url of the source whose turn it is
 */
export async function rivalries(
  others: ReadonlyMap<string, OtherSource>,
  { url, catalogue }: { url: string; catalogue: Pick<Catalogue, 'holdings' | 'node'> },
): Promise<Map<string, Rivalry>> {
  const found = new Map<string, Rivalry>();
  for (const [oaiIdentifier, other] of others) {
    const holding = await catalogue.holdings.get(recordKey(catalogue.node, oaiIdentifier));
    const stands = holding !== undefined && !isTombstone(holding) && holding.provenance.source === other.url;
    const isLeft = other.isFirst && (stands || other.isComing);
    const isNews = other.url !== url && (isLeft || (stands && !other.isFirst));
    found.set(oaiIdentifier, { isLeft, ...(isNews && { problem: problemOf(oaiIdentifier, other) }) });
  }
  return found;
}

function problemOf(oaiIdentifier: string, { name, isFirst }: OtherSource): Problem {
  const code = 'RECORD_IN_TWO_SOURCES';
  const { severity = 'warning', remedy = '' } = issueKind(code) ?? {};
  const whose = isFirst ? 'as that source describes it' : 'as this source describes it, which comes first';
  const message = `The source “${name}” has a record of this identifier, too; it is shown ${whose}.`;
  return { code, severity, message, remedy, oaiIdentifier };
}
