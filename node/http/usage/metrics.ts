import { metricNames, noUse, type Metrics } from '../../../protocols/counter/index.ts';

export { counterNames, metricNames, type MetricName } from '../../../protocols/counter/index.ts';

export function sumOf(all: Iterable<Metrics>): Metrics {
  const sum = { ...noUse };
  for (const one of all) for (const name of metricNames) sum[name] += one[name];
  return sum;
}

/** The one without the other, and never less than nought: both are read one after the other. */
export function without(all: Metrics, part: Metrics): Metrics {
  const rest = { ...all };
  for (const name of metricNames) rest[name] = Math.max(0, all[name] - part[name]);
  return rest;
}
