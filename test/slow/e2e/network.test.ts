import { expect } from 'chai';
import {
  sampleDirectory,
  startSampleRepository,
  type RunningSampleRepository,
} from '../../../node/sample/index.ts';
import { NodeProcess, type Json } from '../../support/node-process.ts';
import { until } from '../../support/until.ts';

const SAMPLES = ['andina', 'nordmark', 'wyreford'] as const;
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const LONG_MS = 2 * 60_000;

interface List {
  totalItems: number;
  orderedItems: (Json & { id: string; node: string })[];
}

/** Three institutions as three processes, with the sample repositories that overlap. */
describe('a network of three nodes', () => {
  const repositories: RunningSampleRepository[] = [];
  const nodes: NodeProcess[] = [];

  const flagsOf = (i: number): string[] => [
    '--oai',
    repositories[i]?.url ?? '',
    '--name',
    SAMPLES[i] ?? '',
    '--network',
    'test',
    ...(i === 0 ? [] : ['--bootstrap', nodes[0]?.address ?? '']),
  ];
  const at = (i: number): NodeProcess => {
    const node = nodes[i];
    if (node === undefined) throw new Error(`no node ${i}`);
    return node;
  };
  const list = async (node: NodeProcess, path: string): Promise<List> =>
    (await node.get<List>(path)).document;
  const recordsAt = async (node: NodeProcess): Promise<number> => (await list(node, '/records')).totalItems;
  const keyOf = (id: string): string => id.slice(id.lastIndexOf('/') + 1);
  const statusAt = async (node: NodeProcess, key: string): Promise<number> =>
    (await node.get(`/records/${key}`)).response.status;

  before(async () => {
    for (const name of SAMPLES) {
      repositories.push(await startSampleRepository({ directory: await sampleDirectory(name) }));
    }
    for (const [i] of SAMPLES.entries()) nodes.push(await NodeProcess.start(flagsOf(i)));
  });
  after(async () => {
    for (const node of nodes) {
      if (node.child.exitCode === null) expect(await node.stop()).to.equal(0);
      await node.remove();
    }
    for (const repository of repositories) await repository.close();
  });

  /** One of the first node's records that another institution has as well. */
  async function aSharedRecord(): Promise<{ key: string; copies: List }> {
    const { document: self } = await at(0).get('/');
    const { orderedItems } = await list(at(0), `/records?origin=${String(self['node'])}&limit=200`);
    for (const { id, type } of orderedItems) {
      if (type === 'Tombstone') continue;
      const copies = await list(at(0), `/records/${keyOf(id)}/duplicates`);
      if (copies.orderedItems.length > 0) return { key: keyOf(id), copies };
    }
    throw new Error('no record is shared');
  }

  it('shows the records of all three at each, with the works that two of them hold', async () => {
    await until(
      'each node has the same records, of three institutions',
      async () => {
        const totals = await Promise.all(nodes.map(recordsAt));
        const peers = await Promise.all(nodes.map((node) => list(node, '/peers')));
        const whole = peers.every(
          ({ orderedItems }) => orderedItems.length === 3 && orderedItems.every((peer) => peer['complete']),
        );
        return whole && new Set(totals).size === 1 && (totals[0] ?? 0) > 120;
      },
      LONG_MS,
    );
    await until('a shared work', () => aSharedRecord().then(Boolean, () => false), LONG_MS);
    const { key } = await aSharedRecord();
    await until('the same copies at each node', async () => {
      const works = await Promise.all(
        nodes.map(async (node) =>
          (await list(node, `/records/${key}/duplicates`)).orderedItems.map(({ id }) => id).sort(),
        ),
      );
      return new Set(works.map((ids) => ids.join(' '))).size === 1;
    });
  });

  it('relates items across institutions, and never a work to itself', async () => {
    const { key, copies } = await aSharedRecord();
    let related: List = { totalItems: 0, orderedItems: [] };
    await until('related items of several institutions', async () => {
      related = await list(at(0), `/records/${key}/related`);
      return new Set(related.orderedItems.map(({ node }) => node)).size > 1;
    });
    const own = new Set([key, ...copies.orderedItems.map(({ id }) => keyOf(id))]);
    expect(related.orderedItems.some(({ id }) => own.has(keyOf(id)))).to.equal(false);
  });

  it('serves a change of a repository at the other nodes', async () => {
    const { repository } = repositories[1] ?? {};
    const { document: self } = await at(1).get('/');
    const { orderedItems } = await list(at(1), `/records?origin=${String(self['node'])}&limit=50`);
    const gone = orderedItems.find(({ type }) => type !== 'Tombstone');
    if (repository === undefined || gone === undefined) throw new Error('nothing to delete');
    repository.remove(String(gone['oaiIdentifier']));
    await at(1).api('POST', '/harvest', {});
    await until(
      'the deletion at the other nodes',
      async () => (await statusAt(at(0), keyOf(gone.id))) === 410,
      LONG_MS,
    );
  });

  it('takes a withdrawn record away everywhere, within seconds', async () => {
    const { key } = await aSharedRecord();
    await at(0).api('POST', `/records/${key}/withdraw`, { reason: 'Retracted' });
    for (const node of nodes) {
      await until('the withdrawal', async () => (await statusAt(node, key)) === 410, LONG_MS);
      const { document } = await node.get(`/records/${key}`);
      expect(document['tombstone']).to.deep.include({ kind: 'withdrawn', reason: 'Retracted' });
      expect(JSON.stringify(document)).not.to.match(/abstracts|"raw"|"files"/);
    }
  });

  it('adds up what was used where', async () => {
    const { document: self } = await at(2).get('/');
    const { orderedItems } = await list(at(2), `/records?origin=${String(self['node'])}&limit=50`);
    const item = orderedItems.find(({ type }) => type !== 'Tombstone');
    if (item === undefined) throw new Error('no record');
    const tracker = new URL('/tracker', at(2).url);
    tracker.search = new URLSearchParams({
      url_ver: 'Z39.88-2004',
      url_tim: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
      req_id: 'urn:ip:192.0.2.7',
      req_dat: FIREFOX,
      'rft.artnum': String(item['oaiIdentifier']),
      rfr_id: 'repository.example',
      rft_dat: 'Request',
      svc_dat: 'https://repository.example/file.pdf',
    }).toString();
    const response = await fetch(tracker, { headers: { 'user-agent': FIREFOX } });
    expect(response.ok, await response.text()).to.equal(true);
    await until(
      'the request in the totals of another node',
      async () => ((await at(0).get('/usage')).document['requests'] as number) === 1,
      LONG_MS,
    );
  });

  it('is caught up with by a node that was away', async () => {
    const away = at(1);
    expect(await away.stop()).to.equal(0);
    const { document: self } = await at(2).get('/');
    const { orderedItems } = await list(at(2), `/records?origin=${String(self['node'])}&limit=50`);
    const item = orderedItems.find(({ type }) => type !== 'Tombstone');
    if (item === undefined) throw new Error('no record');
    await at(2).api('POST', `/records/${keyOf(item.id)}/withdraw`, { reason: 'While you were away' });
    const back = await NodeProcess.start(flagsOf(1), away.data);
    nodes[1] = back;
    await until('the withdrawal', async () => (await statusAt(back, keyOf(item.id))) === 410, LONG_MS);
  });
});
