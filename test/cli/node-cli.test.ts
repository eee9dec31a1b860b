import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { NodeProcess, temporaryDirectory } from '../support/node-process.ts';
import { ngrProcess, QUIET } from './process.ts';
import { typed, type Typed } from './typed.ts';

interface Found {
  totalItems: number;
  orderedItems: { id: string; oaiIdentifier: string }[];
}

describe('a node and its commands', () => {
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

describe('a node that cannot start', () => {
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
