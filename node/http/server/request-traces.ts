import { randomBytes } from 'node:crypto';
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context as TraceContext,
} from '@opentelemetry/api';
import type { Context, Middleware } from 'koa';
import { readTraceParent } from '../../../protocols/http/index.ts';
import { activeTrace, inSpan, isTraced } from '../../telemetry/index.ts';
import { methodOf, routeOf } from './request-metrics.ts';

/**
 * Answers each request within a span (OpenTelemetry, Semantic Conventions for HTTP Server, stable): `GET /records/:key`, a part of the
 * caller's trace where `traceparent` names one.
 *
 * The conventions ask for path and query, and would take the address of the client. None of them is told: tokens and what readers look
 * for stand in paths and queries, and a trace leaves the machine.
 */
export const requestTraces: Middleware = (ctx, next) => (isTraced() ? answeredInSpan(ctx, next) : next());

const answeredInSpan: Middleware = async (ctx, next) => {
  const method = methodOf(ctx);
  const attributes = {
    'http.request.method': method === 'other' ? '_OTHER' : method,
    'url.scheme': ctx.protocol,
  };
  const options = { kind: SpanKind.SERVER, attributes, parent: callersContext(ctx) };
  await inSpan(method === 'other' ? 'HTTP' : method, options, async (span) => {
    await next();
    if (!span.isRecording()) return;
    const { status } = ctx;
    const route = routeOf(ctx);
    span.setAttribute('http.response.status_code', status);
    if (route !== undefined) {
      span.setAttribute('http.route', route);
      if (method !== 'other') span.updateName(`${method} ${route}`);
    }
    if (status < 500) return;
    span.setAttribute('error.type', String(status));
    span.setStatus({ code: SpanStatusCode.ERROR });
  });
};

/**
 * The id of a request, by which it is found in the log and, where there are traces, among them: its trace id. It is the caller's, where
 * the caller has one (W3C Trace Context, "trace-id"), so that whoever has a proxy with traces finds it there, too.
 */
export function requestId(ctx: Context): string {
  return activeTrace() ?? callerOf(ctx)?.traceId ?? randomBytes(16).toString('hex');
}

function callersContext(ctx: Context): TraceContext {
  const caller = callerOf(ctx);
  if (caller === undefined) return ROOT_CONTEXT;
  const { traceId, spanId, flags: traceFlags } = caller;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}

function callerOf({ req }: Context): ReturnType<typeof readTraceParent> {
  const header = req.headers['traceparent'];
  return typeof header === 'string' ? readTraceParent(header) : undefined;
}
