import { Counter, type Registry } from 'prom-client';

/** A counter of the registry, made where it is not there yet: routers may be built twice over the same parts. */
export function counterIn<Label extends string>(
  registry: Registry,
  options: { name: string; help: string; labelNames: readonly Label[] },
): Counter<Label> {
  const known = registry.getSingleMetric(options.name);
  if (known !== undefined) return known as Counter<Label>;
  return new Counter({ ...options, labelNames: [...options.labelNames], registers: [registry] });
}
