import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { z } from 'zod';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { CliError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { harvestAndWatch } from '../harvest-watch.ts';
import { filesAt, nameOfPath, type SentFile, STDIN, withNamesOfTheirOwn } from '../import-files.ts';
import { type Issue, issueLines, issuesPageSchema } from '../issue-lines.ts';
import type { NodeClient } from '../node-client.ts';
import { withNode } from '../node-session.ts';
import { print, table, timeText } from '../print.ts';
import { sendFile } from '../send-file.ts';
import type { SourceView } from '../source-view.ts';
import { summaryLines } from './harvest.ts';

/** Of an import; "ngr check" has the others. */
const ISSUES_TOLD = 5;

type ImportOptions = CommonOptions & { name?: string; list?: true; remove?: string };

const listSchema = z.looseObject({
  imports: z.array(
    z.looseObject({
      name: z.string(),
      files: z.array(z.looseObject({ name: z.string(), size: z.number(), modified: z.string() })),
    }),
  ),
});
type ImportView = z.output<typeof listSchema>['imports'][number];

export function importCommand(context: CommandContext): Command {
  return aCommand('import', {
    description:
      'Takes records from files: CSV, JSON, BibTeX, RIS, XML of OAI-PMH, also packed by gzip. Importing under the same name again replaces what was imported before; what is no longer in the files is deleted.',
    options: [
      new Option('--name <NAME>', 'name of the import (default: each file is one, named as the file)'),
      new Option('--list', 'what has been imported'),
      new Option('--remove <NAME>', 'throw an import away, with its records'),
    ],
    examples: [
      ['ngr import theses.csv', 'one file, as the import "theses"'],
      ['ngr import exports/ --name archive', 'all files of a folder, as one import'],
      ['curl https://r.example/all.jsonl | ngr import - --name all', 'from standard input'],
      ['ngr import --list', 'what has been imported'],
      ['ngr import --remove theses', 'takes the import and its records out'],
    ],
  })
    .argument('[path...]', 'files, folders, or - for standard input')
    .action(async (paths: string[], options: ImportOptions) => {
      refuseWrongUse(paths, options);
      const lots = await lotsOf(paths, options, context);
      await withNode(
        context,
        options,
        async (client) => {
          if (options.list) await list(client, context, options);
          else if (options.remove !== undefined) await remove(client, context, options, options.remove);
          else await importLots(client, context, options, lots);
        },
        { createData: lots.length > 0, sample: lots.length === 0 },
      );
    });
}

/** Files that are imported under one name. */
interface Lot {
  name: string;
  files: SentFile[];
}

function refuseWrongUse(
  paths: readonly string[],
  { name, list: isList, remove: removed }: ImportOptions,
): void {
  const asked = [paths.length > 0, isList === true, removed !== undefined].filter(Boolean).length;
  if (asked !== 1) throw wrongUse('Name files to import, or say --list or --remove NAME.');
  if (paths.length === 0 && name !== undefined) throw wrongUse('--name goes with files to import.');
  if (paths.includes(STDIN) && name === undefined)
    throw wrongUse('What comes on standard input needs a --name.');
}

/** Everything under one name, or each path under its own. */
async function lotsOf(
  paths: readonly string[],
  { name }: ImportOptions,
  context: CommandContext,
): Promise<Lot[]> {
  const found = await Promise.all(
    [...new Set(paths)].map(async (path) => ({
      name: nameOfPath(resolve(context.cwd, path)),
      files: await filesAt(path === STDIN ? path : resolve(context.cwd, path), context.stdin),
    })),
  );
  const named = name === undefined ? found : [{ name, files: found.flatMap(({ files }) => files) }];
  const lots = new Map<string, SentFile[]>();
  for (const lot of named) {
    if (lots.has(lot.name))
      throw wrongUse(`Several of the paths would be imported as "${lot.name}": give them one --name.`);
    lots.set(lot.name, withNamesOfTheirOwn(lot.files));
  }
  return [...lots].map(([lotName, files]) => ({ name: lotName, files }));
}

async function importLots(
  client: NodeClient,
  context: CommandContext,
  options: ImportOptions,
  lots: readonly Lot[],
): Promise<void> {
  const sources: SourceView[] = [];
  for (const { name, files } of lots) {
    const path = `/api/imports/${encodeURIComponent(name)}`;
    for (const file of files) {
      await sendFile(client, context, { path: `${path}/${encodeURIComponent(file.name)}`, file });
    }
    const names = files.map((file) => file.name);
    const start = (): Promise<unknown> => client.post(path, { files: names }, z.unknown());
    sources.push(...(await harvestAndWatch(client, context, { source: name, full: true }, start)));
  }
  const issues: Issue[] = [];
  for (const source of sources) issues.push(...(await toldIssues(client, source)));
  print(context, options, { sources, issues }, [...issues.flatMap(issueLines), ...summaryLines(sources)]);
  if (sources.some(({ lastRun }) => lastRun?.outcome !== 'complete' || lastRun.records === 0))
    context.exitWith(ExitCode.failed);
}

/** What keeps records out; where there are none at all, whatever may be the cause. */
async function toldIssues(client: NodeClient, { name, lastRun }: SourceView): Promise<Issue[]> {
  if (lastRun === undefined || lastRun.issues === 0) return [];
  const query = new URLSearchParams({ source: name, limit: String(ISSUES_TOLD) });
  if (lastRun.records > 0) query.set('severity', 'error');
  return (await client.get(`/api/issues?${query.toString()}`, issuesPageSchema)).issues;
}

async function list(client: NodeClient, context: CommandContext, options: ImportOptions): Promise<void> {
  const { imports } = await client.get('/api/imports', listSchema);
  const text =
    imports.length === 0
      ? ['Nothing has been imported.']
      : table(['import', 'files', 'kilobytes', 'latest'], imports.map(row));
  print(context, options, { imports }, text);
}

function row({ name, files }: ImportView): (string | number)[] {
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const latest = Math.max(...files.map(({ modified }) => Date.parse(modified)));
  return [name, files.length, Math.ceil(size / 1000), timeText(latest)];
}

async function remove(
  client: NodeClient,
  context: CommandContext,
  options: ImportOptions,
  name: string,
): Promise<void> {
  await client.delete(`/api/imports/${encodeURIComponent(name)}`);
  print(context, options, { removed: name }, [`"${name}" and its records are taken out.`]);
}

function wrongUse(message: string): CliError {
  return new CliError('USAGE', message, {
    remedy: 'Run it with --help to see what there is.',
    exitCode: ExitCode.usage,
  });
}
