import { Readable } from 'node:stream';
import type Router from '@koa/router';
import { z } from 'zod';
import { issueCsvHead, issueCsvLine, issueKind, toldIssue } from '../../harvest/index.ts';
import { format, lang, readQuery, words } from '../../http/index.ts';
import type { DashboardParts } from '../dashboard.ts';
import type { Door } from '../door.ts';
import {
  harvestsPage,
  issuesPage,
  type IssueKindRow,
  type Severity,
  type SourceRow,
} from '../pages/harvests.ts';

const PAGE = 50;
/** A day of two sources. */
const PAST = 50;
const CSV_PAGE = 1_000;
const severities: readonly Severity[] = ['error', 'warning', 'info'];

const query = z.object({ format, lang, code: words(100), after: words(500).optional() });

/** The harvests and what they found wrong. */
export function harvestRoutes(router: Router, door: Door, { harvester, log }: DashboardParts): void {
  router.get(
    '/dashboard/harvest',
    door.page('see', async (visit) =>
      harvestsPage(visit, {
        sources: sources(),
        past: await harvester.pastRuns({ limit: PAST }),
        kinds: await kinds(),
      }),
    ),
  );

  router.post(
    '/dashboard/harvest',
    door.form('harvest', 'harvest.run', ({ fields }) => {
      const full = fields.get('full') === 'yes';
      // It goes on when this request is long answered; how it ends is in the source's state.
      harvester
        .run({ full })
        .catch((error: unknown) => log.error({ err: error, full }, 'the harvest failed'));
      return Promise.resolve({ to: '/dashboard/harvest' });
    }),
  );

  router.get(
    '/dashboard/issues',
    door.page('see', async (visit) => {
      const { code, after } = readQuery(visit.ctx, query);
      const found = await harvester.issues({ code, limit: PAGE, ...(after !== undefined && { after }) });
      return issuesPage(visit, {
        code,
        title: issueKind(code)?.title ?? code,
        issues: found.map(({ repairs = [], ...issue }) => ({ ...issue, repairs })),
        next: found.length < PAGE ? undefined : found.at(-1)?.id,
      });
    }),
  );

  router.get(
    '/dashboard/issues.csv',
    door.file('export', ({ ctx }) => {
      ctx.set('Content-Type', 'text/csv; charset=utf-8; header=present');
      ctx.set('Content-Disposition', 'attachment; filename="issues.csv"');
      ctx.body = Readable.from(issuesAsCsv());
    }),
  );

  function sources(): SourceRow[] {
    return harvester.state().map(({ name, url, running, progress, lastRun, nextRunAt }) => ({
      name,
      url,
      isRunning: running,
      ...(progress !== undefined && {
        progress: {
          records: progress.records,
          ...(progress.share !== undefined && { share: progress.share }),
        },
      }),
      ...(lastRun !== undefined && {
        last: {
          at: lastRun.endedAt,
          records: lastRun.records,
          refused: lastRun.refused,
          isWell: lastRun.outcome === 'complete',
          ...(lastRun.error !== undefined && {
            failure: [lastRun.error.message, lastRun.error.remedy].filter(Boolean).join(' '),
          }),
        },
      }),
      ...(nextRunAt !== undefined && { nextAt: nextRunAt }),
    }));
  }

  /** What is open, errors first; one row a kind, whatever the source. */
  async function kinds(): Promise<IssueKindRow[]> {
    const byCode = new Map<string, IssueKindRow>();
    for (const { code, severity, count } of await harvester.issueKinds()) {
      const known = byCode.get(`${severity} ${code}`);
      if (known !== undefined) {
        known.count += count;
        continue;
      }
      const kind = issueKind(code);
      byCode.set(`${severity} ${code}`, {
        code,
        severity,
        title: kind?.title ?? code,
        ...(kind !== undefined && { explains: kind.explains, remedy: kind.remedy }),
        count,
      });
    }
    return [...byCode.values()].sort(
      (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || b.count - a.count,
    );
  }

  async function* issuesAsCsv(): AsyncGenerator<string> {
    yield issueCsvHead;
    for (let after: string | undefined; ;) {
      const issues = await harvester.issues({ limit: CSV_PAGE, ...(after !== undefined && { after }) });
      yield issues.map((issue) => issueCsvLine(toldIssue(issue))).join('');
      after = issues.at(-1)?.id;
      if (issues.length < CSV_PAGE) return;
    }
  }
}
