import { Gauge, type Registry } from 'prom-client';
import type { Backups } from '../backup/index.ts';
import { diskRoom } from '../disk-room.ts';
import { rankOf, type Health } from '../health/index.ts';

const SECOND_MS = 1_000;

/** Tells, at each scrape, what `/health` tells, and what runs out in the long run: backups and the disk. */
export function measureHealth(
  registry: Registry,
  {
    health,
    backups,
    directory,
  }: { health: Pick<Health, 'report'>; backups: Pick<Backups, 'lastSuccess'>; directory: string },
): void {
  const registers = [registry];
  void new Gauge({
    name: 'ngr_health',
    help: 'What each check of /health has found: all is well (0), it is degraded (1), it cannot serve (2)',
    labelNames: ['check'],
    registers,
    async collect() {
      const { checks } = await health.report();
      for (const { name, status } of checks) this.set({ check: name }, rankOf(status));
    },
  });
  void new Gauge({
    name: 'ngr_backup_last_success_timestamp_seconds',
    help: 'When the last backup was whole; nothing where there was none yet',
    registers,
    collect() {
      // A gauge is 0 of itself, which would be 1970.
      if (backups.lastSuccess === undefined) this.remove();
      else this.set(backups.lastSuccess / SECOND_MS);
    },
  });
  const size = new Gauge({
    name: 'ngr_data_disk_size_bytes',
    help: 'Size of the disk that the data folder lies on',
    registers,
  });
  void new Gauge({
    name: 'ngr_data_disk_free_bytes',
    help: 'Room on the disk that the data folder lies on',
    registers,
    async collect() {
      const { freeBytes, sizeBytes } = await diskRoom(directory);
      this.set(freeBytes);
      size.set(sizeBytes);
    },
  });
}
