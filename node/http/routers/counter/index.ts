import Router from '@koa/router';
import type { Context } from 'koa';
import {
  exceptionJson,
  exceptionStatus,
  membersJson,
  releasePaths,
  reportListJson,
  reportNamed,
  statusJson,
  type CounterException,
  type Release,
} from '../../../../protocols/counter/index.ts';
import type { Holdings } from '../../../catalogue/index.ts';
import type { Clock } from '../../../clock.ts';
import { HttpError } from '../../errors.ts';
import { CSV, type Format } from '../../negotiation/formats.ts';
import { Negotiator } from '../../negotiation/negotiator.ts';
import { sendText } from '../../answers/send-text.ts';
import type { Site } from '../../site.ts';
import { CounterReports } from './counter-reports.ts';
import type { CounterUsage } from './counter-usage.ts';
import type { ReportFormat } from './report.ts';
import { ReportBounds } from './report-bounds.ts';
import { Requestors, type Requestor } from './requestors.ts';

export { CounterReports } from './counter-reports.ts';
export type { CounterUsage, MonthRange } from './counter-usage.ts';
export { REPORT_FORMATS, ReportDownloads, reportQuery } from './report-downloads.ts';
export type { Requestor } from './requestors.ts';

/** Who may read the reports, and what of the counting stands in them. */
export interface CounterSettings {
  requestors: readonly Requestor[];
  /** Days for which events that come late are taken: so long after its end a month is not told. */
  windowDays: number;
  /** Name of the platform, where it is not that of the node. */
  platform?: string | undefined;
}

interface CounterRouterOptions {
  usage: CounterUsage;
  counter: CounterSettings;
  catalogue: { holdings: Pick<Holdings, 'getMany' | 'withIdentifier'> };
  site: Pick<Site, 'base' | 'name' | 'version'>;
  clock: Clock;
  apiToken: string;
  /** Requests of one address in a minute, and reports under way at once. */
  rate?: { perMinute: number; atOnce: number };
}

const USUAL_RATE = { perMinute: 120, atOnce: 8 };
const BUSY_SECONDS = 30;

const TSV: Format = { name: 'tsv', label: 'TSV', types: ['text/tab-separated-values'] };
const JSON_REPORT: Format = { name: 'json', label: 'JSON', types: ['application/json'] };
const formats = new Negotiator([JSON_REPORT, CSV, TSV]);

/**
 * `/counter/r51` and `/counter/r5`: the COUNTER API (CoP 5.1, chapter 8), for harvesters of usage reports. Errors are
 * exceptions of the code, not problem documents (appendix D). A report is JSON, or with `?format=csv`, `?format=tsv` or their
 * media types in `Accept` a table.
 */
export function counterRouter({
  usage,
  counter,
  catalogue,
  site,
  clock,
  apiToken,
  rate = USUAL_RATE,
}: CounterRouterOptions): Router {
  const reports = new CounterReports({ usage, counter, catalogue, site, clock });
  const { platform, namespace } = reports;
  const requestors = new Requestors({ requestors: counter.requestors, apiToken });
  const bounds = new ReportBounds({ clock, ...rate });
  const router = new Router();

  for (const release of ['5.1', '5'] as const) {
    const under = `/counter/${releasePaths[release]}`;

    router.get(`${under}/status`, (ctx) => {
      if (!isHeldBack(ctx, release)) sendJson(ctx, statusJson(platform));
    });
    router.get(`${under}/members`, (ctx) => {
      if (isAllowed(ctx, release)) sendJson(ctx, membersJson(release, namespace));
    });
    router.get(`${under}/reports`, async (ctx) => {
      if (!isAllowed(ctx, release)) return;
      sendJson(ctx, reportListJson(release, await reports.available()));
    });
    router.get(`${under}/reports/:report`, (ctx) => report(ctx, release, ctx.params['report'] ?? ''));
  }

  async function report(ctx: Context, release: Release, id: string): Promise<void> {
    const definition = reportNamed(release, id);
    // Release 5.1 knows no exception for that: there is nothing at the path.
    if (definition === undefined && release === '5.1') {
      throw new HttpError(404, 'NOT_FOUND', 'There is nothing here', `There is nothing at ${ctx.path}.`);
    }
    if (isHeldBack(ctx, release)) return;
    const parameters = new URLSearchParams(ctx.querystring);
    const format = formatOf(ctx, parameters);
    const request =
      definition === undefined
        ? { refused: { code: 3000, data: id.slice(0, 100) } as const }
        : reports.read(definition, parameters, format);
    const refused = [
      requestors.refusal(ctx, parameters),
      'refused' in request ? request.refused : undefined,
    ].filter((one) => one !== undefined);
    // Of several the one with the lowest number is told (appendix D).
    const [first] = refused.toSorted((a, b) => a.code - b.code);
    if (first !== undefined || 'refused' in request) {
      refuse(ctx, release, first ?? { code: 1000 });
      return;
    }
    const place = bounds.begin();
    if ('refused' in place) {
      refuse(ctx, release, place.refused, BUSY_SECONDS);
      return;
    }
    ctx.res.once('close', place.done);
    await reports.send(ctx, request, format);
  }

  /** Whether too many requests came from the address; then they are answered. */
  function isHeldBack(ctx: Context, release: Release): boolean {
    const held = bounds.count(ctx.ip);
    if (held !== undefined) refuse(ctx, release, held.refused, held.seconds);
    return held !== undefined;
  }

  function isAllowed(ctx: Context, release: Release): boolean {
    if (isHeldBack(ctx, release)) return false;
    const refused = requestors.refusal(ctx, new URLSearchParams(ctx.querystring));
    if (refused !== undefined) refuse(ctx, release, refused);
    return refused === undefined;
  }

  return router;
}

/** What the address says before what `Accept` says; what nobody has is JSON, as the API is. */
function formatOf(ctx: Context, parameters: URLSearchParams): ReportFormat {
  const named = parameters.get('format') ?? '';
  if (named === 'json' || named === 'csv' || named === 'tsv') return named;
  const chosen = formats.choose(ctx.req.headers.accept ?? '*/*')?.format;
  return chosen === CSV ? 'csv' : chosen === TSV ? 'tsv' : 'json';
}

function refuse(ctx: Context, release: Release, exception: CounterException, retryAfter?: number): void {
  ctx.status = exceptionStatus(exception);
  if (retryAfter !== undefined) ctx.set('Retry-After', String(retryAfter));
  sendJson(ctx, exceptionJson(exception, release));
}

function sendJson(ctx: Context, value: object): void {
  ctx.set('Cache-Control', 'no-store');
  sendText(ctx, { type: 'application/json', body: JSON.stringify(value) });
}
