/** The variables of the process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where traces go to, by the variables of the OpenTelemetry specification, which win over the configuration: "OpenTelemetry Protocol
 * Exporter", Endpoint URLs for OTLP/HTTP. The address of all signals gets `v1/traces` behind it.
 *
 * @returns undefined where no traces are wanted
 */
export function collectorOf(configured: string | undefined, env: Environment): string | undefined {
  if (env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true' || env['OTEL_TRACES_EXPORTER'] === 'none')
    return undefined;
  const own = env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'];
  if (own) return own;
  const common = env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  return common ? `${common.replace(/\/$/, '')}/v1/traces` : configured;
}

/** A variable that is a whole number above 0; undefined where it is not set or is none. */
export function numberIn(env: Environment, name: string): number | undefined {
  const value = Number(env[name] || Number.NaN);
  return Number.isInteger(value) && value > 0 ? value : undefined;
}
