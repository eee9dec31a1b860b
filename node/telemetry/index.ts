/** What the operator sees of the inside: jobs in the log, and traces (OpenTelemetry). Parts use it directly; it does nothing unless wanted. */
export { BegunJob, runJob, type Job, type JobOptions } from './job.ts';
export { activeTrace, inSpan, isTraced, type SpanOptions } from './spans.ts';
export { startTracing, type TracingOptions } from './tracing.ts';
