import * as dagCbor from '@ipld/dag-cbor';
import type { Section } from '../../store/index.ts';
import { type KindCount, OpenCounts } from './issue-counts.ts';
import { hashOf, type IssueRow, type OpenProblems } from './issue-rows.ts';
import { type HarvestIssue, rankOf, type Severity, severities } from './issue.ts';
import {
  books,
  booksRanges,
  countsRange,
  idOfIssueKey,
  issueKeyOfId,
  issueRange,
  kindOfIssueKey,
  sourceOfCountsKey,
  subjectRange,
} from '../layout.ts';

export type IssueCounts = Record<Severity, number>;

/** Which issues are wanted; all of them where nothing is said. */
export interface IssueFilter {
  severity?: Severity;
  code?: string;
  /** Name of the source. */
  source?: string;
  oaiIdentifier?: string;
  /** Id of the last one that was seen: those behind it. */
  after?: string;
}

/** Which issues are counted; all of them where nothing is said. */
export type CountFilter = Omit<IssueFilter, 'after'>;

/** How many of a code are open, and where. */
export interface SourceKindCount extends KindCount {
  source: string;
}

const PAGE = 1_000;

/** Open issues of all sources: errors first, then by source and code. */
export async function listIssues(
  section: Section,
  { limit, ...filter }: IssueFilter & { limit: number },
): Promise<HarvestIssue[]> {
  if (filter.oaiIdentifier !== undefined) {
    return (await issuesOfRecord(section, filter.oaiIdentifier, filter)).slice(0, limit);
  }
  const issues: HarvestIssue[] = [];
  const sources = filter.source === undefined ? await sourcesWithIssues(section) : [filter.source];
  const after = filter.after === undefined ? '' : issueKeyOfId(filter.after);
  for (const severity of filter.severity === undefined ? severities : [filter.severity]) {
    for (const source of sources) {
      if (issues.length >= limit) return issues;
      const { gt, lt } = issueRange(rankOf(severity), source, filter.code);
      if (after >= lt) continue;
      const range = { gt: after > gt ? after : gt, lt, limit: limit - issues.length };
      for await (const [key, value] of section.iterator(range)) issues.push(issueOf(key, value));
    }
  }
  return issues;
}

/** What is wrong with one record and its files, by whatever source. */
async function issuesOfRecord(
  section: Section,
  oaiIdentifier: string,
  { severity, code, source, after = '' }: IssueFilter,
): Promise<HarvestIssue[]> {
  const keys: string[] = [];
  for await (const { open } of openOfRecord(section, oaiIdentifier, source)) keys.push(...open.rows);
  const rows = await section.getMany(keys.toSorted());
  return keys
    .toSorted()
    .flatMap((key, i) => {
      const value = rows[i];
      return value === undefined ? [] : [issueOf(key, value)];
    })
    .filter(
      (issue) =>
        issue.id > after &&
        (severity === undefined || issue.severity === severity) &&
        (code === undefined || issue.code === code),
    );
}

/** How many that fit are open, those among them for whose rows there was no room. */
export async function countIssues(section: Section, filter: CountFilter = {}): Promise<IssueCounts> {
  const counts: IssueCounts = { error: 0, warning: 0, info: 0 };
  for (const { severity, count } of await countKinds(section, filter)) counts[severity] += count;
  return counts;
}

/** How many that fit are open of each code in each source: by source, errors first. */
export async function countKinds(section: Section, filter: CountFilter = {}): Promise<SourceKindCount[]> {
  const { oaiIdentifier, severity, code, source } = filter;
  const counts = new Map<string, SourceKindCount>();
  const all = oaiIdentifier === undefined ? kindsOf(section) : kindsOfRecord(section, oaiIdentifier);
  for await (const kind of all) {
    if (source !== undefined && kind.source !== source) continue;
    if (severity !== undefined && kind.severity !== severity) continue;
    if (code !== undefined && kind.code !== code) continue;
    const of = `${kind.source}\n${rankOf(kind.severity)}\n${kind.code}`;
    const known = counts.get(of);
    if (known === undefined) counts.set(of, kind);
    else known.count += kind.count;
  }
  return [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count);
}

async function* kindsOf(section: Section): AsyncGenerator<SourceKindCount> {
  for await (const [key, value] of section.iterator(countsRange)) {
    for (const kind of OpenCounts.from(value).kinds()) yield { source: sourceOfCountsKey(key), ...kind };
  }
}

async function* kindsOfRecord(section: Section, oaiIdentifier: string): AsyncGenerator<SourceKindCount> {
  for await (const { source, open } of openOfRecord(section, oaiIdentifier)) {
    const counts = OpenCounts.from(undefined);
    for (const key of open.rows) counts.add(kindOfIssueKey(key), 1);
    for (const [kind, many] of Object.entries(open.more)) counts.add(kind, many);
    for (const kind of counts.kinds()) yield { source, ...kind };
  }
}

/** What is wrong with a record and its files, part by part. */
async function* openOfRecord(
  section: Section,
  oaiIdentifier: string,
  only?: string,
): AsyncGenerator<{ source: string; open: OpenProblems }> {
  for (const source of only === undefined ? await sourcesWithIssues(section) : [only]) {
    for (const book of books) {
      const range = { ...subjectRange(source, book, `r${hashOf(oaiIdentifier)}`), limit: PAGE };
      for await (const value of section.values(range))
        yield { source, open: dagCbor.decode<OpenProblems>(value) };
    }
  }
}

/** All issues of a source go, with the source. */
export async function forgetIssues(section: Section, source: string): Promise<void> {
  for (const rank of severities.keys()) await section.clear(issueRange(rank, source));
  for (const range of booksRanges(source)) await section.clear(range);
}

/** In the order of the rows' keys. */
async function sourcesWithIssues(section: Section): Promise<string[]> {
  const sources = new Set<string>();
  for await (const key of section.keys(countsRange)) sources.add(sourceOfCountsKey(key));
  return [...sources];
}

function issueOf(key: string, value: Uint8Array): HarvestIssue {
  return { id: idOfIssueKey(key), ...dagCbor.decode<IssueRow>(value) };
}
