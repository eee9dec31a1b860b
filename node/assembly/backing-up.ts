import { Backups } from '../backup/index.ts';
import type { Foundation } from './foundation.ts';

/** Builds what writes backups of the node while it runs. */
export function buildBackups(on: Foundation): Backups {
  const { store, directory, identity, config, base, version, offline, clock, log, onStop } = on;
  const backups = new Backups({
    db: store.db,
    directory,
    signer: identity,
    name: config.name,
    base,
    version,
    isGentle: !offline,
    clock,
    log,
  });
  onStop(() => backups.stop());
  return backups;
}
