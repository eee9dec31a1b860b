import pino from 'pino';
import { Registry } from 'prom-client';
import { UsageError, type UsageEvent } from '../../../node/analysis/usage/index.ts';
import { createApp, listen } from '../../../node/http/index.ts';
import type { TrackerSite } from '../../../node/http/tracker/index.ts';
import { aSite, type TestSite } from '../support/a-site.ts';

export const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0';

/** The query of an event, as DSpace sends it for a download. */
export function anEvent(more: Readonly<Record<string, string>> = {}): string {
  return new URLSearchParams({
    url_ver: 'Z39.88-2004',
    req_id: '192.0.2.1',
    req_dat: FIREFOX,
    'rft.artnum': 'oai:repository.example:1',
    rfr_dat: '',
    rfr_id: 'repository.example',
    url_tim: '2026-01-01T00:00:00Z',
    svc_dat: 'https://repository.example/1.pdf',
    rft_dat: 'Request',
    ...more,
  }).toString();
}

/** A node's HTTP side, whose counting is a list of what it was given: what is counted of it is the counting's own matter. */
export interface TestTracker {
  site: TestSite;
  url: string;
  /** What was given to the counting, in order. */
  events: UsageEvent[];
  /** The lines of the log, at its most detailed. */
  log: string[];
  ask(query: string, init?: RequestInit): Promise<Response>;
  post(body: string, type?: string, headers?: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

export async function aTracker(
  options: {
    usageSites?: readonly TrackerSite[];
    trustProxy?: boolean;
    cluster?: { secret: string };
    record?: (event: UsageEvent) => Promise<'counted' | 'robot' | 'internal'>;
  } = {},
): Promise<TestTracker> {
  const site = await aSite();
  const { parts, catalogue } = site;
  const events: UsageEvent[] = [];
  const log: string[] = [];
  const record = async (event: UsageEvent): Promise<'counted' | 'robot' | 'internal'> => {
    const place = await catalogue.holdings.place(event.key);
    if (place === undefined) throw new UsageError('USAGE_UNKNOWN_ITEM', 'It is not held here.');
    if (place.node !== catalogue.node) throw new UsageError('USAGE_NOT_OWN', 'It is another node’s.');
    if (place.kind === 'withdrawn') throw new UsageError('USAGE_WITHDRAWN_ITEM', 'It is withdrawn.');
    const outcome = (await options.record?.(event)) ?? 'counted';
    events.push(event);
    return outcome;
  };
  const app = createApp({
    ...parts,
    usage: { ...parts.usage, record },
    usageSites: options.usageSites ?? [],
    cluster: options.cluster,
    site: { ...parts.site, trustProxy: options.trustProxy ?? false },
    metrics: new Registry(),
    log: pino({ level: 'trace' }, { write: (line: string) => void log.push(line) }),
  });
  const http = await listen('127.0.0.1', 0);
  const answer = app.callback();
  http.serve((request, response) => void answer(request, response));
  const { url } = http;
  return {
    site,
    url,
    events,
    log,
    ask: (query, init) => fetch(`${url}/tracker?${query}`, init),
    post: (body, type = 'application/x-www-form-urlencoded', headers = {}) =>
      fetch(`${url}/tracker`, { method: 'POST', headers: { 'content-type': type, ...headers }, body }),
    close: async () => {
      await http.close();
      await site.close();
    },
  };
}

/** The code of a refusal, which is a problem document. */
export async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { code: string }).code;
}
