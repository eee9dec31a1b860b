import { Gauge, type Registry } from 'prom-client';
import type { HeldFilters } from './held-filters.ts';
import type { LookedUpRecords } from './looked-up-records.ts';

/** The figures of the lookups, at `/metrics`. */
export function lookupMetrics(
  registry: Registry,
  { filters, records }: { filters: HeldFilters; records: LookedUpRecords },
): void {
  const gauges = [
    ['ngr_lookup_filters', 'Holdings filters of other nodes that are kept.', () => filters.size],
    ['ngr_lookup_filter_bytes', 'Bytes of these filters.', () => filters.bytes],
    ['ngr_lookup_records', 'Records of nodes that are not followed, kept for a day.', () => records.size],
  ] as const;
  for (const [name, help, value] of gauges) {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(value());
      },
    });
  }
}
