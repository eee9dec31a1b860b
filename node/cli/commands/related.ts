import { Option, type Command } from 'commander';
import { z } from 'zod';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { itemLines, itemSchema, listOf } from '../holdings.ts';
import { withNode } from '../node-session.ts';
import { limitOption } from '../numbers.ts';
import { print } from '../print.ts';
import { keyOfRecord, RECORD_HELP } from '../record-argument.ts';
import { terminalWidth } from '../surroundings.ts';

const FEEDBACK = '/api/related-feedback';
const MOST_FEEDBACK = 500;

const opinionSchema = z.looseObject({
  record: z.string(),
  item: z.string(),
  votes: z.number(),
  leftOutBy: z.enum(['readers', 'manager']).optional(),
});
const feedbackSchema = z.looseObject({ feedback: z.array(opinionSchema) });

interface RelatedOptions extends CommonOptions {
  limit: number;
  notRelevant?: string;
  takeBack?: string;
  feedback?: true;
}

export function relatedCommand(context: CommandContext): Command {
  return aCommand('related', {
    description:
      'Lists other works that are about the same as a record, each with the reasons: words, references or citations in common, a citation of one by the other, readers who used both. What readers vote not to belong is left out for all, and so is at once what you say does not.',
    options: [
      limitOption('records', 10, 50),
      new Option('--not-relevant <item>', 'leave this record out for everybody, without a vote').conflicts([
        'takeBack',
        'feedback',
      ]),
      new Option(
        '--take-back <item>',
        'suggest this record again; votes of readers against it are forgotten',
      ).conflicts('feedback'),
      new Option('--feedback', 'list what readers and you said does not belong, with the votes'),
    ],
    examples: [
      ['ngr related oai:eprints.wyreford.example:1117', 'by OAI identifier'],
      ['ngr related oai:eprints.wyreford.example:1117 --not-relevant KEY', 'leaves one out'],
      ['ngr related oai:eprints.wyreford.example:1117 --feedback', 'what was said of it'],
    ],
  })
    .argument('<record>', RECORD_HELP)
    .action((record: string, options: RelatedOptions) =>
      withNode(context, options, async (client) => {
        const key = await keyOfRecord(client, record);
        if (options.notRelevant !== undefined) {
          const item = await keyOfRecord(client, options.notRelevant);
          const opinion = await client.post(FEEDBACK, { record: key, item }, opinionSchema);
          print(context, options, opinion, [`${item} is no longer suggested with ${key}.`]);
          return;
        }
        if (options.takeBack !== undefined) {
          const item = await keyOfRecord(client, options.takeBack);
          await client.delete(`${FEEDBACK}/${key}/${item}`);
          print(context, options, { record: key, item }, [`${item} may be suggested with ${key} again.`]);
          return;
        }
        if (options.feedback) {
          const path = `${FEEDBACK}?record=${key}&limit=${MOST_FEEDBACK}`;
          const found = await client.get(path, feedbackSchema);
          const lines = found.feedback.map(opinionLine);
          print(context, options, found, lines.length === 0 ? ['Nobody has said anything.'] : lines);
          return;
        }
        const related = await client.get(
          `/records/${key}/related?limit=${options.limit}`,
          listOf(itemSchema),
        );
        const lines = related.orderedItems.flatMap((item) => itemLines(item, terminalWidth(context)));
        print(context, options, related, lines.length === 0 ? ['Nothing is like it.'] : lines);
      }),
    );
}

/** `item beside record: 2 votes, left out by the manager`. */
function opinionLine({ record, item, votes, leftOutBy }: z.output<typeof opinionSchema>): string {
  const counted = `${votes} ${votes === 1 ? 'vote' : 'votes'}`;
  return `${item} beside ${record}: ${counted}${leftOutBy === undefined ? '' : `, left out by the ${leftOutBy}`}`;
}
