import { z } from 'zod';
import { issueSubjects, severities } from '../../../harvest/index.ts';
import { operation } from '../../openapi/index.ts';
import { whole, words } from '../../requests/query.ts';
import { count, next, time } from './values.ts';

const LONGEST_PAGE = 1_000;

const filters = {
  severity: z.enum(severities, `is none of ${severities.join(', ')}`).optional(),
  code: words(100).describe('A kind of issue, as docs/issues.md lists them.').optional(),
  source: words(200).optional(),
  oaiIdentifier: words(2_000).optional(),
  record: words(2_000)
    .describe('A record by key, address or OAI identifier; one that was refused has the last of these only.')
    .optional(),
};
const after = words(500).describe('`next` of the page before.').optional();
const limit = whole(1, LONGEST_PAGE).optional();

const issue = z
  .object({
    id: z.string(),
    code: z.string(),
    severity: z.enum(severities),
    title: z.string().describe('The code in a few words.'),
    message: z.string().describe('For a librarian.'),
    detail: z.string().optional().describe('For an engineer.'),
    remedy: z.string(),
    source: z.string(),
    oaiIdentifier: z.string().optional(),
    url: z.string().optional().describe('The file that it is about.'),
    repairs: z.array(z.object({ before: z.string(), after: z.string() })).optional(),
    place: z
      .object({
        page: count.optional(),
        record: count.optional(),
        offset: count.optional(),
        file: z.string().optional(),
        line: count.optional(),
      })
      .optional(),
    firstSeen: time,
    lastSeen: time,
    count,
  })
  .meta({ id: 'Issue' });

const kind = z
  .object({
    code: z.string(),
    severity: z.enum(severities),
    title: z.string(),
    subject: z.enum(issueSubjects).optional(),
    explains: z.string().optional(),
    remedy: z.string().optional(),
    detail: z.string().optional(),
    count,
    sources: z.record(z.string(), count).describe('How many, by the name of the source.'),
  })
  .meta({ id: 'IssueKind' });

const problems = { 404: ['HARVEST_UNKNOWN_SOURCE'] } as const;

export const issueOperations = {
  list: operation({
    method: 'GET',
    path: '/api/issues',
    group: 'issues',
    right: 'see',
    summary: 'What is wrong with the sources and their records',
    description:
      'A page of it in JSON. As CSV (`Accept: text/csv` or `?format=csv`) it is all that fits the filters, for who may export.',
    query: z.strictObject({
      ...filters,
      limit,
      after,
      format: z.enum(['json', 'csv'], 'is neither json nor csv').optional(),
    }),
    goesOnBy: 'after',
    answers: {
      200: {
        what: 'A page of issues, and how many fit the filters.',
        schema: z.object({
          issues: z.array(issue),
          counts: z.object({ error: count, warning: count, info: count }),
          next,
        }),
        types: ['text/csv'],
      },
    },
    problems,
  }),
  table: operation({
    method: 'GET',
    path: '/api/issues.csv',
    group: 'issues',
    right: 'export',
    summary: 'The issues as a table',
    query: z.strictObject({
      ...filters,
      limit: limit.describe('Without effect: all that fit the filters are told.'),
      after,
      format: z.literal('csv', 'is not csv').optional(),
    }),
    answers: { 200: { what: 'All that fit the filters.', types: ['text/csv'] } },
    problems,
  }),
  kinds: operation({
    method: 'GET',
    path: '/api/issues/kinds',
    group: 'issues',
    right: 'see',
    summary: 'How many issues there are of each kind, and what the kind means',
    query: z.strictObject(filters),
    answers: {
      200: { what: 'The kinds, errors first.', schema: z.object({ kinds: z.array(kind) }) },
    },
    problems,
  }),
};

/** Which issues are asked for. */
export type AskedIssues = z.output<z.ZodObject<typeof filters>> & { after?: string | undefined };
