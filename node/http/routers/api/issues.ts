import type Router from '@koa/router';
import type { Context } from 'koa';
import { may } from '../../../accounts/index.ts';
import { toldIssue, type IssueFilter } from '../../../harvest/index.ts';
import { sendTable } from '../../answers/send-table.ts';
import { HttpError } from '../../errors.ts';
import { openKinds } from '../../issues/open-kinds.ts';
import { issueTable } from '../../issues/table.ts';
import { route } from '../../openapi/index.ts';
import type { HttpParts } from '../../parts.ts';
import { findHolding } from '../../records/lookup.ts';
import { callerOf, notWithRole } from './caller.ts';
import { issueOperations, type AskedIssues } from './issue-operations.ts';

/** A page, where nothing is said. */
const ISSUES = 100;

interface IssueParts {
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
      sendIssues(ctx, filter);
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
    sendIssues(ctx, await filterOf(query));
  });

  route(router, issueOperations.kinds, async ({ query }) => {
    return { kinds: await openKinds(harvester, await filterOf(query)) };
  });

  function sendIssues(ctx: Context, filter: IssueFilter): void {
    sendTable(ctx, 'issues', () => issueTable(harvester, filter));
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
    const held = await findHolding(catalogue.holdings, record);
    return { ...filter, oaiIdentifier: held?.holding.oaiIdentifier ?? record };
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
