import { context, createNoopMeter, trace, type Counter, type MeterProvider } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { AlwaysOnSampler, BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import {
  ATTR_ERROR_TYPE,
  ATTR_SERVICE_INSTANCE_ID,
  ATTR_SERVICE_NAME,
  ATTR_SERVICE_VERSION,
} from '@opentelemetry/semantic-conventions';
import { randomUUID } from 'node:crypto';
import { numberIn, type Environment } from './environment.ts';
import { samplerOf } from './sampler.ts';

/** Spans that wait to be sent, at the most: some megabytes. What comes when so many wait is let go. */
const MOST_WAITING = 2_048;
const MOST_SENT_AT_ONCE = 512;
const SENT_EVERY_MS = 5_000;
const GIVEN_UP_AFTER_MS = 10_000;
/** Longer texts in attributes are cut. */
const LONGEST_TEXT = 1_000;
/** A node that is stopped waits for the collector no longer than that. */
const LAST_WORDS_MS = 1_000;

export interface SdkOptions {
  collector: string;
  version: string;
  env: Environment;
  /** Told of spans that were sent, or let go and why. */
  onSent: (spans: number) => void;
  onDropped: (spans: number, reason: 'queue' | 'export') => void;
  onBadSampler: () => void;
}

/**
 * The SDK of OpenTelemetry, which is loaded only where traces are wanted. It sends by OTLP/HTTP in JSON, from a queue with a bound; the
 * variables that its exporter knows (headers, timeouts, certificates, compression) hold.
 *
 * @returns what sends the rest and ends it
 */
export function registerSdk({ collector, version, env, ...told }: SdkOptions): () => Promise<void> {
  const sampler = samplerOf(env);
  if (sampler === undefined) told.onBadSampler();
  const waiting = numberIn(env, 'OTEL_BSP_MAX_QUEUE_SIZE') ?? MOST_WAITING;
  const processor = new BatchSpanProcessor({
    exporter: new OTLPTraceExporter({ url: collector }),
    maxQueueSize: waiting,
    maxExportBatchSize: Math.min(
      waiting,
      numberIn(env, 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE') ?? MOST_SENT_AT_ONCE,
    ),
    scheduledDelayMillis: numberIn(env, 'OTEL_BSP_SCHEDULE_DELAY') ?? SENT_EVERY_MS,
    exportTimeoutMillis: numberIn(env, 'OTEL_BSP_EXPORT_TIMEOUT') ?? GIVEN_UP_AFTER_MS,
    selfObsMeterProvider: countingMeter(told),
  });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      [ATTR_SERVICE_NAME]: 'ngr-node',
      [ATTR_SERVICE_VERSION]: version,
      [ATTR_SERVICE_INSTANCE_ID]: randomUUID(),
    }).merge(detectResources({ detectors: [envDetector] })),
    sampler: sampler ?? new AlwaysOnSampler(),
    spanLimits: { attributeValueLengthLimit: LONGEST_TEXT },
    spanProcessors: [processor],
  });
  // One node a process has them; of several in one, the first.
  if (!trace.setGlobalTracerProvider(provider)) return () => provider.shutdown();
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  return async () => {
    trace.disable();
    context.disable();
    const timeout = new AbortController();
    const late = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, LAST_WORDS_MS);
      timeout.signal.addEventListener('abort', () => clearTimeout(timer));
    });
    await Promise.race([provider.shutdown().catch(() => undefined), late]);
    timeout.abort();
  };
}

/** Hears from the SDK what became of spans: its processor counts them, by the reason where they were let go. */
function countingMeter({ onSent, onDropped }: Pick<SdkOptions, 'onSent' | 'onDropped'>): MeterProvider {
  const counter: Counter = {
    add: (spans, attributes) => {
      const reason = attributes?.[ATTR_ERROR_TYPE];
      if (reason === undefined) onSent(spans);
      else onDropped(spans, reason === 'queue_full' ? 'queue' : 'export');
    },
  };
  const meter = Object.assign(createNoopMeter(), { createCounter: () => counter });
  return { getMeter: () => meter };
}
