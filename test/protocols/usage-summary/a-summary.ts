import { Identity } from '../../../node/identity/index.ts';
import type { Metrics } from '../../../protocols/counter/index.ts';
import {
  type IdentifierHash,
  type UsageSummary,
  WorksWriter,
  identifierHash,
} from '../../../protocols/usage-summary/index.ts';

export const identity = Identity.generate();
/** Those of a month in which nothing was used. */
export const noWorks = new WorksWriter().finish();

/** Investigations, unique ones, requests, unique ones. */
export function use(a: number, b: number, c: number, d: number): Metrics {
  return { totalInvestigations: a, uniqueInvestigations: b, totalRequests: c, uniqueRequests: d };
}

export function aSummary(parts: Partial<UsageSummary> = {}): UsageSummary {
  return {
    node: identity.node,
    month: '2026-10',
    revision: 1,
    total: use(120, 80, 50, 40),
    machine: { investigations: 900, requests: 300 },
    byType: [
      { value: 'c_6501', metrics: use(100, 70, 40, 35) },
      { value: 'c_46ec', metrics: use(20, 10, 10, 5) },
    ],
    byLanguage: [{ value: 'es', metrics: use(120, 80, 50, 40) }],
    byCountry: [{ value: 'MX', metrics: use(50, 40, 20, 15) }],
    top: [{ key: 'a'.repeat(20), title: 'Ciencia abierta', investigations: 30, requests: 20 }],
    days: { first: '2026-10-01', last: '2026-10-31', count: 30 },
    isFinal: true,
    works: noWorks.state,
    time: Date.UTC(2026, 10, 5),
    ...parts,
  };
}

/** The works of items, each by its names. */
export function worksOf(
  items: readonly (readonly [names: readonly string[], metrics: Metrics])[],
): ReturnType<WorksWriter['finish']> {
  const writer = new WorksWriter();
  for (const [names, metrics] of items)
    writer.add(
      names.map((name): IdentifierHash => identifierHash(name)),
      metrics,
    );
  return writer.finish();
}
