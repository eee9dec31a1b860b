import { Readable } from 'node:stream';
import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import {
  issueCsvHead,
  issueCsvLine,
  type IssueFilter,
  type IssueKind,
  issueKind,
  issueSubjects,
  severities,
  type Severity,
  toldIssue,
} from '../../../harvest/index.ts';
import { may } from '../../../accounts/index.ts';
import { HttpError } from '../../errors.ts';
import type { HttpParts } from '../../parts.ts';
import { operation, route } from '../../openapi/index.ts';
import { count, next, time } from './values.ts';
import { whole, words } from '../../query.ts';
import { findRecordKey } from '../../record-lookup.ts';
import { callerOf, notWithRole } from './caller.ts';

const ISSUES = 100;
const ISSUES_AT_A_TIME = 1_000;

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
const limit = whole(1, ISSUES_AT_A_TIME).optional();

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

type AskedIssues = z.output<z.ZodObject<typeof filters>> & { after?: string | undefined };

/** A kind of issue, and how many are open. */
interface OpenKind extends Partial<Omit<IssueKind, 'title' | 'severity'>> {
  code: string;
  severity: Severity;
  title: string;
  count: number;
  /** By the source's name. */
  sources: { [source: string]: number };
}

export interface IssueParts {
  harvester: Pick<HttpParts['harvester'], 'issues' | 'issueCounts' | 'issueKinds' | 'state'>;
  catalogue: Pick<HttpParts['catalogue'], 'holdings'>;
}

/**
 * `/api/issues`: what is wrong with the sources and their records. A page of them in JSON; as CSV (`Accept: text/csv`,
 * `?format=csv` or `/api/issues.csv`) all that fit the filters.
 */
export function issueRoutes(router: Router, { harvester, catalogue }: IssueParts): void {
  route(router, issueOperations.list, async ({ ctx, query: { format, limit = ISSUES, ...query } }) => {
    const filter = await filterOf(query);
    ctx.vary('Accept');
    if (format === 'csv' || (format === undefined && ctx.accepts('json', 'text/csv') === 'text/csv')) {
      const { role } = callerOf(ctx);
      if (!may(role, 'export')) throw notWithRole(role);
      sendCsv(ctx, filter);
      return undefined;
    }
    const issues = await harvester.issues({ ...filter, limit });
    const next = issues.length < limit ? undefined : issues.at(-1)?.id;
    const { after: _, ...counted } = filter;
    return {
      issues: issues.map(toldIssue),
      counts: await harvester.issueCounts(counted),
      ...(next !== undefined && { next }),
    };
  });

  route(router, issueOperations.table, async ({ ctx, query: { format: _, limit: __, ...query } }) => {
    sendCsv(ctx, await filterOf(query));
  });

  route(router, issueOperations.kinds, async ({ query }) => {
    const filter = await filterOf(query);
    const kinds = new Map<string, OpenKind>();
    for (const open of await harvester.issueKinds(filter)) {
      const { code, severity, count } = open;
      const known: OpenKind = kinds.get(`${severity} ${code}`) ?? {
        title: code,
        ...issueKind(code),
        code,
        severity,
        count: 0,
        sources: {},
      };
      known.count += count;
      known.sources[open.source] = count;
      kinds.set(`${severity} ${code}`, known);
    }
    const errorsFirst = severities.flatMap((severity) =>
      [...kinds].filter(([key]) => key.startsWith(severity)).map(([, kind]) => kind),
    );
    return { kinds: errorsFirst };
  });

  function sendCsv(ctx: Context, filter: IssueFilter): void {
    ctx.set('Content-Type', 'text/csv; charset=utf-8; header=present');
    ctx.set('Content-Disposition', 'attachment; filename="issues.csv"');
    ctx.body = Readable.from(csvOf(filter));
  }

  async function* csvOf(filter: IssueFilter): AsyncGenerator<string> {
    yield issueCsvHead;
    for (let after = filter.after; ;) {
      const options = { ...filter, ...(after !== undefined && { after }), limit: ISSUES_AT_A_TIME };
      const issues = await harvester.issues(options);
      yield issues.map((issue) => issueCsvLine(toldIssue(issue))).join('');
      after = issues.at(-1)?.id;
      if (issues.length < ISSUES_AT_A_TIME) return;
    }
  }

  /**
   * @param query.record a record by key, IRI or OAI identifier; one that was refused has the last of these only
   * @throws HttpError `HARVEST_UNKNOWN_SOURCE`
   */
  async function filterOf({ record, ...query }: AskedIssues): Promise<IssueFilter> {
    if (query.source !== undefined) await refuseUnknown(query.source);
    const filter = Object.fromEntries(
      Object.entries(query).filter(([, value]) => value !== undefined),
    ) as IssueFilter;
    if (record === undefined) return filter;
    const key = await findRecordKey(catalogue.holdings, record);
    const holding = key === undefined ? undefined : await catalogue.holdings.get(key);
    return { ...filter, oaiIdentifier: holding?.oaiIdentifier ?? record };
  }
  /** A former source may have issues still. */
  async function refuseUnknown(source: string): Promise<void> {
    const names = harvester.state().map(({ name }) => name);
    if (names.includes(source) || (await harvester.issueKinds({ source })).length > 0) return;
    throw new HttpError(
      404,
      'HARVEST_UNKNOWN_SOURCE',
      'There is no such source',
      `No source is named "${source}".`,
      {
        remedy: names.length === 0 ? 'None is configured.' : `Choose one of: ${names.join(', ')}.`,
      },
    );
  }
}
