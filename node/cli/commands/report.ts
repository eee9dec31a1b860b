import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Argument, InvalidArgumentError, Option, type Command } from 'commander';
import { z } from 'zod';
import { releasePaths, reportIds, THE_WORLD, type Release } from '../../../protocols/counter/index.ts';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { CliError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import type { NodeClient } from '../node-client.ts';
import { withNode } from '../node-session.ts';

const mediaTypes = { csv: 'text/csv', tsv: 'text/tab-separated-values', json: 'application/json' } as const;
type Format = keyof typeof mediaTypes;

type ReportOptions = CommonOptions & {
  from?: string;
  to?: string;
  release: Release;
  format?: Format;
  parents?: true;
  out?: string;
};

const listSchema = z.array(z.looseObject({ Report_ID: z.string(), Last_Month_Available: z.string() })).min(1);

export function reportCommand(context: CommandContext): Command {
  return aCommand('report', {
    description:
      'Prints a COUNTER report on the use of the repository: pr and pr_p1 on all of it, ir and ir_a1 on each item and each journal article. Without months it is on the last one that is counted to its end.',
    options: [
      monthOption('--from <MONTH>', 'first month, such as 2026-01 (default: that of --to)'),
      monthOption('--to <MONTH>', 'last month (default: the last one that is counted to its end)'),
      new Option('--release <RELEASE>', 'of the Code of Practice').choices(['5.1', '5']).default('5.1'),
      new Option('--format <FORMAT>', 'csv or tsv for a spreadsheet, json for a program (default: csv)')
        .choices(Object.keys(mediaTypes))
        .conflicts('json'),
      new Option('--parents', 'with the journals and books that the items of ir are parts of'),
      new Option('--out <FILE>', 'write it to a file, which it replaces'),
    ],
    examples: [
      ['ngr report pr', 'the last month'],
      ['ngr report ir --from 2026-01 --to 2026-03 --out items.csv', 'each item in three months, as a file'],
      ['ngr report ir_a1 --release 5 --format json', 'journal articles, for a program of release 5'],
    ],
  })
    .addArgument(new Argument('<report>', 'which one').choices(reportIds.map((id) => id.toLowerCase())))
    .action((report: string, options: ReportOptions) =>
      withNode(context, options, async (client) => {
        const format = options.json ? 'json' : (options.format ?? 'csv');
        const path = await addressOf(client, report, options);
        const text = client.text(path, mediaTypes[format]);
        if (options.out === undefined) await printAll(context, text);
        else await save(resolve(context.cwd, options.out), text);
      }),
    );
}

async function addressOf(client: NodeClient, report: string, options: ReportOptions): Promise<string> {
  const { from, release, parents } = options;
  const customer = { customer_id: THE_WORLD.customerId };
  const to = options.to ?? (await lastMonth(client, customer));
  if (from !== undefined && from > to) {
    throw new CliError('USAGE', `The report would begin with ${from} and end with ${to}.`, {
      exitCode: ExitCode.usage,
      remedy: 'Give months of which the first is not after the last.',
    });
  }
  const query = new URLSearchParams({ ...customer, begin_date: from ?? to, end_date: to });
  if (parents) query.set('include_parent_details', 'True');
  return `/counter/${releasePaths[release]}/reports/${report}?${query.toString()}`;
}

async function lastMonth(client: NodeClient, customer: Record<string, string>): Promise<string> {
  const path = `/counter/${releasePaths['5.1']}/reports?${new URLSearchParams(customer).toString()}`;
  const [first] = await client.get(path, listSchema);
  return first?.Last_Month_Available ?? '';
}

/** It may be long: what reads it sets the pace. */
async function printAll({ stdout, stopping }: CommandContext, text: AsyncIterable<string>): Promise<void> {
  for await (const part of text) {
    if (!stdout.write(part)) await once(stdout, 'drain', { signal: stopping });
  }
}

/** The file is there when it is whole. */
async function save(file: string, text: AsyncIterable<string>): Promise<void> {
  const unfinished = `${file}.part`;
  try {
    await pipeline(Readable.from(text), createWriteStream(unfinished));
    await rename(unfinished, file);
  } catch (cause) {
    await rm(unfinished, { force: true });
    const { syscall } = cause as NodeJS.ErrnoException;
    if (syscall === undefined) throw cause;
    throw new CliError('REPORT_NOT_WRITTEN', `The report cannot be written to ${file}.`, {
      remedy: 'Name a file in a folder that is there and may be written to.',
      cause,
    });
  }
}

function monthOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => {
    if (/^\d{4}-(?:0[1-9]|1[0-2])$/.test(text)) return text;
    throw new InvalidArgumentError('It has to be a month, such as 2026-01.');
  });
}
