import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { startNode } from '../../node/main.ts';
import { typed, type Typed } from './typed.ts';
import { NodeDouble } from './node-double.ts';

describe('ngr backup and ngr restore', () => {
  let cwd: string;
  beforeEach(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'ngr-test-'));
  });
  afterEach(() => rm(cwd, { recursive: true, force: true }));
  const ngr = (...words: string[]): Promise<Typed> =>
    typed(words, { cwd, startNode, env: { NGR_LOG_LEVEL: 'silent' } });

  it('take a node that does not run to another place', async () => {
    await writeFile(
      join(cwd, 'a.json'),
      JSON.stringify([{ oaiIdentifier: 'oai:a:1', titles: [{ value: 'A title' }] }]),
    );
    const imported = await ngr('import', 'a.json', '--data', 'data');
    expect(imported, imported.stderr).to.include({ exitCode: 0 });
    const backed = await ngr('backup', 'copies', '--data', 'data');
    expect(backed, backed.stderr).to.include({ exitCode: 0 });
    expect(backed.stdout).to.match(/^Backed up \d+ rows \([\d.]+ kB\) to /);
    const again = await ngr('backup', 'copies', '--data', 'data', '--keep', '1', '--json');
    expect(JSON.parse(again.stdout)).to.include({ kept: 1 });

    const verified = await ngr('backup', 'verify', 'copies');
    expect(verified.stdout).to.include('whole');
    const restored = await ngr('restore', 'copies', '--data', 'other', '--json');
    expect(restored, restored.stderr).to.include({ exitCode: 0 });
    expect(JSON.parse(restored.stdout)).to.include({ key: false });
    await writeFile(join(cwd, 'passphrase'), 'sardine ladder comet violin');
    const secret = ['--passphrase-file', 'passphrase'];
    await ngr('identity', 'export', 'key.pem', '--data', 'data', ...secret);
    await ngr('identity', 'import', 'key.pem', '--data', 'other', ...secret);
    const status = await ngr('status', '--data', 'other', '--json');
    expect(JSON.parse(status.stdout)).to.deep.include({ records: { own: 1, held: 1 } });
    expect(await ngr('restore', 'copies', '--data', 'other', '--json')).to.include({ exitCode: 1 });
  });

  it('say how a backup comes into a database', async () => {
    await writeFile(join(cwd, 'a.json'), JSON.stringify([{ oaiIdentifier: 'oai:a:1', titles: [] }]));
    await ngr('import', 'a.json', '--data', 'data');
    await ngr('backup', 'copies', '--data', 'data');
    const url = 'postgres://ngr:secret@127.0.0.1/ngr';
    const refused = await ngr('restore', 'copies', '--data', url);
    expect(refused).to.include({ exitCode: 1 });
    expect(refused.stderr).to.include('ngr store copy FOLDER URL').and.not.include('secret');
    const env = { NGR_LOG_LEVEL: 'silent', NGR_STORE: url };
    const { stdout } = await typed(['restore', 'copies', '--data', 'other'], { cwd, startNode, env });
    expect(stdout)
      .to.include(`ngr store copy ${join(cwd, 'other')} URL`)
      .and.not.include('secret');
  });

  it('tell what is not whole, by the exit code too', async () => {
    await ngr('import', join(import.meta.dirname, '../fixtures/README.md'), '--data', 'data');
    await ngr('backup', 'copies', '--data', 'data');
    const chunks = join(cwd, 'copies', 'chunks');
    const [file = ''] = (await readdir(chunks, { recursive: true })).filter((name) => name.endsWith('.gz'));
    await writeFile(join(chunks, file), 'x');
    const { exitCode, stdout } = await ngr('backup', 'verify', 'copies', '--json');
    expect(exitCode).to.equal(1);
    expect(JSON.parse(stdout)).to.have.nested.property('backups[0].error.code', 'BACKUP_DAMAGED');
    expect((await ngr('backup', 'verify', 'copies')).stdout).to.include('[BACKUP_DAMAGED]');
  });

  it('are wrong without a folder, or with no number to keep', async () => {
    expect(await ngr('backup', '--data', 'data')).to.include({ exitCode: 2 });
    expect(await ngr('backup', 'copies', '--keep', '0')).to.include({ exitCode: 2 });
    expect(await ngr('restore', 'copies')).to.include({ exitCode: 1 });
  });

  describe('of a running node', () => {
    const node = new NodeDouble();
    before(() => node.start());
    after(() => node.stop());

    it('wait for its end, and tell why it failed', async () => {
      const running = { folder: '/b', rows: 1, bytes: 2, written: 2, startedAt: 1 };
      node.answers.set('POST /api/backup', { status: 202, body: { running } });
      const error = { code: 'BACKUP_NO_SPACE', message: 'The disk is full.', remedy: 'Free some.' };
      const states: object[] = [{ running }, { last: { folder: '/b', endedAt: 2, error } }];
      node.answers.set('GET /api/backup', () => ({ body: states.shift() }));
      const { exitCode, stderr } = await typed(['backup', '/b', '--data', node.data, '--keep', '3']);
      expect(exitCode).to.equal(1);
      expect(stderr).to.include('The disk is full.').and.include('Free some.');
      expect(node.asked[0]?.body).to.equal('{"folder":"/b","keep":3}');
    });
  });
});
