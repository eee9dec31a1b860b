import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { Registry } from 'prom-client';
import { measureHealth } from '../../node/assembly/health-metrics.ts';
import { Backups } from '../../node/backup/index.ts';
import { dataFiles } from '../../node/backup/data-files.ts';
import { silentLog } from '../support/test-catalogue.ts';
import { until } from '../support/until.ts';
import { aNodeToBackUp } from './a-node-to-back-up.ts';

const FIGURE = 'ngr_backup_last_success_timestamp_seconds';

describe('the time of the last backup', () => {
  const test = aNodeToBackUp();
  const someBackups = (): Backups => new Backups({ ...test.source(), isGentle: false, log: silentLog });
  const told = async (backups: Backups): Promise<number | undefined> => {
    const registry = new Registry();
    const report = () => Promise.resolve({ status: 'pass' as const, time: 0, checks: [] });
    measureHealth(registry, { health: { report }, backups, directory: test.node.directory });
    const [, value] = new RegExp(`^${FIGURE} (.*)$`, 'm').exec(await registry.metrics()) ?? [];
    return value === undefined ? undefined : Number(value);
  };

  it('outlives the node, and is no part of the next backup', async () => {
    const before = someBackups();
    await before.load();
    expect(await told(before)).to.equal(undefined);
    before.start({ folder: join(test.place, 'backups') });
    await until('the backup is whole', () => before.state().running === undefined);
    await before.stop();
    test.clock.advance(60_000);
    const after = someBackups();
    await after.load();
    expect(after.lastSuccess).to.equal(test.clock.now() - 60_000);
    expect(await told(after)).to.equal((test.clock.now() - 60_000) / 1_000);
    const files: string[] = [];
    for await (const file of dataFiles(test.node.directory)) files.push(file);
    expect(files).to.not.include('last-backup.json');
  });

  it('stays what it was where a backup fails, and is unknown where its file is damaged', async () => {
    const backups = someBackups();
    await writeFile(join(test.place, 'something-else'), '');
    backups.start({ folder: test.place });
    await until('the backup has failed', () => backups.state().running === undefined);
    await backups.stop();
    expect(backups.lastSuccess).to.equal(undefined);
    await writeFile(join(test.node.directory, 'last-backup.json'), '{"endedAt":"yesterday"}');
    await backups.load();
    expect(backups.lastSuccess).to.equal(undefined);
  });
});
