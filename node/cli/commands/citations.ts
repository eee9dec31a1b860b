import { Option, type Command } from 'commander';
import { z } from 'zod';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { itemLines, itemSchema, listOf } from '../holdings.ts';
import { withNode } from '../node-session.ts';
import { limitOption } from '../numbers.ts';
import { oneLine, print, shorten } from '../print.ts';
import { keyOfRecord, RECORD_HELP } from '../record-argument.ts';
import { terminalWidth } from '../surroundings.ts';

/** A held work as in every list; of another there may be no more than the reference as it stands. */
const workSchema = z.looseObject({
  id: z.string().optional(),
  citation: z.string().optional(),
  titles: z.array(z.looseObject({ value: z.string() })).optional(),
});
type Work = z.output<typeof workSchema>;

export function citationsCommand(context: CommandContext): Command {
  return aCommand('citations', {
    description: 'Lists what a record cites and what cites it, here and at peers.',
    options: [
      new Option('--csv', 'all of them, as a table for a spreadsheet').conflicts('json'),
      limitOption('works of each kind', 50, 200),
    ],
    examples: [
      ['ngr citations oai:eprints.wyreford.example:1117', 'by OAI identifier'],
      ['ngr citations oai:eprints.wyreford.example:1117 --json', 'for a script'],
      ['ngr citations oai:eprints.wyreford.example:1117 --csv > citations.csv', 'for a spreadsheet'],
    ],
  })
    .argument('<record>', RECORD_HELP)
    .action((record: string, options: CommonOptions & { csv?: true; limit: number }) =>
      withNode(context, options, async (client) => {
        const key = await keyOfRecord(client, record);
        if (options.csv) {
          const table = client.text(`/records/${key}/citations`, 'text/csv');
          for await (const text of table) context.stdout.write(text);
          return;
        }
        const address = `/records/${key}/citations?limit=${options.limit}&direction`;
        const cites = await client.get(`${address}=cites`, listOf(workSchema));
        const citedBy = await client.get(`${address}=citedBy`, listOf(workSchema));
        const width = terminalWidth(context);
        const lines = [
          ...section('Cites', cites, width, 'No references of it are known.'),
          '',
          ...section('Cited by', citedBy, width, 'Nothing is known to cite it.'),
        ];
        print(context, options, { cites, citedBy }, lines);
      }),
    );
}

function section(
  heading: string,
  { orderedItems, next }: { orderedItems: readonly Work[]; next?: string | undefined },
  width: number,
  none: string,
): string[] {
  if (orderedItems.length === 0) return [`${heading}: ${none}`];
  return [
    `${heading} (${orderedItems.length}${next === undefined ? '' : ' and more'})`,
    ...orderedItems.flatMap((work) => linesOf(work, width - 2)).map((line) => `  ${line}`),
  ];
}

function linesOf(work: Work, width: number): string[] {
  const held = itemSchema.safeParse(work);
  if (held.success) return itemLines(held.data, width);
  const text = work.citation ?? work.titles?.[0]?.value;
  return [
    ...(text === undefined ? [] : [shorten(text, width)]),
    ...(work.id === undefined ? [] : [`   ${oneLine(work.id)}`]),
  ];
}
