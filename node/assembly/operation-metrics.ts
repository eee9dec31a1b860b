import { Gauge, type Registry } from 'prom-client';
import type { Catalogue, ReaderRunner } from '../catalogue/index.ts';
import type { Harvester } from '../harvest/index.ts';

const SECOND_MS = 1_000;

/** Tells, at each scrape, what wakes an operator up: whether harvests come through, readers keep up, and writes work. */
export function measureOperation(
  registry: Registry,
  {
    catalogue,
    harvester,
    runners,
  }: {
    catalogue: Catalogue;
    harvester: Pick<Harvester, 'state' | 'issueCounts'>;
    runners: readonly ReaderRunner[];
  },
): void {
  const registers = [registry];
  void new Gauge({
    name: 'ngr_records',
    help: 'Records held, without tombstones, by whether they are the own or those of followed nodes',
    labelNames: ['of'],
    registers,
    collect() {
      const states = catalogue.feeds.states();
      const own = states.find(({ node }) => node === catalogue.node)?.records ?? 0;
      this.set({ of: 'own' }, own);
      this.set({ of: 'others' }, states.reduce((sum, { records }) => sum + records, 0) - own);
    },
  });
  void new Gauge({
    name: 'ngr_harvest_last_success_timestamp_seconds',
    help: 'When the last harvest of a source ended that came to its end',
    labelNames: ['source'],
    registers,
    collect() {
      this.reset();
      for (const { name, completeAt } of harvester.state())
        if (completeAt !== undefined) this.set({ source: name }, completeAt / SECOND_MS);
    },
  });
  void new Gauge({
    name: 'ngr_harvest_failing',
    help: 'Whether the last harvest of a source did not come to its end (1) or did (0)',
    labelNames: ['source'],
    registers,
    collect() {
      this.reset();
      for (const { name, lastRun } of harvester.state())
        if (lastRun !== undefined) this.set({ source: name }, lastRun.outcome === 'complete' ? 0 : 1);
    },
  });
  void new Gauge({
    name: 'ngr_harvest_issues',
    help: 'Issues of the harvest that are open, by severity',
    labelNames: ['severity'],
    registers,
    async collect() {
      const { error, warning, info } = await harvester.issueCounts();
      for (const [severity, count] of Object.entries({ error, warning, info })) this.set({ severity }, count);
    },
  });
  void new Gauge({
    name: 'ngr_reader_lag_changes',
    help: 'Changes that a reader of the log has still to read',
    labelNames: ['reader'],
    registers,
    collect() {
      for (const { name, lag } of runners) this.set({ reader: name }, lag);
    },
  });
  void new Gauge({
    name: 'ngr_readers_failing',
    help: 'Readers of the log whose last attempt failed',
    registers,
    collect() {
      this.set(runners.filter(({ failing }) => failing).length);
    },
  });
  void new Gauge({
    name: 'ngr_store_write_failing',
    help: 'Whether the last write to the store failed (1) or not (0)',
    registers,
    collect() {
      this.set(catalogue.writeFailure === undefined ? 0 : 1);
    },
  });
}
