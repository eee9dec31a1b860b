import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Registry } from 'prom-client';
import { measureHealth } from '../../node/assembly/health-metrics.ts';
import { Backups } from '../../node/backup/index.ts';
import { dataFiles } from '../../node/backup/data-files.ts';
import { aPut } from '../support/builders.ts';
import { aCatalogue, silentLog, type TestCatalogue } from '../support/test-catalogue.ts';
import { TestClock } from '../support/test-clock.ts';
import { until } from '../support/until.ts';

const FIGURE = 'ngr_backup_last_success_timestamp_seconds';

describe('the time of the last backup', () => {
  let node: TestCatalogue;
  let clock: TestClock;
  let place: string;
  beforeEach(async () => {
    clock = new TestClock();
    node = await aCatalogue({ clock });
    await node.catalogue.put([aPut(1)]);
    place = await mkdtemp(join(tmpdir(), 'ngr-test-'));
  });
  afterEach(async () => {
    await node.close();
    await rm(place, { recursive: true, force: true });
  });
  const someBackups = (): Backups =>
    new Backups({
      db: node.store.db,
      directory: node.directory,
      signer: node.identity,
      name: 'Test',
      base: 'https://node.example',
      version: '1.2.3',
      isGentle: false,
      clock,
      log: silentLog,
    });
  const told = async (backups: Backups): Promise<number | undefined> => {
    const registry = new Registry();
    const report = () => Promise.resolve({ status: 'pass' as const, time: 0, checks: [] });
    measureHealth(registry, { health: { report }, backups, directory: node.directory });
    const [, value] = new RegExp(`^${FIGURE} (.*)$`, 'm').exec(await registry.metrics()) ?? [];
    return value === undefined ? undefined : Number(value);
  };

  it('outlives the node, and is no part of the next backup', async () => {
    const before = someBackups();
    await before.load();
    expect(await told(before)).to.equal(undefined);
    before.start({ folder: join(place, 'backups') });
    await until('the backup is whole', () => before.state().running === undefined);
    await before.stop();
    clock.advance(60_000);
    const after = someBackups();
    await after.load();
    expect(after.lastSuccess).to.equal(clock.now() - 60_000);
    expect(await told(after)).to.equal((clock.now() - 60_000) / 1_000);
    const files: string[] = [];
    for await (const file of dataFiles(node.directory)) files.push(file);
    expect(files).to.not.include('last-backup.json');
  });

  it('stays what it was where a backup fails, and is unknown where its file is damaged', async () => {
    const backups = someBackups();
    await writeFile(join(place, 'something-else'), '');
    backups.start({ folder: place });
    await until('the backup has failed', () => backups.state().running === undefined);
    await backups.stop();
    expect(backups.lastSuccess).to.equal(undefined);
    await writeFile(join(node.directory, 'last-backup.json'), '{"endedAt":"yesterday"}');
    await backups.load();
    expect(backups.lastSuccess).to.equal(undefined);
  });
});
