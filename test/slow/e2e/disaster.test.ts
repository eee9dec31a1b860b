import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
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

const executable = fileURLToPath(new URL('../../../dist/node/cli/ngr.js', import.meta.url));
const LONG_MS = 2 * 60_000;
const REASON = 'Withdrawn after the backup';

interface Peer extends Json {
  node: string;
  seq: number;
  complete: boolean;
}
interface Self extends Json {
  node: string;
  head: { seq: number; live: number; setDigest: string };
}

/** The drill of docs/backup.md: the disk is lost, and with it what changed since the backup. */
describe('a node whose disk is lost', () => {
  let repository: RunningSampleRepository;
  let node: NodeProcess;
  let peer: NodeProcess;
  let place: string;

  const ngr = async (...words: string[]): Promise<Json> => {
    const env = { ...process.env, NGR_LOG_LEVEL: 'silent', NGR_PASSPHRASE: 'sardine ladder comet violin' };
    const { stdout } = await promisify(execFile)(process.execPath, [executable, ...words, '--json'], {
      cwd: place,
      env,
    });
    return JSON.parse(stdout) as Json;
  };
  const self = async (of: NodeProcess): Promise<Self> =>
    (await of.get<Self>('/.well-known/ngr-node', 'application/json')).document;
  const peers = async (of: NodeProcess): Promise<Peer[]> =>
    (await of.get<{ orderedItems: Peer[] }>('/peers')).document.orderedItems;
  const hasAll = (of: NodeProcess, { node: id, head }: Self): Promise<boolean> =>
    peers(of).then((all) => all.some((one) => one.node === id && one.complete && one.seq >= head.seq));

  before(async () => {
    place = await temporaryDirectory();
    repository = await startSampleRepository({ directory: await sampleDirectory('wyreford') });
    node = await NodeProcess.start(['--oai', repository.url, '--network', 'drill'], join(place, 'data'));
    peer = await NodeProcess.start(['--network', 'drill', '--bootstrap', node.address], join(place, 'peer'));
  });
  after(async () => {
    for (const one of [node, peer])
      if (one?.child.exitCode === null && one.child.signalCode === null) await one.stop();
    await repository.close();
    await rm(place, { recursive: true, force: true });
  });

  it('has all of its own again from the backup and from its peers', async () => {
    await until('the repository was harvested', async () => (await self(node)).head.live > 40, LONG_MS);
    await until('the peer has it', async () => await hasAll(peer, await self(node)), LONG_MS);

    // The evening before: key and backup, while the node runs.
    await ngr('identity', 'export', 'key.pem', '--data', 'data');
    const backup = await ngr('backup', 'backups', '--data', 'data');
    expect(backup).to.include({ kept: 1 });
    const backedUp = await self(node);

    // The day: a withdrawal that nobody else has decided, and a record that changes.
    const { document: list } = await node.get<{ orderedItems: { id: string }[] }>(
      `/records?limit=20&origin=${backedUp.node}`,
    );
    const [first = '', second = ''] = list.orderedItems.map(({ id }) => id.slice(id.lastIndexOf('/') + 1));
    await node.api('POST', `/records/${first}/withdraw`, { reason: REASON });
    await node.api('POST', `/records/${second}/withdraw`, { reason: REASON });
    await node.api('POST', `/records/${second}/reinstate`, {});
    const lost = await self(node);
    expect(lost.head.seq).to.equal(backedUp.head.seq + 3);
    await until('the peer has that, too', () => hasAll(peer, lost), LONG_MS);

    // The night.
    const { port } = new URL(node.url);
    await node.kill();
    await rm(join(place, 'data'), { recursive: true });

    expect(await ngr('backup', 'verify', 'backups')).to.have.nested.property('backups[0].ok', true);
    expect(await ngr('restore', 'backups', '--data', 'data')).to.include({ node: lost.node, key: false });
    expect(await ngr('identity', 'import', 'key.pem', '--data', 'data')).to.include({ node: lost.node });
    node = await NodeProcess.start(
      ['--oai', repository.url, '--network', 'drill', '--port', port, '--bootstrap', peer.address],
      join(place, 'data'),
    );

    await until('its feed is whole again', async () => (await self(node)).head.seq >= lost.head.seq, LONG_MS);
    const now = await self(node);
    expect(now.node).to.equal(lost.node);
    // What was harvested again in between may have gone behind it; nothing may be missing.
    expect(now.head.live).to.equal(lost.head.live);
    if (now.head.seq === lost.head.seq) expect(now.head.setDigest).to.equal(lost.head.setDigest);
    const tombstone = await node.get(`/records/${first}`);
    expect(tombstone.response.status).to.equal(410);
    expect(JSON.stringify(tombstone.document)).to.include(REASON);
    expect((await node.get(`/records/${second}`)).response.status).to.equal(200);

    // It goes on, and the peer with it.
    await node.api('POST', `/records/${second}/withdraw`, { reason: REASON });
    await until('the peer follows', async () => await hasAll(peer, await self(node)), LONG_MS);
    expect((await peer.get(`/records/${second}`)).response.status).to.equal(410);
  });

  it('has no key in its backups', async () => {
    const pem = await readFile(join(place, 'data', 'identity.pem'), 'utf8');
    const seed = pem.split('\n')[1] ?? '';
    await writeFile(join(place, 'pattern'), `${seed}\nPRIVATE KEY\n`);
    const found = await promisify(execFile)('grep', [
      '-rlf',
      join(place, 'pattern'),
      join(place, 'backups'),
    ]).then(
      ({ stdout }) => stdout,
      () => '',
    );
    expect(found).to.equal('');
  });
});
