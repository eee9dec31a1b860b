import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { z } from 'zod';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { CliError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { filesAt, type SentFile, STDIN, withNamesOfTheirOwn } from '../import-files.ts';
import { withNode } from '../node-session.ts';
import { count, print, table } from '../print.ts';
import { sendFile } from '../send-file.ts';

const FORMATS = ['combined', 'matomo', 'dspace-solr'];
const REPOSITORIES = ['dspace', 'dspace-6', 'eprints', 'invenio', 'ojs'];

const reportSchema = z.looseObject({
  files: z.number(),
  bytes: z.number(),
  figures: z.looseObject({
    lines: z.number(),
    counted: z.number(),
    robots: z.number(),
    internal: z.number(),
    passedOver: z.number(),
    refused: z.record(z.string(), z.number()),
  }),
  damaged: z.array(z.string()),
  otherDays: z.number(),
});
type Report = z.output<typeof reportSchema>;

type UsageImportOptions = CommonOptions & {
  format: string;
  repository?: string;
  siteUrl?: string;
  restate?: string;
};

export function usageImportCommand(context: CommandContext): Command {
  return aCommand('import', {
    description:
      'Counts the use in logs of a web server or exports of Matomo and DSpace, also packed by gzip. The files are read and not kept. What was read before counts once.',
    options: [
      new Option('--format <NAME>', 'what the files are').choices(FORMATS).default('combined'),
      new Option('--repository <NAME>', 'what the paths mean').choices(REPOSITORIES),
      new Option('--site-url <URL>', 'address of the repository, before the paths'),
      new Option(
        '--restate <DAYS>',
        'these days are given anew and whole: 2026-03, 2026-03-01 or 2026-01..2026-03',
      ),
    ],
    examples: [
      ['ngr usage import access.log.*.gz --repository dspace --site-url https://r.example', 'a year of logs'],
      [
        'ngr usage import stats/ --format dspace-solr --site-url https://r.example',
        "DSpace's own statistics",
      ],
      ['ngr usage import visits.json --format matomo', 'what Matomo has counted'],
      ['ngr usage import march.log --repository ojs --restate 2026-03', 'a month again'],
    ],
  })
    .argument('<path...>', 'files, folders, or - for standard input')
    .action(async (paths: string[], options: UsageImportOptions) => {
      if (options.format === 'combined' && options.repository === undefined) {
        throw new CliError(
          'USAGE',
          'A log says which paths were asked for; what they mean, only its repository tells.',
          {
            remedy: `Say --repository with one of ${REPOSITORIES.join(', ')}; for others, see "usage.logs" in docs/usage.md.`,
            exitCode: ExitCode.usage,
          },
        );
      }
      const files = await filesOf(paths, context);
      await withNode(context, options, async (client) => {
        const { format, repository, siteUrl, restate } = options;
        const asked = { format, repository, siteUrl, restate };
        const { id } = await client.post('/api/usage/imports', asked, z.looseObject({ id: z.string() }));
        const path = `/api/usage/imports/${id}`;
        for (const file of files) {
          await sendFile(client, context, { path: `${path}/${encodeURIComponent(file.name)}`, file });
        }
        const report = await client.post(path, {}, reportSchema);
        print(context, options, report, linesOf(report));
        const { lines, counted, robots, internal } = report.figures;
        if (report.damaged.length > 0 || (lines > 0 && counted + robots + internal === 0))
          context.exitWith(ExitCode.failed);
      });
    });
}

async function filesOf(paths: readonly string[], { cwd, stdin }: CommandContext): Promise<SentFile[]> {
  const found = await Promise.all(
    [...new Set(paths)].map((path) => filesAt(path === STDIN ? path : resolve(cwd, path), stdin)),
  );
  return withNamesOfTheirOwn(found.flat());
}

function linesOf({ files, figures, damaged, otherDays }: Report): string[] {
  const { lines, counted, robots, internal, passedOver, refused } = figures;
  const rows: [string, number][] = [
    ['Counted', counted],
    ['Robots', robots],
    ['Internal addresses', internal],
    ['No item, or no successful request', passedOver],
    ...(otherDays > 0 ? [['Of other days than are restated', otherDays] as [string, number]] : []),
    ...Object.entries(refused),
  ];
  return [
    `${count(lines)} lines of ${files === 1 ? 'one file' : `${count(files)} files`} read.`,
    ...table(['What became of them', 'Lines'], rows),
    ...damaged.map((name) => `${name} is cut off or damaged; what stands before was counted.`),
  ];
}
