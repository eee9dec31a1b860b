import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { restoreBackup } from '../../backup/index.ts';
import { isPostgresUrl } from '../../store/index.ts';
import { ChangingLine } from '../changing-line.ts';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { CliError } from '../errors.ts';
import { keyIn } from '../key-file.ts';
import { bytesText, count, oneLine, print } from '../print.ts';
import { configOf } from '../settings.ts';

export function restoreCommand(context: CommandContext): Command {
  return aCommand('restore', {
    description:
      'Puts a backup into a data directory that has none, when all of it was found whole. The node must not run.',
    options: [
      new Option(
        '--at <TIME>',
        'the last backup of a day or hour, such as 2026-11-21; without it, the newest',
      ),
    ],
    examples: [
      ['ngr restore /var/backups/ngr', 'the newest backup, into the data directory of the configuration'],
      ['ngr restore /var/backups/ngr --data /srv/ngr', 'into another one'],
      ['ngr restore /var/backups/ngr --at 2026-11-20', 'as it was at the end of that day'],
    ],
  })
    .argument('<folder>', 'the folder that was given to "ngr backup"')
    .action(async (folder: string, options: CommonOptions & { at?: string }) => {
      if (isPostgresUrl(options.data ?? '')) throw intoDatabase();
      const { data, store } = await configOf(options, context);
      const key = (await keyIn(data))?.node;
      const line = new ChangingLine(context);
      const { time, node, name, rows, bytes, files } = await restoreBackup({
        folder: resolve(context.cwd, folder),
        directory: data,
        at: options.at,
        keyThere: key,
        progress: ({ step, rows: done }) => line.show(`${step} ${count(done)} rows`),
        signal: context.stopping,
      }).finally(() => line.end());
      const done = { data, time, node, name, rows, bytes, files: files.length, key: key !== undefined };
      print(context, options, done, [
        `Restored ${oneLine(name)} (${node}) as of ${time}: ${count(rows)} rows (${bytesText(bytes)}) into ${data}.`,
        ...(store === undefined
          ? []
          : [
              `The configuration keeps the records in a database, where nothing was restored. Bring them there: ngr store copy ${data} URL`,
            ]),
        key === undefined
          ? 'The key is still missing: put it back by "ngr identity import FILE", then start the node.'
          : store === undefined
            ? 'Start the node.'
            : 'Then start the node.',
        'What changed after that time comes back from the nodes that follow it.',
      ]);
    });
}

function intoDatabase(): CliError {
  return new CliError('RESTORE_INTO_DATABASE', 'A backup is restored into a folder, not into a database.', {
    remedy:
      'Name a folder with --data, and bring its records into the database from there: ngr store copy FOLDER URL',
  });
}
