import type { Backups } from '../backup/index.ts';
import type { ReaderRunner } from '../catalogue/index.ts';
import { diskRoom } from '../disk-room.ts';
import type { Federation } from '../federation/index.ts';
import type { Harvester } from '../harvest/index.ts';
import {
  backupCheck,
  clockCheck,
  diskCheck,
  Health,
  peersCheck,
  readersCheck,
  sourcesCheck,
  storeCheck,
  writingCheck,
} from '../health/index.ts';
import type { Foundation } from './foundation.ts';

/** Builds what tells how the node is. */
export function buildHealth(
  on: Foundation,
  parts: {
    harvester: Pick<Harvester, 'state'>;
    runners: readonly ReaderRunner[];
    federation: Pick<Federation, 'network' | 'ownClockAheadSeconds'>;
    backups: Backups;
  },
): Health {
  const { config, store, catalogue, directory, offline, clock, log } = on;
  const { harvester, runners, federation, backups } = parts;
  const section = store.section('catalogue');
  const isMeantToHaveSome = (): boolean =>
    !offline &&
    (config.p2p.bootstrap.length > 0 ||
      config.follow.allow.length > 0 ||
      catalogue.feeds.states().some(({ node }) => node !== catalogue.node));
  const { warnAfterHours } = config.backup;
  return new Health({
    checks: [
      storeCheck({ read: () => section.get('m!base'), clock }),
      writingCheck(() => catalogue.writeFailure),
      diskCheck(() => diskRoom(directory)),
      readersCheck(() => runners, clock),
      sourcesCheck(() => harvester.state(), clock),
      peersCheck({ connected: () => federation.network.connected().length, isMeantToHaveSome }, clock),
      clockCheck(() => federation.ownClockAheadSeconds),
      backupCheck(backups, { warnAfterHours, clock }),
    ],
    clock,
    log,
  });
}
