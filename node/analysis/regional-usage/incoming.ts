import type { SignatureVerifier } from '../../../protocols/heads/index.ts';
import { monthAt } from '../../../protocols/counter/index.ts';
import { verifySummary, type SignedSummary } from '../../../protocols/usage-summary/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import { RegionalUsageError } from './errors.ts';

/** Another node's clock may be ahead by so much. */
const CLOCK_SKEW_MS = 10 * 60_000;

/**
 * Holds a summary that somebody sent against its signature, the time, and the records that are held here.
 * @throws RegionalUsageError `USAGE_FUTURE_MONTH` · `USAGE_BAD_SIGNATURE` its node did not sign it · `USAGE_FOREIGN_ITEMS`
 *   it tells of another node's items
 */
export async function checkIncoming(
  summary: SignedSummary,
  by: {
    verifier: SignatureVerifier;
    /** Whose records they are, as far as they are held here. */
    ownersOf: (keys: readonly string[]) => Promise<(NodeId | undefined)[]>;
    now: number;
  },
): Promise<void> {
  const { node, month } = summary;
  if (month > monthAt(by.now + CLOCK_SKEW_MS)) {
    throw new RegionalUsageError(
      'USAGE_FUTURE_MONTH',
      `A summary of ${node} is of ${month}, still to come.`,
      {
        remedy: 'Check the clock of this machine. If it is right, the other node has to mend its own.',
      },
    );
  }
  if (!(await verifySummary(summary, by.verifier))) {
    throw new RegionalUsageError('USAGE_BAD_SIGNATURE', `A usage summary of ${node} has a wrong signature.`, {
      remedy: 'Nothing to do here: the peer that sent it is scored down.',
    });
  }
  const owners = await by.ownersOf(summary.top.map(({ key }) => key));
  const foreign = summary.top.find((_, i) => owners[i] !== undefined && owners[i] !== node);
  if (foreign === undefined) return;
  throw new RegionalUsageError(
    'USAGE_FOREIGN_ITEMS',
    `A usage summary of ${node} tells of ${foreign.key}, which is another node's.`,
    { remedy: 'Nothing to do here: it is left out. If you know the node, tell its operator.' },
  );
}
