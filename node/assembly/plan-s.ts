import {
  Declared,
  Offers,
  PlanS,
  Probes,
  type Endpoint,
  type InstitutionFacts,
  type MetadataAssessment,
} from '../assessment/index.ts';
import { guardedFetch } from '../outbound/index.ts';
import type { Foundation } from './foundation.ts';

/** Builds what holds the repository against Plan S, and asks its endpoints as long as the node runs. */
export async function startPlanS(
  on: Foundation,
  {
    metadata,
    institution,
  }: { metadata: Pick<MetadataAssessment, 'standing'>; institution: () => InstitutionFacts },
): Promise<PlanS> {
  const { config, sources, store, metrics, userAgent, offline, clock, log, onStop } = on;
  const endpoints: Endpoint[] = [
    ...sources.flatMap((source) =>
      source.type === 'files' ? [] : [{ name: source.name, kind: source.type, address: source.url }],
    ),
    ...config.probes.pages.map((address) => ({ name: address, kind: 'page' as const, address })),
  ];
  const fetch = guardedFetch({
    allow: endpoints.map(({ address }) => address),
    userAgent,
    timeoutMs: 30_000,
  });
  const probes = await Probes.open({
    endpoints,
    section: store.section('probes'),
    fetch,
    metrics,
    clock,
    log,
  });
  const section = store.section('plan-s');
  const offers = await Offers.open({
    endpoints: endpoints.filter(({ kind }) => kind === 'oai-pmh'),
    section,
    fetch,
    clock,
    log,
  });
  if (!offline && config.probes.enabled && endpoints.length > 0) {
    probes.start();
    offers.start();
    onStop(() => Promise.all([probes.stop(), offers.stop()]));
  }
  return new PlanS({
    metadata,
    probes,
    offers,
    declared: await Declared.open(section),
    institution,
    clock,
  });
}
