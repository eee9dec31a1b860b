import { Option, type Command } from 'commander';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { print } from '../print.ts';
import { configOf } from '../settings.ts';

export function rotateKeyCommand(context: CommandContext): Command {
  return aCommand('rotate-key', {
    description:
      'Gives the node another key, and so another id. The node must not run; with its next start its records are signed anew, and other nodes follow it under the new id.',
    options: [
      new Option(
        '--lost',
        'the former key is gone or in other hands: nothing is signed with it, and others wait a day for the word of the domain',
      ),
    ],
    examples: [
      ['ngr rotate-key', 'the former key signs which one comes in its place'],
      ['ngr rotate-key --lost', 'where there is no copy of it, or a thief has one'],
    ],
  }).action(async (options: CommonOptions & { lost?: true }) => {
    const config = await configOf(options, context);
    const done = await context.rotateKey(config, { isLost: options.lost === true, clock: context.clock });
    const { from, to, kept } = done;
    print(context, options, done, [
      `The node is ${to} from now on. It was ${from}.`,
      ...(kept === undefined
        ? []
        : [`The former key is kept in ${kept}; the new one is in identity.pem. Keep a copy of it.`]),
      options.lost === true
        ? 'Start the node. Others follow it under the new id when its domain has named that for a day.'
        : 'Start the node: its records are signed anew. Others follow it as soon as they have asked its domain.',
    ]);
  });
}
