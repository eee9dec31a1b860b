import { z } from 'zod';
import { aroundDifference } from '../../vocab/text-difference.ts';
import { count, counted, oneLine, visible } from './print.ts';

/** Worst first. */
export const severities = ['error', 'warning', 'info'] as const;

const MOST_REPAIRS = 3;
const REPAIR_WIDTH = 60;
const INDENT = ' '.repeat(8);

/** An issue as the node tells it (`ToldIssue`). */
const issueSchema = z.looseObject({
  id: z.string(),
  source: z.string(),
  code: z.string(),
  severity: z.enum(severities),
  title: z.string(),
  message: z.string(),
  detail: z.string().optional(),
  remedy: z.string(),
  oaiIdentifier: z.string().optional(),
  url: z.string().optional(),
  place: z
    .object({
      page: z.number().optional(),
      record: z.number().optional(),
      offset: z.number().optional(),
      file: z.string().optional(),
      line: z.number().optional(),
    })
    .optional(),
  repairs: z.array(z.object({ before: z.string(), after: z.string() })).optional(),
  firstSeen: z.string(),
  lastSeen: z.string(),
  count: z.number(),
});

/** A page of issues, and how many are open in all. */
export const issuesPageSchema = z.looseObject({
  issues: z.array(issueSchema),
  counts: z.looseObject({ error: z.number(), warning: z.number(), info: z.number() }),
  next: z.string().optional(),
});
export type IssuesPage = z.output<typeof issuesPageSchema>;
export type Issue = IssuesPage['issues'][number];

/** What is wrong, where, since when, what was made of it, and what to do. */
export function issueLines(issue: Issue): string[] {
  const { severity, code, message, remedy, source, oaiIdentifier, url, place, repairs = [] } = issue;
  const where = [
    source,
    oaiIdentifier,
    url,
    place?.page === undefined ? undefined : `page ${count(place.page)}`,
    place?.file === undefined || message.startsWith(place.file) ? undefined : placeInFile(place),
    place?.record === undefined ? undefined : `record ${count(place.record)}`,
    issue.count < 2 ? undefined : `met ${count(issue.count)} times`,
    `since ${issue.firstSeen.slice(0, 10)}`,
  ].filter((part) => part !== undefined);
  const more = repairs.length - MOST_REPAIRS;
  return [
    `${severity.padEnd(8)}${oneLine(message)} [${code}]`,
    INDENT + oneLine(where.join(', ')),
    ...repairs.slice(0, MOST_REPAIRS).map(repairLine),
    ...(more > 0 ? [`${INDENT}and ${count(more)} more`] : []),
    ...(remedy === '' ? [] : [INDENT + oneLine(remedy)]),
  ];
}

/** Both values with their difference in view, also where it is a character that nobody sees. */
function repairLine({ before, after }: { before: string; after: string }): string {
  const shown = aroundDifference(visible(before), visible(after), REPAIR_WIDTH);
  return `${INDENT}“${shown.before}”${after === '' ? '' : ` → “${shown.after}”`}`;
}

function placeInFile({ file = '', line }: NonNullable<Issue['place']>): string {
  return line === undefined ? file : `${file} line ${count(line)}`;
}

/** How many there are, by severity. */
export function issueSums({ error, warning, info }: IssuesPage['counts']): string {
  return [counted(error, 'error'), counted(warning, 'warning'), counted(info, 'note')].join(', ');
}
