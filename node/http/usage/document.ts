import { contextUrl } from '../../../vocab/context.ts';
import type { JsonLdObject } from '../../../vocab/json-ld/index.ts';
import type { Coverage, WorkTotals } from '../../analysis/regional-usage/index.ts';
import type { Metrics, MonthMetrics } from '../../analysis/usage/index.ts';
import type { Site } from '../site.ts';
import { sumOf } from './metrics.ts';
import { periodQuery } from './period.ts';
import type { ApartUse, UseOf, UseReport } from './report.ts';

/**
 * The use in a period: of the network as a whole, of this node's own records in `own`, and what the sums are made of in
 * `coverage`. Investigations and requests are COUNTER's Total_Item_Investigations and Total_Item_Requests (5.1, §3.3.4).
 */
export function usageDocument(site: Site, { period, own, network }: UseReport): JsonLdObject {
  const query = new URLSearchParams(periodQuery(period)).toString();
  const names = new Map(network.coverage.nodes.map(({ node, name }) => [node, name]));
  return {
    '@context': contextUrl(site.base),
    id: `${site.base}/usage${query === '' ? '' : `?${query}`}`,
    type: 'UsageTotals',
    networks: site.networks,
    from: period.from,
    to: period.to,
    ...counts(network.total),
    ...(network.machine !== undefined && { robots: network.machine }),
    byMonth: network.months.map(({ month, metrics, nodes, isOpen }) => ({
      month,
      ...counts(metrics),
      nodes,
      isFinal: !isOpen,
    })),
    byNode: network.institutions.map(({ value, metrics }) => ({
      node: value,
      name: names.get(value ?? ''),
      ...counts(metrics),
    })),
    byCountry: shares('country', network.countries),
    byType: shares('resourceType', network.types.map(withUri)),
    byLanguage: shares('language', network.languages),
    byUserCountry: shares('country', network.userCountries),
    own: {
      ...counts(own.total),
      robots: counts(own.machine),
      internal: own.internal,
      byMonth: own.months.map(({ month, metrics, machine, openDays }) => ({
        month,
        ...counts(metrics),
        robots: counts(machine),
        isFinal: openDays === 0,
      })),
      top: own.top.map(({ holding, metrics }) => ({
        record: holding.id,
        name: holding.titles[0]?.value ?? holding.oaiIdentifier,
        ...counts(metrics),
      })),
      byType: shares('resourceType', own.types.map(withUri)),
      byLanguage: shares('language', own.languages),
      byUserCountry: shares('country', own.userCountries),
    },
    apart: { ...counts(network.apartTotal), byNode: network.apart.map(apartNode) },
    coverage: coverageNodes(network.coverage),
  };
}

/** The use of one record: what its own node counted, and what nodes tell of the copies of its work. */
export function recordUsageDocument(
  site: Site,
  use: { key: string; record: string; months: readonly MonthMetrics[] | undefined; work: WorkTotals },
): JsonLdObject {
  const { key, record, months, work } = use;
  return {
    '@context': contextUrl(site.base),
    id: `${site.base}/records/${key}/usage`,
    type: 'UsageTotals',
    usageOf: record,
    ...(months !== undefined && {
      ...counts(sumOf(months.map(({ metrics }) => metrics))),
      byMonth: months.map(({ month, metrics }) => ({ month, ...counts(metrics) })),
    }),
    copies: {
      ...counts(work.metrics),
      byNode: work.nodes.map(({ node, name, metrics, months }) => ({
        node,
        name,
        ...counts(metrics),
        byMonth: months.map(({ month, revision, metrics, apart }) => ({
          month,
          revision,
          ...counts(metrics),
          ...(apart !== undefined && { isApart: true }),
        })),
      })),
      summariesSearched: work.coverage.searched,
      summariesMissing: work.coverage.missing,
    },
  };
}

/** Metrics under the names that documents have for them. */
export function counts(metrics: Metrics): {
  investigations: number;
  uniqueInvestigations: number;
  requests: number;
  uniqueRequests: number;
} {
  const { totalInvestigations, uniqueInvestigations, totalRequests, uniqueRequests } = metrics;
  return {
    investigations: totalInvestigations,
    uniqueInvestigations,
    requests: totalRequests,
    uniqueRequests,
  };
}

function shares(name: string, rows: readonly UseOf[]): JsonLdObject[] {
  return rows.map(({ value, metrics }) => ({
    ...(value !== undefined && { [name]: value }),
    ...counts(metrics),
  }));
}

/** Summaries name types by the last part of their URI. */
function withUri({ value, metrics }: UseOf): UseOf {
  return { ...(value !== undefined && { value: typeUri(value) }), metrics };
}

/** The COAR concept that a summary names by the last part of its URI. */
export function typeUri(code: string): string {
  return `http://purl.org/coar/resource_type/${encodeURIComponent(code)}`;
}

function apartNode({ node, name, months, metrics, why }: ApartUse): JsonLdObject {
  return {
    node,
    name,
    ...counts(metrics),
    byMonth: months.map(({ month, revision, metrics }) => ({ month, revision, ...counts(metrics) })),
    why: why.why,
    ...(why.why === 'out of proportion' && { furthest: why.furthest }),
  };
}

function coverageNodes({ nodes }: Coverage): JsonLdObject[] {
  return nodes.map(({ node, name, months, gaps }) => ({
    node,
    name,
    byMonth: months.map(({ month, revision, time, isFinal, apart }) => ({
      month,
      revision,
      statedAt: new Date(time).toISOString(),
      isFinal,
      isApart: apart !== undefined,
    })),
    gaps,
  }));
}
