import { resolve } from 'node:path';
import type { Command } from 'commander';
import { copyStore, isPostgresUrl } from '../../store/index.ts';
import { ChangingLine } from '../changing-line.ts';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { bytesText, count, print } from '../print.ts';

export function storeCommand(context: CommandContext): Command {
  const command = aCommand('store', {
    description: 'Moves the records of a node from its own folder to PostgreSQL, or back.',
    examples: [['ngr store copy ./ngr-data postgres://ngr@db.example.edu/ngr', 'into a database']],
  });
  command.action(() => command.help());
  command.enablePositionalOptions();
  return command.addCommand(storeCopyCommand(context));
}

function storeCopyCommand(context: CommandContext): Command {
  return aCommand('copy', {
    description:
      'Copies a store to a place where there is none, and compares both to the last byte. Each place is a data directory or a URL postgres://…. The node must not run.',
    examples: [
      [
        'ngr store copy ./ngr-data postgres://ngr@db.example.edu/ngr',
        'from the data directory into a database',
      ],
      ['ngr store copy postgres://ngr@db.example.edu/ngr ./ngr-data', 'and back'],
    ],
  })
    .argument('<from>', 'data directory or URL')
    .argument('<to>', 'data directory or URL')
    .action(async (from: string, to: string, options: CommonOptions) => {
      const place = (written: string): string =>
        isPostgresUrl(written) ? written : resolve(context.cwd, written);
      const line = new ChangingLine(context);
      const copy = await copyStore(place(from), place(to), {
        clock: context.clock,
        signal: context.stopping,
        progress: ({ step, rows }) => line.show(`${step} ${count(rows)} rows`),
      }).finally(() => line.end());
      print(context, options, copy, [
        `Copied ${count(copy.rows)} rows (${bytesText(copy.bytes)}) from ${copy.from} to ${copy.to}; both are the same (sha-256 ${copy.digest}).`,
        isPostgresUrl(to)
          ? 'Name the URL as "store" in the configuration, or in NGR_STORE, and start the node. Its key stays in the data directory.'
          : 'Take "store" out of the configuration, and start the node.',
      ]);
    });
}
