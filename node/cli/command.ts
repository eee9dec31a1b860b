import { Command, Option } from 'commander';
import type { ExitCode } from './exit-codes.ts';
import type { Surroundings } from './surroundings.ts';

/** What a command gets: where it runs, and a way to end with another exit code than 0 without having failed. */
export interface CommandContext extends Surroundings {
  exitWith(code: ExitCode): void;
}

/** The flags that every command has. */
export type CommonOptions = {
  config?: string;
  data?: string;
  json?: true;
  verbose?: true;
};

export interface CommandHelp {
  description: string;
  /** Flags of this command alone. */
  options?: readonly Option[];
  /** What is typed, and what it does. */
  examples: readonly (readonly [line: string, meaning: string])[];
}

/** A subcommand with its own flags, the common ones, and examples in its help. */
export function aCommand(name: string, { description, options = [], examples }: CommandHelp): Command {
  const command = new Command(name).description(description).helpOption('-h, --help', 'print this help');
  for (const option of [...options, ...commonOptions()]) command.addOption(option);
  const width = Math.max(...examples.map(([line]) => line.length)) + 2;
  const lines = examples.map(([line, meaning]) => `  $ ${line.padEnd(width)}${meaning}`);
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}

function commonOptions(): Option[] {
  return [
    new Option('--config <FILE>', 'configuration file (default: ./ngr.config.json where it is there)'),
    new Option('--data <DIR>', "folder of the node's data (NGR_DATA; default: ./ngr-data)"),
    new Option('--json', 'print JSON'),
    new Option('--verbose', 'log more, and show the stack of an error'),
  ];
}

/** Collects the values of a flag that may be repeated. */
export function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}
