import type { Logger } from 'pino';
import { Counter, type Registry } from 'prom-client';
import { collectorOf, type Environment } from './environment.ts';

export interface TracingOptions {
  /** Where traces are sent (OTLP/HTTP), as configured; nowhere, if not given. */
  collector: string | undefined;
  version: string;
  /** The variables of the process: those of the OpenTelemetry specification win over what is configured. */
  env: Environment;
  registry: Registry;
  log: Logger;
}

/**
 * Has traces recorded and sent, where they are wanted. Otherwise nothing is loaded, and spans cost next to nothing. A collector that is
 * slow, away or refuses what it gets costs spans, which are counted, and nothing else.
 *
 * @returns what ends it
 */
export async function startTracing(options: TracingOptions): Promise<() => Promise<void>> {
  const { version, env, registry, log } = options;
  const dropped = new Counter({
    name: 'ngr_spans_dropped_total',
    help: 'Spans of traces that were not sent: too many were waiting, or the collector did not take them',
    labelNames: ['reason'],
    registers: [registry],
  });
  const collector = collectorOf(options.collector, env);
  if (collector === undefined) return () => Promise.resolve();
  const host = URL.canParse(collector) ? new URL(collector).host : collector;
  const protocol = env['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'] || env['OTEL_EXPORTER_OTLP_PROTOCOL'];
  if (!URL.canParse(collector) || protocol === 'grpc')
    log.warn(
      { host, protocol },
      'traces are sent by OTLP/HTTP: the collector needs an http:// or https:// address, mostly with port 4318',
    );
  if (!URL.canParse(collector)) return () => Promise.resolve();
  const { registerSdk } = await import('./sdk.ts');
  let isTaken = true;
  const stop = registerSdk({
    collector,
    version,
    env,
    onSent: () => {
      if (!isTaken) log.info({ host }, 'the collector takes traces again');
      isTaken = true;
    },
    onDropped: (spans, reason) => {
      dropped.inc({ reason }, spans);
      if (isTaken) log.warn({ host, reason }, 'the collector does not take the traces; spans are let go');
      isTaken = false;
    },
    onBadSampler: () =>
      log.warn(
        { sampler: env['OTEL_TRACES_SAMPLER'], argument: env['OTEL_TRACES_SAMPLER_ARG'] },
        'no such sampler is known: all traces are recorded',
      ),
  });
  log.info({ host }, 'traces are sent to a collector');
  return stop;
}
