import { csvHead, csvLine } from '../../../vocab/csv.ts';
import { issueKind } from './kinds/index.ts';
import type { HarvestIssue } from './issue.ts';

/** An issue as it is told outside the node: times as ISO 8601 in UTC. */
export interface ToldIssue extends Omit<HarvestIssue, 'firstSeen' | 'lastSeen'> {
  /** The code in a few words. */
  title: string;
  firstSeen: string;
  lastSeen: string;
}

export function toldIssue({ firstSeen, lastSeen, ...issue }: HarvestIssue): ToldIssue {
  return {
    ...issue,
    title: issueKind(issue.code)?.title ?? issue.message,
    firstSeen: new Date(firstSeen).toISOString(),
    lastSeen: new Date(lastSeen).toISOString(),
  };
}

const columns: readonly (readonly [
  name: string,
  value: (issue: ToldIssue) => string | number | undefined,
])[] = [
  ['severity', ({ severity }) => severity],
  ['code', ({ code }) => code],
  ['title', ({ title }) => title],
  ['message', ({ message }) => message],
  ['source', ({ source }) => source],
  ['oaiIdentifier', ({ oaiIdentifier }) => oaiIdentifier],
  ['url', ({ url }) => url],
  ['page', ({ place }) => place?.page],
  ['recordInPage', ({ place }) => place?.record],
  ['file', ({ place }) => place?.file],
  ['line', ({ place }) => place?.line],
  ['before', ({ repairs }) => repairs?.map(({ before }) => before).join('\n')],
  ['after', ({ repairs }) => repairs?.map(({ after }) => after).join('\n')],
  ['detail', ({ detail }) => detail],
  ['remedy', ({ remedy }) => remedy],
  ['firstSeen', ({ firstSeen }) => firstSeen],
  ['lastSeen', ({ lastSeen }) => lastSeen],
  ['timesMet', ({ count }) => count],
];

/** The first line of a table of issues. */
export const issueCsvHead = csvHead(columns.map(([name]) => name));

/** An issue as a line of CSV; values that are several stand in one cell, a line each. */
export function issueCsvLine(issue: ToldIssue): string {
  return csvLine(columns.map(([, value]) => value(issue)));
}
