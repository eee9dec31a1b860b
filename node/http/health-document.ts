import type { HealthReport } from '../health/index.ts';

/** The media type of the draft; it was never registered. */
export const HEALTH_JSON = 'application/health+json';

/**
 * How the node is, as "Health Check Response Format for HTTP APIs" writes it (draft-inadarei-api-health-check-06, sections 3 and 4). The draft
 * has expired and will be no RFC; it is what monitors read all the same.
 */
export function healthDocument(
  { status, time, checks }: HealthReport,
  { node, version }: { node: string; version?: string },
): object {
  const amiss = checks.flatMap(({ name, findings }) =>
    findings.flatMap(({ status: found, of, output }) =>
      found === 'pass' ? [] : [`${of === undefined ? name : `${name} (${of})`}: ${output ?? found}`],
    ),
  );
  return {
    status,
    ...(version !== undefined && { releaseId: version }),
    serviceId: node,
    description: 'Health of this NGR Node',
    ...(amiss.length > 0 && { output: amiss.join('\n') }),
    checks: Object.fromEntries(
      checks.map(({ name, type, findings }) => [
        name,
        findings.map(({ of, value, unit, status: found, output }) => ({
          ...(of !== undefined && { componentId: of }),
          componentType: type,
          ...(value !== undefined && { observedValue: value, observedUnit: unit }),
          status: found,
          time: new Date(time).toISOString(),
          // Only where something is the matter (section 4.8).
          ...(found !== 'pass' && output !== undefined && { output }),
        })),
      ]),
    ),
  };
}
