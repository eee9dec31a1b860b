import { resolve } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { z } from 'zod';
import { verifyBackups, type VerifiedBackup } from '../../backup/index.ts';
import { ChangingLine } from '../changing-line.ts';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { CliError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import type { NodeClient } from '../node-client.ts';
import { withNode } from '../node-session.ts';
import { bytesText, count, counted, oneLine, print } from '../print.ts';

const ASK_EVERY_MS = 500;

const number = z.number();
const stateSchema = z.looseObject({
  running: z.looseObject({ rows: number }).optional(),
  last: z
    .looseObject({
      error: z
        .looseObject({ code: z.string(), message: z.string(), remedy: z.string().optional() })
        .optional(),
    })
    .optional(),
});
/** Of `last`, where it did not fail. */
const doneSchema = z.looseObject({
  name: z.string(),
  rows: number,
  bytes: number,
  written: number,
  kept: number,
});
type Done = z.output<typeof doneSchema>;

export function backupCommand(context: CommandContext): Command {
  return aCommand('backup', {
    description:
      'Copies everything that the node has, but its key, into a folder, while it runs. What is there from former backups is not copied again.',
    options: [
      new Option('--keep <N>', 'let so many backups stay in the folder, and remove older ones').argParser(
        atLeastOne,
      ),
    ],
    examples: [
      ['ngr backup /var/backups/ngr', 'one more backup, beside the former ones'],
      ['ngr backup /var/backups/ngr --keep 30', 'a month of them, from a timer that runs once a day'],
      ['ngr backup verify /var/backups/ngr', 'reads all of them, and tells which are whole'],
    ],
  })
    .argument('<folder>', 'a folder for the backups of this node alone')
    .action(async (folder: string, options: CommonOptions & { keep?: number }) => {
      const to = resolve(context.cwd, folder);
      await withNode(context, options, async (client) => {
        const done = await backUp(client, context, {
          folder: to,
          ...(options.keep && { keep: options.keep }),
        });
        print(context, options, done, [
          `Backed up ${count(done.rows)} rows (${bytesText(done.bytes)}) to ${to}, ${bytesText(done.written)} of them new.`,
          `${counted(done.kept, 'backup')} ${done.kept === 1 ? 'is' : 'are'} there now. The key is not among them: "ngr identity export FILE".`,
        ]);
      });
    })
    .enablePositionalOptions()
    .addCommand(verifyCommand(context));
}

function verifyCommand(context: CommandContext): Command {
  return aCommand('verify', {
    description: 'Reads all backups in a folder from beginning to end, and tells which are whole.',
    examples: [['ngr backup verify /var/backups/ngr', 'exit code 1 where one is not']],
  })
    .argument('<folder>', 'the folder that was given to "ngr backup"')
    .action(async (folder: string, options: CommonOptions) => {
      const found: VerifiedBackup[] = [];
      const line = new ChangingLine(context);
      const progress = ({ rows }: { rows: number }): void => line.show(`verifying ${count(rows)} rows`);
      const watched = { progress, signal: context.stopping };
      try {
        for await (const one of verifyBackups(resolve(context.cwd, folder), watched)) found.push(one);
      } finally {
        line.end();
      }
      print(context, options, { backups: found.map(viewOf) }, found.map(lineOf));
      if (found.some(({ error }) => error !== undefined)) context.exitWith(ExitCode.failed);
    });
}

/** Has the node write a backup, and waits until it is whole. */
async function backUp(
  client: NodeClient,
  context: CommandContext,
  request: { folder: string; keep?: number },
): Promise<Done> {
  await client.post('/api/backup', request, stateSchema);
  const line = new ChangingLine(context);
  try {
    for (;;) {
      const { running, last } = await client.get('/api/backup', stateSchema);
      if (running !== undefined) line.show(`${count(running.rows)} rows copied`);
      else if (last?.error !== undefined) {
        const { code, message, remedy } = last.error;
        throw new CliError(code, message, remedy === undefined ? {} : { remedy });
      } else if (last !== undefined) return doneSchema.parse(last);
      await context.clock.sleep(ASK_EVERY_MS, context.stopping);
    }
  } finally {
    line.end();
  }
}

function viewOf({ name, manifest, error }: VerifiedBackup): object {
  if (manifest === undefined)
    return { name, ok: false, error: { code: error?.code, message: error?.message } };
  const { time, node, version, storeFormat, rows, bytes } = manifest;
  return { name, ok: true, time, node, version, storeFormat, rows, bytes };
}

function lineOf({ name, manifest, error }: VerifiedBackup): string {
  if (manifest === undefined)
    return `${name}: ${oneLine(`${error?.message ?? 'damaged'} ${error?.remedy ?? ''}`)} [${error?.code}]`;
  return `${name}: whole, ${count(manifest.rows)} rows (${bytesText(manifest.bytes)}) of ${oneLine(manifest.name)}, NGR Node ${manifest.version}`;
}

function atLeastOne(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Give a number, 1 or more.');
  return value;
}
