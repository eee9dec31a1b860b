import { Argument, Option, type Command } from 'commander';
import { z } from 'zod';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { withNode } from '../node-session.ts';
import { print, table, timeText } from '../print.ts';

const person = z.looseObject({ id: z.string(), name: z.string(), mail: z.string(), role: z.string() });
const listSchema = z.looseObject({
  people: z.array(person.extend({ since: z.iso.datetime() })),
  invitations: z.array(person.extend({ expires: z.iso.datetime() })),
});
const madeSchema = person.extend({ expires: z.iso.datetime(), link: z.url(), isMailed: z.boolean() });

const ROLES = ['standard', 'advanced', 'administrator'];

export function peopleCommand(context: CommandContext): Command {
  return aCommand('people', {
    description:
      'Lists the people who may log in to the dashboard. With --invite, makes a link by which somebody gets an account; the first has to be an administrator.',
    options: [
      new Option('--invite <MAIL>', 'mail address of whom to invite'),
      new Option(
        '--role <ROLE>',
        'what she may do: standard sees, advanced also acts, administrator everything',
      )
        .choices(ROLES)
        .default('standard'),
    ],
    examples: [
      ['ngr people', 'who may log in'],
      ['ngr people --invite ana@example.edu --role administrator "Ana Silva"', 'prints the link to send her'],
    ],
  })
    .addArgument(new Argument('[name]', 'name of whom to invite'))
    .action((name: string | undefined, given: CommonOptions & { invite?: string; role: string }) => {
      // A person's role is not that of a process ("ngr start --role").
      const { invite: mail, role, ...options } = given;
      return withNode(context, options, async (client) => {
        if (mail !== undefined) {
          const made = await client.post(
            '/api/people/invitations',
            { mail, name: name ?? mail, role },
            madeSchema,
          );
          const until = `it is good once, until ${timeText(Date.parse(made.expires))}`;
          print(context, options, made, [
            made.isMailed
              ? `This link was mailed to ${made.mail}; ${until}:`
              : `Send this link to ${made.mail}; ${until}:`,
            made.link,
          ]);
          return;
        }
        const list = await client.get('/api/people', listSchema);
        const rows = [
          ...list.people.map(({ name, mail, role, since }) => [
            name,
            mail,
            role,
            timeText(Date.parse(since)),
          ]),
          ...list.invitations.map(({ name, mail, role, expires }) => [
            name,
            mail,
            role,
            `invited, until ${timeText(Date.parse(expires))}`,
          ]),
        ];
        const lines =
          rows.length === 0
            ? ['Nobody can log in yet: ngr people --invite you@example.edu --role administrator "Your Name"']
            : table(['name', 'mail', 'role', 'since'], rows);
        print(context, options, list, lines);
      });
    });
}
