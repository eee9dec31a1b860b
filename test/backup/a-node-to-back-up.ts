import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BackupSource } from '../../node/backup/index.ts';
import { aCatalogue, type TestCatalogue } from '../support/test-catalogue.ts';
import { TestClock } from '../support/test-clock.ts';

/** A node without records, and a folder for its backups: anew for each test of the `describe` that it is called in. */
export interface NodeToBackUp {
  node: TestCatalogue;
  clock: TestClock;
  /** A folder that is there, for backups and what else a test has. */
  place: string;
  source: (parts?: Partial<BackupSource>) => BackupSource;
}

export function aNodeToBackUp(): NodeToBackUp {
  const test = {
    source: (parts = {}) => ({
      db: test.node.store.db,
      directory: test.node.directory,
      signer: test.node.identity,
      name: 'Test',
      base: 'https://node.example',
      version: '1.2.3',
      clock: test.clock,
      ...parts,
    }),
  } as NodeToBackUp;
  beforeEach(async () => {
    test.clock = new TestClock();
    test.node = await aCatalogue({ clock: test.clock });
    test.place = await mkdtemp(join(tmpdir(), 'ngr-test-'));
  });
  afterEach(async () => {
    await test.node.close();
    await rm(test.place, { recursive: true, force: true });
  });
  return test;
}
