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
  severities,
  toldIssue,
} from '../../../harvest/index.ts';
import { HttpError } from '../../errors.ts';
import type { HttpParts } from '../../parts.ts';
import { readQuery, whole, words } from '../../query.ts';
import { findRecordKey } from '../../record-lookup.ts';

const ISSUES = 100;
const ISSUES_AT_A_TIME = 1_000;

const filters = {
  severity: z.enum(severities, `is none of ${severities.join(', ')}`).optional(),
  code: words(100).optional(),
  source: words(200).optional(),
  oaiIdentifier: words(2_000).optional(),
  record: words(2_000).optional(),
};
const issuesQuery = z.strictObject({
  ...filters,
  limit: whole(1, ISSUES_AT_A_TIME).optional(),
  after: words(500).optional(),
  format: z.enum(['json', 'csv'], 'is neither json nor csv').optional(),
});
const kindsQuery = z.strictObject(filters);

/** A kind of issue, and how many are open. */
interface OpenKind extends Partial<IssueKind> {
  code: string;
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
  router.get('/api/issues', async (ctx) => {
    const { format, limit = ISSUES, ...query } = readQuery(ctx, issuesQuery);
    const filter = await filterOf(query);
    ctx.vary('Accept');
    if (format === 'csv' || (format === undefined && ctx.accepts('json', 'text/csv') === 'text/csv')) {
      sendCsv(ctx, filter);
      return;
    }
    const issues = await harvester.issues({ ...filter, limit });
    const next = issues.length < limit ? undefined : issues.at(-1)?.id;
    const { after: _, ...counted } = filter;
    ctx.body = {
      issues: issues.map(toldIssue),
      counts: await harvester.issueCounts(counted),
      ...(next !== undefined && { next }),
    };
  });

  router.get('/api/issues.csv', async (ctx) => {
    const { format: _, limit: __, ...query } = readQuery(ctx, issuesQuery);
    sendCsv(ctx, await filterOf(query));
  });

  /** How many are open of each kind, and what the kind means. */
  router.get('/api/issues/kinds', async (ctx) => {
    const filter = await filterOf(readQuery(ctx, kindsQuery));
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
    ctx.body = { kinds: errorsFirst };
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
  async function filterOf({
    record,
    ...query
  }: Omit<z.output<typeof issuesQuery>, 'limit' | 'format'>): Promise<IssueFilter> {
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
