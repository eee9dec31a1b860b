import { Backups } from '../backup/index.ts';
import type { Foundation } from './foundation.ts';

/** Builds what writes backups of the node while it runs. */
export async function buildBackups(on: Foundation): Promise<Backups> {
  const { store, directory, identity, institution, base, version, offline, clock, log, onStop } = on;
  const backups = new Backups({
    db: store.db,
    directory,
    signer: identity,
    get name() {
      return institution.document.name;
    },
    base,
    version,
    isGentle: !offline,
    clock,
    log,
  });
  await backups.load();
  onStop(() => backups.stop());
  return backups;
}
