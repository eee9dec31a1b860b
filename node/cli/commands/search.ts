import { InvalidArgumentError, Option, type Command } from 'commander';
import { z } from 'zod';
import { aCommand, collect, type CommandContext, type CommonOptions } from '../command.ts';
import { itemLines, itemSchema, listOf } from '../holdings.ts';
import { withNode } from '../node-session.ts';
import { limitOption } from '../numbers.ts';
import { count, oneLine, print, shorten } from '../print.ts';
import { terminalWidth } from '../surroundings.ts';

const VALUES_SHOWN = 10;
const FACET_INDENT = 12;

type SearchOptions = CommonOptions & {
  limit: number;
  type?: string[];
  from?: string;
  to?: string;
  access?: string[];
  language?: string[];
  origin?: string[];
  licence?: string[];
  order?: string;
  asWritten?: true;
  facets?: true;
};

const resultsSchema = listOf(itemSchema).extend({
  correctedQuery: z.string().optional(),
  isCutShort: z.boolean().optional(),
  facets: z
    .array(
      z.looseObject({
        property: z.string(),
        values: z.array(z.looseObject({ value: z.string(), name: z.string().optional(), count: z.number() })),
      }),
    )
    .optional(),
});
type Results = z.output<typeof resultsSchema>;
type Facet = NonNullable<Results['facets']>[number];

export function searchCommand(context: CommandContext): Command {
  return aCommand('search', {
    description:
      "Searches the node's own records and those of the nodes it follows. A filter may be given several times: one of its values is enough.",
    options: [
      repeated('--type <TYPE>', 'only of this resource type: a COAR URI, or a name such as thesis'),
      yearOption('--from <YEAR>', 'only published in this year or later'),
      yearOption('--to <YEAR>', 'only published in this year or earlier'),
      repeated('--access <RIGHT>', 'only with this access: open, embargoed, restricted, metadata-only'),
      repeated('--language <TAG>', 'only in this language, such as pt'),
      repeated('--origin <NODE>', 'only of the institution whose node has this id'),
      repeated('--licence <LICENCE>', 'only under this licence: its URI, or a name such as CC-BY'),
      new Option('--order <ORDER>', 'what comes first').choices(['relevance', 'newest', 'oldest']),
      new Option('--as-written', 'take no word for another, though it be in no record'),
      new Option('--facets', 'print also by what the results can be narrowed, with numbers of records'),
      limitOption('works', 10, 100),
    ],
    examples: [
      ['ngr search institutional repositories', 'the ten best works'],
      [`ngr search '"open access" author:knoth -metadata'`, 'a phrase, an author, and a word left out'],
      ['ngr search preservation --type thesis --from 2015 --access open', 'open theses since 2015'],
      ['ngr search preservation --facets', 'and what kinds of results there are'],
      ['ngr search preservation --limit 50 --json', 'fifty, for a program'],
    ],
  })
    .argument('<words...>', 'what to look for: words, "a phrase", title:word, -word, OR (docs/search.md)')
    .action((words: string[], options: SearchOptions) =>
      withNode(context, options, async (client) => {
        const found = await client.get(`/search?${parametersOf(words, options).toString()}`, resultsSchema);
        print(context, options, found, linesOf(found, options, terminalWidth(context)));
      }),
    );
}

function parametersOf(words: readonly string[], options: SearchOptions): URLSearchParams {
  const { type, from, to, access, language, origin, licence, order, limit } = options;
  const query = new URLSearchParams({ q: words.join(' ') });
  for (const [name, value] of Object.entries({ type, from, to, access, language, origin, licence, order })) {
    for (const one of typeof value === 'string' ? [value] : (value ?? [])) query.append(name, one);
  }
  if (options.asWritten) query.set('spelling', 'as-written');
  query.set('limit', String(limit));
  return query;
}

function linesOf(found: Results, { facets }: SearchOptions, width: number): string[] {
  const {
    orderedItems,
    totalItems = orderedItems.length,
    correctedQuery,
    isCutShort,
    facets: counted = [],
  } = found;
  return [
    ...(correctedQuery === undefined ? [] : correctedLines(correctedQuery)),
    ...orderedItems.flatMap((item) => itemLines(item, width)),
    totalItems === 0 ? 'Nothing was found.' : sums(orderedItems.length, totalItems),
    ...(isCutShort
      ? ['The search took too long and was ended: there may be more. More or rarer words make it faster.']
      : []),
    ...(facets ? counted.flatMap((facet) => facetLines(facet, width)) : []),
  ];
}

function correctedLines(query: string): string[] {
  return [
    'Words of the search are in no record; with --as-written they are searched for all the same.',
    `Results for: ${oneLine(query)}`,
    '',
  ];
}

/** Several copies of a work are several records and one result. */
function sums(works: number, records: number): string {
  const shown = `${count(works)} ${works === 1 ? 'work' : 'works'} shown`;
  return `${shown}, ${count(records)} ${records === 1 ? 'record' : 'records'} found`;
}

function facetLines({ property, values }: Facet, width: number): string[] {
  const shown = values.slice(0, VALUES_SHOWN);
  const rest = values.length - shown.length;
  return [
    '',
    property,
    ...shown.map(
      ({ value, name, count: records }) =>
        `${count(records).padStart(FACET_INDENT - 2)}  ${shorten(name === undefined ? value : `${value} (${name})`, width - FACET_INDENT)}`,
    ),
    ...(rest > 0 ? [`${' '.repeat(FACET_INDENT)}and ${count(rest)} more`] : []),
  ];
}

function repeated(flags: string, description: string): Option {
  return new Option(flags, `${description}; repeatable`).argParser(collect);
}

function yearOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => {
    if (/^\d{4}$/.test(text)) return text;
    throw new InvalidArgumentError('It has to be a year of four digits.');
  });
}
