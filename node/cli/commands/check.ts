import { Option, type Command } from 'commander';
import { z } from 'zod';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { ExitCode } from '../exit-codes.ts';
import type { NodeClient } from '../node-client.ts';
import { withNode } from '../node-session.ts';
import { limitOption } from '../numbers.ts';
import { count, oneLine, print } from '../print.ts';

const MOST = 10_000;
const PAGE = 500;

const issueSchema = z.looseObject({
  id: z.string(),
  source: z.string(),
  code: z.string(),
  severity: z.string(),
  message: z.string(),
  remedy: z.string().optional(),
  oaiIdentifier: z.string().optional(),
  place: z.looseObject({ page: z.number().optional(), record: z.number().optional() }).optional(),
  count: z.number().optional(),
});
type Issue = z.output<typeof issueSchema>;

const pageSchema = z.looseObject({
  issues: z.array(issueSchema),
  counts: z.looseObject({ error: z.number(), warning: z.number(), info: z.number() }),
  next: z.string().optional(),
});
type Page = z.output<typeof pageSchema>;

type CheckOptions = CommonOptions & { severity?: string; limit: number };

export function checkCommand(context: CommandContext): Command {
  return aCommand('check', {
    description:
      'Lists what is wrong with the metadata of the sources, errors first, and how to mend it. Ends with 4 where there are errors.',
    options: [
      new Option('--severity <WHICH>', 'only these').choices(['error', 'warning', 'info']),
      limitOption('issues', 100, MOST),
    ],
    examples: [
      ['ngr check', 'the first hundred'],
      ['ngr check --severity error --limit 10000 --json', 'all errors, for a program'],
    ],
  }).action((options: CheckOptions) =>
    withNode(context, options, async (client) => {
      const { issues, counts } = await issuesOf(client, options);
      const sums = `${count(counts.error)} errors, ${count(counts.warning)} warnings, ${count(counts.info)} notes`;
      print(context, options, { issues, counts }, [...issues.flatMap(linesOf), sums]);
      if (counts.error > 0) context.exitWith(ExitCode.issuesFound);
    }),
  );
}

async function issuesOf(
  client: NodeClient,
  { severity, limit }: CheckOptions,
): Promise<Pick<Page, 'issues' | 'counts'>> {
  const issues: Issue[] = [];
  let after: string | undefined;
  for (;;) {
    const query = new URLSearchParams({ limit: String(Math.min(PAGE, limit - issues.length)) });
    if (severity !== undefined) query.set('severity', severity);
    if (after !== undefined) query.set('after', after);
    const page = await client.get(`/api/issues?${query.toString()}`, pageSchema);
    issues.push(...page.issues);
    after = page.next;
    if (after === undefined || issues.length >= limit) return { issues, counts: page.counts };
  }
}

function linesOf({
  severity,
  code,
  message,
  remedy,
  source,
  oaiIdentifier,
  place,
  count: times,
}: Issue): string[] {
  const where = [
    source,
    oaiIdentifier,
    place?.page === undefined ? undefined : `page ${place.page}`,
    place?.record === undefined ? undefined : `record ${place.record}`,
    times === undefined || times < 2 ? undefined : `met ${count(times)} times`,
  ].filter((part) => part !== undefined);
  return [
    `${severity.padEnd(8)}${oneLine(message)} [${code}]`,
    `        ${oneLine(where.join(', '))}`,
    ...(remedy === undefined ? [] : [`        ${oneLine(remedy)}`]),
  ];
}
