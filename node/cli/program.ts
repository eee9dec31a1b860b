import { Command } from 'commander';
import { installation } from '../config/index.ts';
import type { CommandContext } from './command.ts';
import { commandsFor } from './commands/index.ts';
import { exitCodeHelp } from './exit-codes.ts';

/**
 * The whole of `ngr`: one subcommand for each file in commands/.
 * @param words that were typed after its name; where they name a command, that one alone is there
 */
export async function buildProgram(context: CommandContext, words: readonly string[] = []): Promise<Command> {
  const program = new Command('ngr')
    .description('Runs a node of the network of open-access repositories, and asks a running one.')
    .version(installation().version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    // What stands behind a subcommand is its own, also where that has subcommands with the same flags.
    .enablePositionalOptions()
    .addHelpText(
      'after',
      `
A first session:
  $ ngr start                             a node with sample records, no configuration needed
  $ ngr init                              five questions, and ngr.config.json is written
  $ ngr start                             your node
  $ ngr search "open access"              what it holds, its own and its peers'

${exitCodeHelp}

"ngr COMMAND --help" explains a command, with examples.`,
    );
  for (const create of await commandsFor(words)) program.addCommand(create(context));
  for (const command of withSubcommands(program)) {
    command.exitOverride().configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
      // What is wrong is told by run(), on one line.
      outputError: () => undefined,
    });
  }
  return program;
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}
