import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  type Sampler,
} from '@opentelemetry/sdk-trace';
import type { Environment } from './environment.ts';

/**
 * Which traces are recorded, by OTEL_TRACES_SAMPLER and OTEL_TRACES_SAMPLER_ARG (OpenTelemetry Specification, "Environment Variable
 * Specification", General SDK Configuration), which the SDK does not read by itself.
 *
 * @returns undefined for a sampler that is not known here, or a share that is none
 */
export function samplerOf(env: Environment): Sampler | undefined {
  const name = env['OTEL_TRACES_SAMPLER'] || 'parentbased_always_on';
  const [, isParentBased, root = ''] = /^(parentbased_)?(.+)$/.exec(name) ?? [];
  const sampler = rootSampler(root, env['OTEL_TRACES_SAMPLER_ARG'] || '1');
  if (sampler === undefined || isParentBased === undefined) return sampler;
  return new ParentBasedSampler({ root: sampler });
}

function rootSampler(name: string, argument: string): Sampler | undefined {
  if (name === 'always_on') return new AlwaysOnSampler();
  if (name === 'always_off') return new AlwaysOffSampler();
  const ratio = Number(argument);
  return name === 'traceidratio' && ratio >= 0 && ratio <= 1
    ? new TraceIdRatioBasedSampler(ratio)
    : undefined;
}
