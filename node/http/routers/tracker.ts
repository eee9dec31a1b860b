import Router, { type RouterContext } from '@koa/router';
import type { Context } from 'koa';
import {
  OpenUrlError,
  parseTrackerHit,
  parseTrackerLines,
  type TrackerHit,
} from '../../../protocols/openurl/index.ts';
import { UsageError } from '../../analysis/usage/index.ts';
import { HttpError } from '../errors.ts';
import type { HttpParts } from '../parts.ts';
import type { PublicParts } from '../public-parts.ts';
import { readBody, readForm } from '../requests/body.ts';
import { Floods, Senders, tooMany, trackedItem } from '../tracker/index.ts';

const PATHS = ['/tracker', '/tracker/:key'];
const FORM_LIMIT = 16 * 1024;
const LINES_LIMIT = 1024 * 1024;
const MOST_LINES = 2_000;

type Outcome = Awaited<ReturnType<HttpParts['usage']['record']>>;

/** What became of the events of a request; those that were refused by their lines. */
interface Taken {
  /** All that are on disk, those of robots and of internal addresses among them. */
  taken: number;
  robots: number;
  internal: number;
  refused: { line: number; code: string; detail: string }[];
}

/**
 * `/tracker`, or `/tracker/{site key}`: what the repository's own pages and files were used, told by its software as OpenURLs
 * (docs/usage-tracker.md): one in the query of a GET or HEAD, or in the form of a POST; several as lines of a text.
 *
 * 200 when it is on disk, with what became of it: a robot's event is taken, too, and counted apart. DSpace sends again
 * whatever is not answered by 200, and EPrints sends by HEAD, so neither can be answered otherwise. Without a query a GET
 * counts nothing, and tells that the tracker is there.
 */
export function trackerRouter(
  parts: Pick<
    PublicParts,
    'catalogue' | 'usageItems' | 'usage' | 'usageSites' | 'trackerRefusals' | 'site' | 'clock'
  >,
): Router {
  const { usage, trackerRefusals: refusals, site } = parts;
  const senders = new Senders({ sites: parts.usageSites, trustProxy: site.trustProxy ?? false });
  const floods = new Floods(parts);
  const router = new Router();

  router.get(PATHS, async (ctx) => {
    if (ctx.querystring === '') return answer(ctx, none());
    await refusing(async () => {
      admit(ctx, senderOf(ctx), 1);
      answer(ctx, await takeOne(ctx, new URLSearchParams(ctx.querystring)));
    });
  });

  router.post(PATHS, (ctx) =>
    refusing(async () => {
      if (ctx.is('text/plain') === 'text/plain') return await takeLines(ctx);
      const form = await readForm(ctx, FORM_LIMIT);
      admit(ctx, senderOf(ctx, form), 1);
      answer(ctx, await takeOne(ctx, form.size === 0 ? new URLSearchParams(ctx.querystring) : form));
    }),
  );

  async function refusing(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (cause) {
      throw refusals.answer(cause);
    }
  }

  function senderOf(ctx: RouterContext, form?: URLSearchParams): string {
    try {
      return senders.of(ctx, { path: ctx.params['key'], ...(form !== undefined && { form }) });
    } catch (cause) {
      const seconds = floods.ofStranger(ctx.ip);
      throw seconds > 0 ? tooMany(ctx, 'requests without a valid key', seconds) : cause;
    }
  }

  function admit(ctx: Context, sender: string, events: number): void {
    const seconds = floods.ofSite(sender, events);
    if (seconds > 0) throw tooMany(ctx, 'events of one site', seconds);
  }

  async function takeOne(ctx: Context, query: URLSearchParams): Promise<Taken> {
    const taken = none();
    note(taken, await count(ctx, parseTrackerHit(query)));
    return taken;
  }

  /** Who sends is asked before the body is read. */
  async function takeLines(ctx: RouterContext): Promise<void> {
    const sender = senderOf(ctx);
    const lines = parseTrackerLines((await readBody(ctx, LINES_LIMIT)).toString(), MOST_LINES);
    admit(ctx, sender, lines.length);
    const taken = none();
    await Promise.all(
      lines.map(async (read) => {
        try {
          if ('error' in read) throw read.error;
          note(taken, await count(ctx, read.hit));
        } catch (cause) {
          if (!isRefusal(cause)) throw cause;
          const { code, message } = refusals.note(cause);
          taken.refused.push({ line: read.line, code, detail: message });
        }
      }),
    );
    taken.refused.sort((a, b) => a.line - b.line);
    answer(ctx, taken);
  }

  /** @throws UsageError as `Usage.record`; HttpError 429 */
  async function count(ctx: Context, hit: TrackerHit): Promise<Outcome> {
    const { kind, time, address, userAgent } = hit;
    const seconds = floods.ofReader(address);
    if (seconds > 0) throw tooMany(ctx, 'events of one reader', seconds);
    const key = await trackedItem(parts, hit);
    return await usage.record({ kind, key, address, userAgent, time });
  }

  return router;
}

const none = (): Taken => ({ taken: 0, robots: 0, internal: 0, refused: [] });

function note(taken: Taken, outcome: Outcome): void {
  taken.taken += 1;
  if (outcome === 'robot') taken.robots += 1;
  else if (outcome === 'internal') taken.internal += 1;
}

function isRefusal(cause: unknown): cause is OpenUrlError | UsageError | HttpError {
  return cause instanceof OpenUrlError || cause instanceof UsageError || cause instanceof HttpError;
}

function answer(ctx: Context, taken: Taken): void {
  ctx.set('Cache-Control', 'no-store');
  ctx.status = 200;
  ctx.body = JSON.stringify(taken);
  ctx.type = 'application/json';
}
