import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { NodeProcess, temporaryDirectory, type Json } from '../support/node-process.ts';
import { until } from '../support/until.ts';
import { BadNetwork, type Place } from '../../scripts/bench/bad-network.ts';

/** The fourth joins later, and has nothing of its own. */
const SAMPLES = ['andina', 'nordmark', 'wyreford', false] as const;
const FIRST = 3;
const WEB_PORT = 8_080;
const P2P_PORT = 4_001;
const PARTITION_MS = 60_000;
/** Over a bad line; over a good one it takes a second. */
const LONG_MS = 2 * 60_000;

interface List {
  totalItems: number;
  orderedItems: (Json & { id: string })[];
}

/** Whole nodes on machines of their own, as far as the network goes. */
describe('three nodes with bad lines between them', () => {
  const nodes: NodeProcess[] = [];
  let network: BadNetwork | undefined;

  before(async function () {
    const reason = BadNetwork.whyNot();
    if (reason !== undefined) {
      console.warn(`      skipped: ${reason}`);
      this.skip();
    }
    network = new BadNetwork(SAMPLES.length);
    for (let i = 0; i < FIRST; i++) nodes.push(await start(i));
  });
  after(async () => {
    for (const node of nodes) {
      if (node.child.exitCode === null) await node.kill();
      await node.remove();
    }
    network?.remove();
  });

  const bad = (): BadNetwork => {
    if (network === undefined) throw new Error('there is no network');
    return network;
  };
  const place = (i: number): Place => found(bad().places[i]);
  const at = (i: number): NodeProcess => found(nodes[i]);

  async function start(i: number): Promise<NodeProcess> {
    const { name, address, control } = place(i);
    const directory = await temporaryDirectory();
    const config = join(directory, 'config.json');
    // Everyone knows the first, as in life.
    const bootstrap = i === 0 ? [] : [at(0).address.replace(/^\/ip4\/[^/]+/, `/ip4/${place(0).address}`)];
    const sample = SAMPLES[i];
    // One each: a node takes what answers at its own for itself.
    const port = WEB_PORT + i;
    await writeFile(config, JSON.stringify({ name: sample || 'nothing', sample, networks: ['test'] }));
    const flags = [
      // Nobody reaches another's base, so nobody is proved.
      ['--config', config, '--proof', 'shown', '--base-url', `http://localhost:${port}`],
      ['--host', '0.0.0.0', '--port', String(port), '--p2p-host', address, '--p2p-port', String(P2P_PORT)],
      bootstrap.flatMap((known) => ['--bootstrap', known]),
    ].flat();
    return await NodeProcess.start(flags, directory, {
      command: ['ip', 'netns', 'exec', name],
      url: `http://${control}:${port}`,
    });
  }

  const list = async (node: NodeProcess, path: string): Promise<List> =>
    (await node.get<List>(path)).document;
  const keyOf = ({ id }: Json): string => String(id).slice(String(id).lastIndexOf('/') + 1);

  /** Before a node has read its repository, the others miss nothing of it. */
  async function haveHarvested(): Promise<boolean> {
    const all = await Promise.all(
      nodes.map((node) => node.api<{ sources: { lastRun?: { outcome: string } }[] }>('GET', '/harvest')),
    );
    return all.every(({ sources }) => sources.every(({ lastRun }) => lastRun?.outcome === 'complete'));
  }

  /** Each has all of all. */
  async function areComplete(): Promise<boolean> {
    const peers = await Promise.all(nodes.map((node) => list(node, '/peers')));
    const records = await Promise.all(nodes.map((node) => list(node, '/records')));
    const isWhole = peers.every(
      ({ orderedItems }) =>
        orderedItems.length === nodes.length && orderedItems.every((peer) => peer['complete']),
    );
    return isWhole && new Set(records.map(({ totalItems }) => totalItems)).size === 1;
  }

  /** Withdraws one of a node's records. @returns its key */
  async function withdraw(i: number): Promise<string> {
    const { document: self } = await at(i).get('/');
    const { orderedItems } = await list(at(i), `/records?origin=${String(self['node'])}&limit=200`);
    const key = keyOf(found(orderedItems.find(({ type }) => type !== 'Tombstone')));
    await at(i).api('POST', `/records/${key}/withdraw`, { reason: 'Retracted' });
    return key;
  }

  const isGone = async (node: NodeProcess, key: string): Promise<boolean> =>
    (await node.get(`/records/${key}`)).response.status === 410;

  async function expectGoneEverywhere(key: string): Promise<void> {
    await until(
      'the withdrawal at all nodes',
      async () => (await Promise.all(nodes.map((node) => isGone(node, key)))).every(Boolean),
      LONG_MS,
    );
  }

  it('get all of each other over good ones', async () => {
    await until('all have harvested', () => haveHarvested(), LONG_MS);
    await until('all are complete', () => areComplete(), LONG_MS);
  });

  it('are complete where a fifth of all packets is lost', async () => {
    bad().lose(0.2);
    const keys = [await withdraw(0), await withdraw(1), await withdraw(2)];
    for (const key of keys) await expectGoneEverywhere(key);
    await until('all are complete', () => areComplete(), LONG_MS);
    bad().mend();
  });

  it('are complete after a partition of a minute', async () => {
    bad().cut(place(2));
    const end = performance.now() + PARTITION_MS;
    const keys = [await withdraw(0), await withdraw(2)];
    const [here = '', there = ''] = keys;
    await until('the withdrawal on its side', () => isGone(at(1), here), LONG_MS);
    while (performance.now() < end) {
      expect(await isGone(at(0), there), 'it came over a cut line').to.equal(false);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
    bad().join(place(2));
    for (const key of keys) await expectGoneEverywhere(key);
    await until('all are complete', () => areComplete(), LONG_MS);
  });

  it('are complete where one joins behind a slow line', async () => {
    console.info(`      ${bad().slow(place(FIRST))}`);
    nodes.push(await start(FIRST));
    await until('all are complete', () => areComplete(), LONG_MS);
    await expectGoneEverywhere(await withdraw(0));
  });
});

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('there is none');
  return value;
}
