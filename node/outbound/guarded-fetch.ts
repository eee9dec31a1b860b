import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { Agent, fetch as undiciFetch, RequestInit as UndiciInit } from 'undici';
import { inSpan } from '../telemetry/index.ts';
import { OutboundError, outboundError } from './errors.ts';
import { guardedAgent, type GuardedAgentOptions } from './guarded-agent.ts';
import { portOf } from './named-hosts.ts';

/** The `fetch` of the Fetch standard, with an address instead of a Request. */
export type Fetch = (address: string | URL, init?: RequestInit) => Promise<Response>;

interface GuardedFetchOptions extends GuardedAgentOptions {
  /** Names the product and how to reach who runs it (guidelines for harvesters of OAI-PMH 2.0, section 2.1). */
  userAgent: string;
}

interface Sender {
  fetch: typeof undiciFetch;
  agent: Agent;
}

const MOST_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * A `fetch` for addresses that come from outside: it goes to the public Internet, and to hosts the operator named.
 *
 * The address is checked when the connection is made, after the name was resolved, so that neither a name that
 * resolves to something else the second time nor a redirect leads into the private network. GET and HEAD follow up to
 * five redirects, unless `redirect` is `manual`; an answer to another method is given back as it is.
 *
 * Rejects with an `OutboundError`, or the signal's reason. Idle connections do not keep the process alive.
 *
 * ```ts
 * const fetch = guardedFetch({ allow: ['http://localhost:8080/oai'], userAgent: 'NGR-Node/1 (+mailto:…)', timeoutMs: 30_000 });
 * await fetch('https://repository.example/oai?verb=Identify');
 * ```
 */
export function guardedFetch(options: GuardedFetchOptions): Fetch {
  const { userAgent } = options;
  let agent: Agent | undefined;

  return async (address, init = {}) => {
    // Loaded with the first request: a start has no need of it.
    const undici = await import('undici');
    agent ??= guardedAgent(undici, options);
    const by = { fetch: undici.fetch, agent };
    const headers = new Headers(init.headers);
    if (!headers.has('user-agent')) headers.set('user-agent', userAgent);
    const follows = init.redirect !== 'manual' && /^(GET|HEAD)$/i.test(init.method ?? 'GET');
    let url = checkedUrl(String(address));

    for (let redirects = 0; ; redirects += 1) {
      const response = await send(url, { ...init, headers, redirect: 'manual' }, by);
      const location = response.headers.get('location');
      if (!follows || !REDIRECTS.has(response.status) || location === null) return response;

      await response.body?.cancel();
      if (redirects === MOST_REDIRECTS) {
        throw new OutboundError(
          'OUTBOUND_TOO_MANY_REDIRECTS',
          `${String(address)} sends on more than ${MOST_REDIRECTS} times.`,
        );
      }
      const next = checkedUrl(location, url);
      if (next.origin !== url.origin) {
        headers.delete('authorization');
        headers.delete('cookie');
      }
      url = next;
    }
  };
}

/**
 * One request, within a span till the head of its answer is there (OpenTelemetry, Semantic Conventions for HTTP Client, stable).
 *
 * The span tells host and port, not the whole address, which may be a secret: callbacks and inboxes often are. And the request
 * does not tell of the span (`traceparent`): other institutions have no part in the operator's traces, and are not to see which requests
 * belong together (W3C Trace Context, "Privacy Considerations").
 */
async function send(url: URL, init: RequestInit, by: Sender): Promise<Response> {
  const method = /^[A-Z]+$/.test(init.method ?? 'GET') ? (init.method ?? 'GET') : '_OTHER';
  const attributes = {
    'http.request.method': method,
    'server.address': url.hostname,
    'server.port': Number(portOf(url)),
  };
  return await inSpan(method, { kind: SpanKind.CLIENT, attributes }, async (span) => {
    const response = await sendOnce(url, init, by);
    span.setAttribute('http.response.status_code', response.status);
    if (response.status >= 400) {
      span.setAttribute('error.type', String(response.status));
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
    return response;
  });
}

/** Here the types of undici's `fetch` and those of the global one, which are twins, meet. */
async function sendOnce(url: URL, init: RequestInit, { fetch, agent }: Sender): Promise<Response> {
  try {
    return await fetch(url, { ...(init as unknown as UndiciInit), dispatcher: agent });
  } catch (error) {
    if (init.signal?.aborted === true) throw init.signal.reason;
    throw outboundError(url.href, error);
  }
}

function checkedUrl(address: string, base?: URL): URL {
  const url = URL.canParse(address, base?.href) ? new URL(address, base) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new OutboundError('OUTBOUND_BAD_URL', `"${address.slice(0, 200)}" is no http or https address.`);
  }
  return url;
}
