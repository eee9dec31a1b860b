import {
  context,
  ProxyTracerProvider,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span,
} from '@opentelemetry/api';

/** Under which the spans of the node are sent (OpenTelemetry, instrumentation scope). */
const SCOPE = 'ngr-node';

export interface SpanOptions {
  kind?: SpanKind;
  /** Nothing of a person, and nothing that somebody may have put into an address: spans leave the machine. */
  attributes?: Attributes;
  /** What it is a part of; what is active, if not given. */
  parent?: Context;
  /** It goes on when what began it has its answer: a trace of its own, which names the other one. */
  isRoot?: boolean;
}

/** What answers where nobody wants traces. */
const NOBODY = new ProxyTracerProvider().getDelegate();

/** Whether traces are wanted. Who does the same thing thousands of times a second asks first: also a span that is nowhere takes its time. */
export function isTraced(): boolean {
  const provider = trace.getTracerProvider();
  return !(provider instanceof ProxyTracerProvider) || provider.getDelegate() !== NOBODY;
}

/**
 * Does some work within a span. Where no traces are wanted (`startTracing`), the API of OpenTelemetry does nothing, so that parts
 * need not know.
 *
 * Of an error only its kind is told, by `error.type`: messages may have in them what somebody sent.
 */
export async function inSpan<T>(
  name: string,
  options: SpanOptions,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const span = beginSpan(name, options);
  const within = trace.setSpan(options.parent ?? context.active(), span);
  try {
    return await context.with(within, work, undefined, span);
  } catch (error) {
    markFailed(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** A span that somebody else ends; nothing becomes a part of it. */
export function beginSpan(
  name: string,
  { kind = SpanKind.INTERNAL, attributes = {}, parent = context.active(), isRoot = false }: SpanOptions,
): Span {
  const tracer = trace.getTracer(SCOPE);
  if (!isRoot) return tracer.startSpan(name, { kind, attributes }, parent);
  const beginner = trace.getSpanContext(parent);
  const links = beginner === undefined ? [] : [{ context: beginner }];
  return tracer.startSpan(name, { kind, attributes, links, root: true }, ROOT_CONTEXT);
}

export function markFailed(span: Span, error: unknown): void {
  span.setAttribute('error.type', typeOf(error));
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** The trace that what is being done belongs to, where traces are recorded: 32 hexadecimal digits. */
export function activeTrace(): string | undefined {
  return trace.getActiveSpan()?.spanContext().traceId;
}

function typeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string')
    return error.code;
  return error instanceof Error ? error.name : '_OTHER';
}
