import { Option, type Command } from 'commander';
import { z } from 'zod';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { CliError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { itemLines, itemSchema, listOf } from '../holdings.ts';
import type { NodeClient } from '../node-client.ts';
import { withNode } from '../node-session.ts';
import { oneLine, print, shorten, table, timeText } from '../print.ts';
import { keyOfRecord, RECORD_HELP } from '../record-argument.ts';
import { terminalWidth } from '../surroundings.ts';

const actions = ['why', 'same', 'notSame', 'takeBack', 'said'] as const;
type DuplicatesOptions = CommonOptions & { [action in (typeof actions)[number]]?: true };

const statementSchema = z.looseObject({
  records: z.tuple([z.string(), z.string()]),
  says: z.enum(['same', 'different']),
  by: z.string(),
  at: z.iso.datetime(),
});
type Statement = z.output<typeof statementSchema>;
const statementsSchema = z.looseObject({ statements: z.array(statementSchema), next: z.string().optional() });

const copiesSchema = listOf(itemSchema).extend({
  workKind: z.string().optional(),
  canonicalIdentifier: z.string().optional(),
  bestOpenCopy: z
    .looseObject({ record: z.string().optional(), url: z.string().optional(), stage: z.string() })
    .optional(),
});

const compared = z.tuple([z.string(), z.string()]).optional();
const comparisonSchema = z.looseObject({
  verdict: z.enum(['same', 'different']),
  bits: z.number(),
  needed: z.number(),
  evidence: z.array(z.looseObject({ feature: z.string(), level: z.string(), bits: z.number(), compared })),
  vetoes: z.array(z.looseObject({ veto: z.string(), compared })),
  statement: z.enum(['same', 'different']).optional(),
  path: z.array(z.string()).optional(),
});
type Comparison = z.output<typeof comparisonSchema>;

const PAGE = 500;

export function duplicatesCommand(context: CommandContext): Command {
  return aCommand('duplicates', {
    description:
      'Lists the other records of the same work, here and at peers, with what shows that they are; says of two records that they are of the same work, or are not.',
    options: [
      anAction('--why', 'show what speaks for and against two records being of the same work'),
      anAction('--same', 'say of two records that they are of the same work'),
      anAction('--not-same', 'say of two records that they are not of the same work'),
      anAction('--take-back', 'take back what was said of two records'),
      anAction('--said', 'list what was said, of all records or of one'),
    ],
    examples: [
      ['ngr duplicates oai:eprints.wyreford.example:1117', 'by OAI identifier'],
      [
        'ngr duplicates --not-same oai:eprints.wyreford.example:1117 5ifbccq7u…',
        'from now on they are apart',
      ],
      ['ngr duplicates --why oai:eprints.wyreford.example:1117 5ifbccq7u…', 'the evidence, bit by bit'],
      ['ngr duplicates --said', 'all that was said, to be taken back where it is wrong'],
    ],
  })
    .argument('[records...]', RECORD_HELP)
    .action((records: string[], options: DuplicatesOptions) =>
      withNode(context, options, async (client) => {
        if (options.why) return await compare(context, options, client, records);
        if (options.said) return await listStatements(context, options, client, records);
        if (options.same) return await say(context, options, client, records, 'same');
        if (options.notSame) return await say(context, options, client, records, 'different');
        if (options.takeBack) return await takeBack(context, options, client, records);
        await listCopies(context, options, client, records);
      }),
    );
}

/** One at a time. */
function anAction(flag: string, description: string): Option {
  const option = new Option(flag, description);
  return option.conflicts(actions.filter((action) => action !== option.attributeName()));
}

async function listCopies(
  context: CommandContext,
  options: CommonOptions,
  client: NodeClient,
  records: readonly string[],
): Promise<void> {
  const [record] = named(records, 1);
  const key = await keyOfRecord(client, record);
  const copies = await client.get(`/records/${key}/duplicates`, copiesSchema);
  const { bestOpenCopy: best, canonicalIdentifier } = copies;
  const lines = copies.orderedItems.flatMap((item) => itemLines(item, terminalWidth(context)));
  if (lines.length === 0) lines.push('It is the only record of its work.');
  if (best !== undefined)
    lines.push(`Best open copy: ${oneLine(best.url ?? best.record ?? '')} (version: ${oneLine(best.stage)})`);
  if (canonicalIdentifier !== undefined)
    lines.push(`Identifier of the work: ${oneLine(canonicalIdentifier)}`);
  print(context, options, copies, lines);
}

/** What speaks for and against two records being of one work. */
async function compare(
  context: CommandContext,
  options: CommonOptions,
  client: NodeClient,
  records: readonly string[],
): Promise<void> {
  const [a, b] = named(records, 2);
  const [key, other] = [await keyOfRecord(client, a), await keyOfRecord(client, b)];
  const comparison = await client.get(`/records/${key}/duplicates/${other}`, comparisonSchema);
  print(context, options, comparison, comparisonLines(comparison, terminalWidth(context)));
}

function comparisonLines(comparison: Comparison, width: number): string[] {
  const { verdict, bits, needed, evidence, vetoes, statement, path = [] } = comparison;
  const rows = evidence.map(({ feature, level, bits: added, compared: of = ['', ''] }) => [
    feature,
    level,
    signed(added),
    ...of.map((text) => shorten(text, (width - 40) / 2)),
  ]);
  return [
    `They are ${inWords[verdict]}: the evidence adds up to ${signed(bits)} bits, and ${needed} are needed.`,
    ...table(['What', 'How', 'Bits', 'Of the first', 'Of the second'], rows),
    ...vetoes.map(({ veto, compared: of = [] }) =>
      shorten([`Kept apart by: ${veto}`, ...of].join('  '), width),
    ),
    ...(statement === undefined ? [] : [`Said here: they are ${inWords[statement]}.`]),
    ...(path.length === 0 ? [] : [`Joined through ${path.slice(1, -1).map(oneLine).join(', ')}`]),
  ];
}

const signed = (bits: number): string => (bits > 0 ? `+${bits}` : String(bits));

async function say(
  context: CommandContext,
  options: CommonOptions,
  client: NodeClient,
  records: readonly string[],
  says: Statement['says'],
): Promise<void> {
  const [a, b] = named(records, 2);
  const pair = [await keyOfRecord(client, a), await keyOfRecord(client, b)];
  const statement = await client.post('/api/statements', { records: pair, says }, statementSchema);
  print(context, options, statement, [
    `${pair.join(' and ')} are ${inWords[says]} from now on, here; what other nodes find is not changed by it.`,
  ]);
}

async function takeBack(
  context: CommandContext,
  options: CommonOptions,
  client: NodeClient,
  records: readonly string[],
): Promise<void> {
  const [a, b] = named(records, 2);
  const pair = [await keyOfRecord(client, a), await keyOfRecord(client, b)];
  await client.delete(`/api/statements/${pair.join('/')}`);
  print(context, options, { records: pair }, [`What was said of ${pair.join(' and ')} is taken back.`]);
}

async function listStatements(
  context: CommandContext,
  options: CommonOptions,
  client: NodeClient,
  records: readonly string[],
): Promise<void> {
  const about = records.length === 0 ? '' : `&record=${await keyOfRecord(client, named(records, 1)[0])}`;
  const found: Statement[] = [];
  for (let after: string | undefined = ''; after !== undefined;) {
    const page: z.output<typeof statementsSchema> = await client.get(
      `/api/statements?limit=${PAGE}${about}${after}`,
      statementsSchema,
    );
    found.push(...page.statements);
    after = page.next === undefined ? undefined : `&after=${page.next}`;
  }
  const lines = table(
    ['Record', 'and record', 'are', 'Said by', 'When'],
    found.map(({ records: [a, b], says, by, at }) => [a, b, inWords[says], by, timeText(Date.parse(at))]),
  );
  print(context, options, { statements: found }, found.length === 0 ? ['Nothing was said.'] : lines);
}

const inWords = { same: 'of the same work', different: 'not of the same work' } as const;

/** As many records as are to be named. @throws CliError `RECORDS_NAMED` */
function named(records: readonly string[], wanted: 1): [string];
function named(records: readonly string[], wanted: 2): [string, string];
function named(records: readonly string[], wanted: number): string[] {
  if (records.length === wanted) return [...records];
  const needed = wanted === 1 ? 'one record' : 'two records';
  throw new CliError('RECORDS_NAMED', `This needs ${needed}, and ${records.length} are named.`, {
    remedy: `Name ${needed} by key, address or OAI identifier; "ngr duplicates --help" shows how.`,
    exitCode: ExitCode.usage,
  });
}
