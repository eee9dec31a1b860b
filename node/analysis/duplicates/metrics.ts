import { Gauge, type Registry } from 'prom-client';
import type { Duplicates } from './duplicates.ts';

/** Tells of works, and of what was too much to be looked at in whole, at each scrape. */
export function measureDuplicates(duplicates: Duplicates, registry: Registry): void {
  const gauge = (name: string, help: string, now: () => number): void =>
    void new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(now());
      },
    });
  gauge('ngr_works', 'Works of the records held', () => duplicates.counts().works);
  gauge('ngr_works_clustered', 'Works of two or more records', () => duplicates.counts().clusters);
  gauge(
    'ngr_duplicates_crowded_records',
    'Records that stand alone because they hang together with too many others',
    () => duplicates.bounds().crowded,
  );
  gauge(
    'ngr_duplicates_oversize_blocks',
    'Blocks of records too large to be compared in whole',
    () => duplicates.bounds().oversize,
  );
}
