import * as dagCbor from '@ipld/dag-cbor';
import type { Section } from '../store/index.ts';
import { type HarvestIssue, type Severity, severities } from './issue.ts';
import { issueRange, overflowRange, rankOfIssueKey } from './layout.ts';

export type IssueCounts = Record<Severity, number>;

const KEY_PREFIX = 'i!';

/** An issue's row in the store. */
export interface IssueRow extends Omit<HarvestIssue, 'id'> {
  /** What has to be read again without the problem for the issue to close (`IssueBook`). */
  subject: string;
  /** Number of the harvest that met it last. */
  harvest: number;
}

export const rankOf = (severity: Severity): number => severities.indexOf(severity);

/**
 * Open issues of all sources: errors first, then by source and code.
 * @param options.after the id of the last one that was seen
 */
export async function listIssues(
  section: Section,
  options: { severity?: Severity; after?: string; limit: number },
): Promise<HarvestIssue[]> {
  const { severity, after, limit } = options;
  const { gt, lt } = issueRange(severity === undefined ? undefined : rankOf(severity));
  const start = after === undefined || KEY_PREFIX + after < gt ? gt : KEY_PREFIX + after;
  if (start >= lt) return [];
  const rows = await section.iterator({ gt: start, lt, limit }).all();
  return rows.map(([key, value]) => {
    const { subject: _, harvest: __, ...issue } = dagCbor.decode<IssueRow>(value);
    return { id: key.slice(KEY_PREFIX.length), ...issue };
  });
}

/** How many are open, those among them for whose rows there was no room. */
export async function countIssues(section: Section): Promise<IssueCounts> {
  const counts: IssueCounts = { error: 0, warning: 0, info: 0 };
  for await (const key of section.keys(issueRange())) {
    const severity = severities[rankOfIssueKey(key)];
    if (severity !== undefined) counts[severity] += 1;
  }
  for await (const value of section.values(overflowRange)) {
    const overflow = dagCbor.decode<number[]>(value);
    for (const [rank, severity] of severities.entries()) counts[severity] += overflow[rank] ?? 0;
  }
  return counts;
}
