import { Option, type Command } from 'commander';
import { z } from 'zod';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { ExitCode } from '../exit-codes.ts';
import {
  type Issue,
  issueLines,
  issueSums,
  issuesPageSchema,
  type IssuesPage,
  severities,
} from '../issue-lines.ts';
import type { NodeClient } from '../node-client.ts';
import { withNode } from '../node-session.ts';
import { limitOption } from '../numbers.ts';
import { print, shorten, table } from '../print.ts';
import { terminalWidth } from '../surroundings.ts';

const LISTED = 100;
const MOST = 10_000;
const PAGE = 500;

const kindsSchema = z.looseObject({
  kinds: z.array(
    z.looseObject({ code: z.string(), severity: z.string(), title: z.string(), count: z.number() }),
  ),
});

type CheckOptions = CommonOptions & {
  severity?: string;
  code?: string;
  source?: string;
  record?: string;
  kinds?: true;
  csv?: true;
  limit: number;
};

export function checkCommand(context: CommandContext): Command {
  return aCommand('check', {
    description:
      'Lists what is wrong with the sources and their metadata, errors first, and how to mend it. Ends with 4 where there are errors among what was asked for.',
    options: [
      new Option('--severity <WHICH>', 'only these').choices(severities),
      new Option('--code <CODE>', 'only issues of this kind, such as NAME_SPLIT'),
      new Option('--source <NAME>', 'only those of this source'),
      new Option(
        '--record <RECORD>',
        'only those of this record: its key, its address, or its OAI identifier',
      ),
      new Option('--kinds', 'how many there are of each kind, instead of each of them').conflicts('csv'),
      new Option('--csv', 'all that fit, as a table for a spreadsheet').conflicts('json'),
      limitOption('issues', LISTED, MOST),
    ],
    examples: [
      ['ngr check', 'the first hundred'],
      ['ngr check --kinds', 'what is wrong most often'],
      ['ngr check --severity error --limit 10000 --json', 'all errors, for a program'],
      ['ngr check --code IDENTIFIER_REFUSED --csv > identifiers.csv', 'a list to work through'],
    ],
  }).action((options: CheckOptions) =>
    withNode(context, options, async (client) => {
      const { error } = await shown(client, context, options);
      if (error > 0) context.exitWith(ExitCode.issuesFound);
    }),
  );
}

/** @returns how many issues are open of those that were asked for */
async function shown(
  client: NodeClient,
  context: CommandContext,
  options: CheckOptions,
): Promise<IssuesPage['counts']> {
  if (options.kinds) return await showKinds(client, context, options);
  if (options.csv) return await writeCsv(client, context, options);
  const issues: Issue[] = [];
  for await (const page of pagesOf(client, options)) {
    issues.push(...page.issues);
    if (issues.length < options.limit && page.next !== undefined) continue;
    print(context, options, { issues, counts: page.counts }, [
      ...issues.flatMap(issueLines),
      issueSums(page.counts),
    ]);
    return page.counts;
  }
  throw new Error('no page of issues');
}

async function showKinds(
  client: NodeClient,
  context: CommandContext,
  options: CheckOptions,
): Promise<IssuesPage['counts']> {
  const { kinds } = await client.get(`/api/issues/kinds?${filterOf(options).toString()}`, kindsSchema);
  const width = Math.max(20, terminalWidth(context) - 50);
  const rows = kinds.map(({ severity, code, title, count: many }) => [
    many,
    severity,
    code,
    shorten(title, width),
  ]);
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity, count: many } of kinds) {
    if (severity === 'error' || severity === 'warning' || severity === 'info') counts[severity] += many;
  }
  print(context, options, { kinds }, [
    ...(rows.length === 0 ? [] : table(['Number', 'Severity', 'Code', 'What'], rows)),
    issueSums(counts),
  ]);
  return counts;
}

/** As it comes: there may be tens of thousands. */
async function writeCsv(
  client: NodeClient,
  { stdout }: CommandContext,
  options: CheckOptions,
): Promise<IssuesPage['counts']> {
  const query = filterOf(options);
  for await (const text of client.text(`/api/issues?${query.toString()}`, 'text/csv')) stdout.write(text);
  query.set('limit', '1');
  const { counts } = await client.get(`/api/issues?${query.toString()}`, issuesPageSchema);
  return counts;
}

function filterOf({ severity, code, source, record }: Partial<CheckOptions>): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ severity, code, source, record })) {
    if (value !== undefined) query.set(name, value);
  }
  return query;
}

async function* pagesOf(client: NodeClient, options: CheckOptions): AsyncGenerator<IssuesPage> {
  const query = filterOf(options);
  for (let left = options.limit; left > 0;) {
    query.set('limit', String(Math.min(PAGE, left)));
    const page = await client.get(`/api/issues?${query.toString()}`, issuesPageSchema);
    yield page;
    left -= page.issues.length;
    if (page.next === undefined) return;
    query.set('after', page.next);
  }
}
