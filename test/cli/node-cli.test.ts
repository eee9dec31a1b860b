import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { open, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { NodeProcess, temporaryDirectory } from '../support/node-process.ts';
import { until } from '../support/until.ts';
import { ngrProcess } from './process.ts';
import { typed, type Typed } from './typed.ts';

const QUIET = [
  '--host',
  '127.0.0.1',
  '--port',
  '0',
  '--p2p-host',
  '127.0.0.1',
  '--p2p-port',
  '0',
  '--no-mdns',
];

interface Found {
  totalItems: number;
  orderedItems: { id: string; oaiIdentifier: string }[];
}

describe('a node and its commands', function () {
  this.timeout(60_000);
  let node: NodeProcess;
  const ngr = (...words: string[]): Promise<Typed> => typed([...words, '--data', node.data]);

  before(async () => {
    node = await NodeProcess.start([]);
  });
  after(async () => {
    await node.kill();
    await node.remove();
  });

  /** The record that stands first for some words. */
  async function first(words: string): Promise<{ id: string; oaiIdentifier: string }> {
    const { stdout } = await ngr('search', words, '--json');
    const [item] = (JSON.parse(stdout) as Found).orderedItems;
    if (item === undefined) throw new Error(`nothing was found for ${words}`);
    return item;
  }

  it('starts without configuration, harvests the sample and tells its state', async () => {
    const { exitCode, stdout } = await ngr('harvest');
    expect(exitCode).to.equal(0);
    expect(stdout).to.match(/^\S.*: complete; \d+ records in \d+ pages/);
    const status = await ngr('status');
    expect(status.exitCode).to.equal(0);
    expect(status.stdout)
      .to.match(/Records +[1-9]\d* own/)
      .and.to.match(/Health +ready/);
    expect((await ngr('peers')).stdout).to.include('this node');
    expect((await ngr('usage')).exitCode).to.equal(0);
  });

  it('answers questions about a record by each of its names', async () => {
    const { id, oaiIdentifier } = await first('repositories');
    for (const named of [id, id.slice(-20), oaiIdentifier]) {
      const related = await ngr('related', named, '--json');
      expect(related.exitCode).to.equal(0);
      expect((JSON.parse(related.stdout) as Found).orderedItems).not.to.deep.equal([]);
      expect((await ngr('duplicates', named)).exitCode).to.equal(0);
    }
  });

  it('lists issues of the metadata', async () => {
    const { exitCode, stdout } = await ngr('check', '--json');
    const { issues, counts } = JSON.parse(stdout) as { issues: unknown[]; counts: { error: number } };
    expect(issues).to.be.an('array');
    expect(exitCode).to.equal(counts.error > 0 ? 4 : 0);
  });

  it('withdraws a record and puts it back', async () => {
    const { id, oaiIdentifier } = await first('repositories');
    const path = new URL(id).pathname;
    expect((await ngr('withdraw', oaiIdentifier, '--reason', 'A test')).exitCode).to.equal(0);
    expect((await fetch(node.url + path)).status).to.equal(410);
    const back = await ngr('reinstate', oaiIdentifier);
    expect(back.stderr).to.equal('');
    expect(back.exitCode).to.equal(0);
    expect((await fetch(node.url + path)).status).to.equal(200);
    expect((await ngr('reinstate', oaiIdentifier)).stderr).to.include('[RECORD_NOT_WITHDRAWN]');
  });

  it('ends with 3 for what is not there', async () => {
    expect((await ngr('related', 'oai:nowhere.example:1')).exitCode).to.equal(3);
    expect((await ngr('harvest', 'nowhere')).exitCode).to.equal(3);
  });

  it('refuses a second node on the same data, in one line', async () => {
    const second = await ngrProcess(['start', ...QUIET, '--data', node.data, '--log-level', 'silent'], '/');
    expect(second.exitCode).to.equal(1);
    expect(second.stderr).to.match(/^ngr: The data directory .+ --data directory\. \[STORE_LOCKED\]\n$/);
  });

  it('stops cleanly by SIGTERM, and commands then start one for themselves', async () => {
    expect(await node.stop()).to.equal(0);
    expect(existsSync(join(node.data, 'node.json'))).to.equal(false);
    const alone = await ngrProcess(['search', 'repositories', '--data', node.data], '/');
    expect(alone).to.include({ exitCode: 0, stderr: '' });
  });
});

describe('a node that cannot start', function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(async () => {
    folder = await temporaryDirectory();
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('names the taken port and the flag', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const port = String((taken.address() as AddressInfo).port);
    for (const flag of ['--port', '--p2p-port']) {
      const { exitCode, stderr } = await ngrProcess(
        ['start', ...QUIET, flag, port, '--log-level', 'silent'],
        folder,
      );
      expect(exitCode).to.equal(1);
      expect(stderr).to.match(new RegExp(`^ngr: .*\\b${port}\\b.*${flag}.* \\[\\w+\\]\n$`));
    }
    taken.close();
  });

  it('says in one line that its data directory cannot be written', async () => {
    await writeFile(join(folder, 'ngr-data'), 'a file, not a folder');
    const { exitCode, stderr } = await ngrProcess(['start', ...QUIET], folder);
    expect(exitCode).to.equal(1);
    expect(stderr).to.match(/^ngr: The data directory .+ \[STORE_NO_RIGHTS\]\n$/);
  });

  it('says in one line which setting is misspelt', async () => {
    await writeFile(join(folder, 'ngr.config.json'), '{ "sorces": [] }');
    const { exitCode, stderr } = await ngrProcess(['start'], folder);
    expect(exitCode).to.equal(2);
    expect(stderr).to.equal(
      'ngr: ngr.config.json: there is no setting "sorces". Did you mean "sources"? [CONFIG_UNKNOWN_KEY]\n',
    );
  });
});

describe('a disk that is full', function () {
  this.timeout(60_000);
  let folder: string;
  let isMounted = false;

  before(async function () {
    folder = await temporaryDirectory();
    const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', folder]);
    isMounted = mount.status === 0;
    if (!isMounted && process.env['CI'] !== 'true') {
      console.log('      skipped: a small disk of its own needs the right to mount one');
      this.skip();
    }
  });
  after(async () => {
    if (isMounted) spawnSync('umount', [folder]);
    await rm(folder, { recursive: true, force: true });
  });

  const fillUp = async (): Promise<string> => {
    const file = join(folder, 'filler');
    const handle = await open(file, 'w');
    const block = Buffer.alloc(4_096);
    try {
      for (;;) await handle.write(block);
    } catch {
      await handle.close();
    }
    return file;
  };

  it('is named in one line at the start', async () => {
    const file = await fillUp();
    const { exitCode, stderr } = await ngrProcess(
      ['start', ...QUIET, '--data', join(folder, 'data')],
      folder,
    );
    expect(exitCode).to.equal(1);
    expect(stderr).to.match(/^ngr: The data directory .+ full.+ \[STORE_NO_SPACE\]\n$/);
    await rm(file);
  });

  it('while the node runs, loses nothing: it serves on, takes nothing in, and says so', async () => {
    const data = join(folder, 'data');
    const node = await NodeProcess.start([], data);
    const search = async (at: NodeProcess): Promise<number> =>
      (await at.get<Found>('/search?q=repositories')).document.totalItems;
    await until('the sample is there', async () => (await search(node)) > 10);
    const before = await search(node);
    const { document } = await node.get<Found>('/search?q=repositories');
    const key = document.orderedItems[0]?.id.split('/').at(-1) ?? '';
    const file = await fillUp();
    const withdraw = (at: NodeProcess): Promise<unknown> =>
      at.api('POST', `/records/${key}/withdraw`, { reason: 'On a full disk' });
    let refused: unknown;
    for (let i = 0; i < 50 && refused === undefined; i++) {
      refused = await withdraw(node).then(
        () => node.api('POST', `/records/${key}/reinstate`).then(() => undefined, String),
        String,
      );
    }
    expect(String(refused)).to.include('CATALOGUE_CANNOT_WRITE');
    expect((await node.get('/health/ready')).response.status).to.equal(503);
    expect(await search(node)).to.be.at.least(before - 1);

    // Nobody has to start it again when there is room.
    await rm(file);
    const isReady = (): Promise<boolean> =>
      node.get('/health/ready').then(
        ({ response }) => response.status === 200,
        () => false,
      );
    await until('it writes again', isReady, 30_000);
    expect(node.complaints.join('\n')).to.include('the node is started anew');
    await withdraw(node);
    await node.api('POST', `/records/${key}/reinstate`);
    await node.stop();

    const again = await NodeProcess.start([], data);
    expect((await again.get('/health/ready')).response.status).to.equal(200);
    expect(await search(again)).to.be.at.least(before - 1);
    await again.stop();
  });
});
