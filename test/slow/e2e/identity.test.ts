import { execFile } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import {
  sampleDirectory,
  startSampleRepository,
  type RunningSampleRepository,
} from '../../../node/sample/index.ts';
import { NodeProcess, temporaryDirectory, type Json } from '../../support/node-process.ts';
import { until } from '../../support/until.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
/** Use may take as long: after a count of seconds on a busy machine, the next one waits for nine times as long. */
const LONG_MS = 2 * 60_000;
const executable = fileURLToPath(new URL('../../../dist/node/cli/ngr.js', import.meta.url));

interface Peer extends Json {
  node: string;
  records: number;
  complete: boolean;
}

/** Joining with a configuration that `ngr init` wrote, and going on under another key. */
describe('a node that joins, and changes its key', () => {
  let repository: RunningSampleRepository;
  let first: NodeProcess;
  let second: NodeProcess;
  const folders: string[] = [];

  const ngr = async (folder: string, ...words: string[]): Promise<Json> => {
    const env = { ...process.env, NGR_LOG_LEVEL: 'silent' };
    const { stdout } = await promisify(execFile)(process.execPath, [executable, ...words, '--json'], {
      cwd: folder,
      env,
    });
    return JSON.parse(stdout) as Json;
  };
  const started = (folder: string, port = '0'): Promise<NodeProcess> =>
    NodeProcess.start(['--config', join(folder, 'ngr.config.json'), '--port', port], join(folder, 'data'));
  const peers = async (node: NodeProcess): Promise<Peer[]> =>
    (await node.get<{ orderedItems: Peer[] }>('/peers')).document.orderedItems;
  const idOf = async (node: NodeProcess): Promise<string> =>
    String((await node.get('/.well-known/ngr-node')).document['node']);

  before(async () => {
    repository = await startSampleRepository({ directory: await sampleDirectory('wyreford') });
    for (const _ of [1, 2]) folders.push(await temporaryDirectory());
  });
  after(async () => {
    for (const node of [first, second]) if (node.child.exitCode === null) await node.stop();
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
    await repository.close();
  });
  const [one, two] = [() => folders[0] ?? '', () => folders[1] ?? ''];

  it('has joined with what ngr init asked for, in a private network', async () => {
    await ngr(one(), 'init', '--yes', '--oai', repository.url, '--network', 'test', '--private-network');
    first = await started(one());
    const key = await readFile(join(one(), 'swarm.key'));
    await writeFile(join(two(), 'swarm.key'), key);
    await ngr(two(), 'init', '--yes', '--network', 'test', '--private-network', '--bootstrap', first.address);
    expect(await readFile(join(two(), 'swarm.key'))).to.deep.equal(key);
    second = await started(two());
    const id = await idOf(first);
    await until(
      'the records of the first are at the second',
      async () =>
        (await peers(second)).some(({ node, records, complete }) => node === id && records > 40 && complete),
      LONG_MS,
    );
  });

  it('goes on under another key, and others with it', async () => {
    const former = await idOf(first);
    const { document } = await first.get<{ orderedItems: { id: string; oaiIdentifier: string }[] }>(
      `/records?limit=1&origin=${former}`,
    );
    const record = document.orderedItems[0];
    const path = new URL(record?.id ?? '').pathname;
    await fetch(`${first.url}${path}`, {
      headers: { accept: 'text/html', 'user-agent': FIREFOX },
    });
    const used = async (node: NodeProcess): Promise<number> =>
      Number((await node.get('/usage')).document['investigations']);
    await until('the use is counted', async () => (await used(first)) === 1, LONG_MS);

    const { port } = new URL(first.url);
    await first.stop();
    const done = await ngr(one(), 'rotate-key', '--data', join(one(), 'data'));
    expect(done['from']).to.equal(former);
    expect(await readdir(join(one(), 'data'))).to.include.members(['identity.pem', String(done['kept'])]);
    first = await started(one(), port);
    const present = await idOf(first);
    expect(present).to.equal(done['to']);

    const moved = await fetch(`${first.url}${path}`, { redirect: 'manual' });
    expect(moved.status).to.equal(308);
    const target = moved.headers.get('location') ?? '';
    const there = (await first.get(new URL(target).pathname)).document;
    expect(there).to.include({ oaiIdentifier: record?.oaiIdentifier, id: target });

    await second.stop();
    await ngr(
      two(),
      'init',
      '--yes',
      '--force',
      '--network',
      'test',
      '--private-network',
      '--bootstrap',
      first.address,
    );
    second = await started(two());
    await until(
      'the second has the records under the new id, and those of the former no longer',
      async () => {
        const seen = await peers(second);
        const [now, before] = [present, former].map((id) => seen.find(({ node }) => node === id));
        return (now?.records ?? 0) > 40 && now?.complete === true && (before?.records ?? 0) === 0;
      },
      LONG_MS,
    );
    const elsewhere = await fetch(`${second.url}${path}`, { redirect: 'manual' });
    expect(elsewhere.status).to.equal(308);
    await until('its use is told under the new id', async () => (await used(first)) === 1, LONG_MS);
    await until(
      'the second has heard of it under the new id',
      async () => (await used(second)) === 1,
      2 * LONG_MS,
    );
  });
});
