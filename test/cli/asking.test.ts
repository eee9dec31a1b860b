import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { recordKey } from '../../vocab/record-key.ts';
import type { StartNode } from '../../node/cli/surroundings.ts';
import { aNodeDouble, list } from './node-double.ts';
import { typed } from './typed.ts';

const OAI = 'oai:r.example:1';
const NODE = '12D3KooWQYhTNQdmr3ArTeUHRYzFg94BKyTkoWBDWez9kSCVe2Xo';
const KEY = recordKey(NODE, OAI);

const ITEM = {
  id: `https://r.example/records/${KEY}`,
  type: 'CreativeWork',
  oaiIdentifier: OAI,
  titles: [{ value: 'Repositories \u001B[31mof\nthe future', language: 'en' }],
  creators: [{ name: 'Knoth, Petr' }, { name: 'B' }, { name: 'C' }, { name: 'D' }],
  published: { value: '2016-05', type: 'xsd:gYearMonth' },
};

describe('a command that asks the running node', () => {
  const { node, ngr } = aNodeDouble();

  it('finds it by its data directory, and shows the token', async () => {
    node.answers.set('GET /search?q=open+access&limit=10', list(ITEM));
    const { exitCode } = await ngr('search', 'open', 'access');
    expect(exitCode).to.equal(0);
    expect(node.asked[0]?.token).to.equal('Bearer secret');
  });

  it('search prints works so that they can be told and named, and nothing that moves the cursor', async () => {
    node.answers.set('GET /search?q=x&limit=10', list(ITEM));
    const { stdout } = await ngr('search', 'x');
    expect(stdout.split('\n')).to.deep.equal([
      'Repositories [31mof the future (2016)',
      '   Knoth, Petr; B; C and others',
      `   ${KEY}  ${OAI}  at r.example`,
      '1 work shown, 1 record found',
      '',
    ]);
  });

  it('search prints with --json what the node said', async () => {
    node.answers.set('GET /search?q=x&limit=3', list(ITEM));
    const { stdout } = await ngr('search', 'x', '--limit', '3', '--json');
    expect(JSON.parse(stdout)).to.deep.equal(list(ITEM).body);
  });

  it('search says that it was ended before it had seen all', async () => {
    node.answers.set('GET /search?q=x&limit=10', {
      body: { totalItems: 1, isCutShort: true, orderedItems: [ITEM] },
    });
    const { exitCode, stdout } = await ngr('search', 'x');
    expect(exitCode).to.equal(0);
    expect(stdout).to.include('The search took too long and was ended');
  });

  it('search takes filters, and prints facets and what was searched instead', async () => {
    const query =
      'q=x+y&type=thesis&type=article&from=2015&access=open&order=newest&spelling=as-written&limit=10';
    const values = [...Array(12).keys()].map((n) => ({ value: `type\u001B ${n}`, count: 1_200 - n }));
    const origin = { property: 'origin', values: [{ value: '12D3', name: 'Wyreford', count: 1 }] };
    const facets = [origin, { property: 'type', values }];
    const body = { totalItems: 1, correctedQuery: 'x yes', facets, orderedItems: [ITEM] };
    node.answers.set(`GET /search?${query}`, { body });
    const words = ['search', 'x', 'y', '--type', 'thesis', '--type', 'article', '--from', '2015'];
    const { exitCode, stdout } = await ngr(
      ...words,
      '--access',
      'open',
      '--order',
      'newest',
      '--as-written',
      '--facets',
    );
    expect(exitCode).to.equal(0);
    const lines = stdout.split('\n');
    expect(lines.slice(0, 2)).to.deep.equal([
      'Words of the search are in no record; with --as-written they are searched for all the same.',
      'Results for: x yes',
    ]);
    expect(lines).to.include('         1  12D3 (Wyreford)');
    expect(lines.slice(-14, -11)).to.deep.equal(['', 'type', '     1,200  type 0']);
    expect(lines.at(-2)).to.equal('            and 2 more');
    expect((await ngr('search', 'x', '--from', 'MMXV')).exitCode).to.equal(2);
    expect((await ngr('search', 'x', '--order', 'title')).exitCode).to.equal(2);
  });

  it('takes a record by key, by address and by OAI identifier', async () => {
    node.answers.set(`GET /records/${KEY}/duplicates`, list({ ...ITEM, reasons: ['doi:10.1/x'] }));
    node.answers.set(`GET /records/${encodeURIComponent(OAI)}`, { status: 303, location: ITEM.id });
    for (const named of [KEY, ITEM.id, OAI]) {
      const { exitCode, stdout } = await ngr('duplicates', named);
      expect(exitCode).to.equal(0);
      expect(stdout).to.include('because of doi:10.1/x');
    }
  });

  it('ends with 3 where the record is not there', async () => {
    const unknown = await ngr('related', 'oai:r.example:none');
    expect(unknown.exitCode).to.equal(3);
    expect(unknown.stderr).to.match(
      /^ngr: The node holds no record "oai:r\.example:none"\. .+ \[RECORD_NOT_FOUND\]\n$/,
    );
    expect((await ngr('related', KEY)).exitCode).to.equal(3);
  });

  it('names what was typed where the node has no such record of its own', async () => {
    node.answers.set('GET /', { body: { node: NODE } });
    const detail = `No record is held here under ${KEY}.`;
    const answer = { status: 404, body: { code: 'RECORD_UNKNOWN', title: 'No such record', detail } };
    node.answers.set(`POST /api/records/${KEY}/withdraw`, answer);
    node.answers.set(`POST /api/records/${KEY}/reinstate`, answer);
    for (const words of [
      ['withdraw', OAI, '--reason', 'By mistake'],
      ['reinstate', OAI],
    ]) {
      const { exitCode, stderr } = await ngr(...words);
      expect(exitCode).to.equal(3);
      expect(stderr).to.include(`"${OAI}"`).and.to.include('[RECORD_NOT_FOUND]').and.not.to.include(KEY);
    }
  });

  it('withdraws its own record of an OAI identifier that a peer may have too', async () => {
    node.answers.set('GET /', { body: { node: NODE } });
    node.answers.set(`POST /api/records/${KEY}/withdraw`, { body: { key: KEY, outcome: 'withdrawn' } });
    const { exitCode, stdout } = await ngr('withdraw', OAI, '--reason', 'By mistake');
    expect(exitCode).to.equal(0);
    expect(stdout).to.include(`/records/${KEY} is withdrawn`);
    expect(node.asked.at(-1)?.body).to.equal('{"reason":"By mistake"}');
  });

  it('reinstate passes on what the node refuses, in its words', async () => {
    const problem = {
      code: 'RECORD_NOT_WITHDRAWN',
      title: 'The record is not withdrawn',
      detail: 'It is not.',
    };
    node.answers.set(`POST /api/records/${KEY}/reinstate`, { status: 409, body: problem });
    const { exitCode, stderr } = await ngr('reinstate', KEY);
    expect(exitCode).to.equal(1);
    expect(stderr).to.equal('ngr: It is not. [RECORD_NOT_WITHDRAWN]\n');
  });

  it('status prints what the node holds and does', async () => {
    const run = { pages: 2, records: 9, created: 9, updated: 0, deleted: 0, unchanged: 0, issues: 1 };
    const source = { name: 'r.example', type: 'oai-pmh', url: 'https://r.example/oai', running: false };
    const lastRun = {
      ...run,
      outcome: 'failed',
      startedAt: '1970-01-01T00:00:00.000Z',
      endedAt: '1970-01-01T00:01:00.000Z',
      error: { code: 'X', message: 'It broke.' },
    };
    const status = {
      node: NODE,
      name: 'Nordmark',
      base: 'https://n.example',
      networks: ['default'],
      version: '0.1.0',
      addresses: ['/ip4/192.0.2.1/tcp/4001'],
      records: { own: 9, held: 12_345 },
      works: { works: 11_000, clusters: 40 },
      readers: [
        { name: 'search', lag: 0 },
        { name: 'duplicates', lag: 7 },
      ],
      sources: [{ ...source, lastRun }],
      issues: { error: 1, warning: 2, info: 3 },
      peers: { known: 5, connected: 3, followed: 4 },
      ready: { ok: false, checks: [{ name: 'store', ok: false, detail: 'cannot be read' }] },
    };
    node.answers.set('GET /api/status', { body: status });
    const { exitCode, stdout } = await ngr('status');
    expect(exitCode).to.equal(0);
    expect(stdout).to.include('9 own, 12,345 in all').and.to.include('duplicates 7 behind');
    expect(stdout)
      .to.include('3 of 5 known nodes connected, 4 followed')
      .and.to.include('/ip4/192.0.2.1/tcp/4001');
    expect(stdout).to.include('failed on 1970-01-01 00:01 UTC (It broke.)');
    expect(stdout)
      .to.include('1 error, 2 warnings, 3 notes')
      .and.to.include('not ready: store (cannot be read)');
  });

  it('says that an answer is not understood rather than printing half of it', async () => {
    node.answers.set('GET /peers', { body: { orderedItems: [{ node: 3 }] } });
    const { exitCode, stderr } = await ngr('peers');
    expect(exitCode).to.equal(1);
    expect(stderr).to.match(/orderedItems\.0\.node.+same version.+\[NODE_ANSWER\]/);
  });

  it('tells a node that has the data but does not answer', async () => {
    // Something else listens there, which speaks no HTTP.
    const other = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(other, 'listening');
    await node.tell({ pid: process.pid, url: `http://127.0.0.1:${(other.address() as AddressInfo).port}` });
    const { exitCode, stderr } = await ngr('peers');
    other.close();
    expect(exitCode).to.equal(1);
    expect(stderr).to.include('[NODE_UNREACHABLE]');
  });
});

describe('a command where no node runs', () => {
  const { node } = aNodeDouble();
  beforeEach(() => {
    node.answers.set('GET /peers', list());
  });

  /** Starts the double in the place of a node. */
  function started(): { startNode: StartNode; calls: string[] } {
    const calls: string[] = [];
    const startNode: StartNode = (_config, { offline }) => {
      calls.push(offline ? 'offline' : 'online');
      const stop = (): Promise<void> => {
        calls.push('stop');
        return Promise.resolve();
      };
      return Promise.resolve({ url: node.url, multiaddrs: [], stop });
    };
    return { startNode, calls };
  }

  const stale: readonly [what: string, content: object | string][] = [
    ['whose process has ended', { pid: 2 ** 22 + 1, url: 'http://127.0.0.1:1' }],
    ['that a crash cut short', '{"pid": 1'],
    ['of another form', { port: 80 }],
  ];
  for (const [what, content] of stale) {
    it(`starts one without peers and stops it, past a node.json ${what}`, async () => {
      await node.tell(content);
      const { startNode, calls } = started();
      const { exitCode } = await typed(['peers', '--data', node.data], { startNode });
      expect(exitCode).to.equal(0);
      expect(calls).to.deep.equal(['offline', 'stop']);
    });
  }

  it('starts one where the process of a killed node is now another, and nobody listens', async () => {
    const gone = await closedPort();
    await node.tell({ pid: process.pid, url: `http://127.0.0.1:${gone}` });
    const { startNode, calls } = started();
    const { exitCode } = await typed(['peers', '--data', node.data], { startNode });
    expect(exitCode).to.equal(0);
    expect(calls).to.deep.equal(['offline', 'stop']);
  });

  it('asks the data of a node that was started with --oai, and not the sample', async () => {
    await node.tell('');
    const samples: boolean[] = [];
    const startNode: StartNode = (config) => {
      samples.push(config.sample !== undefined);
      return Promise.resolve({ url: node.url, multiaddrs: [], stop: () => Promise.resolve() });
    };
    await typed(['peers', '--data', node.data], { startNode });
    await writeFile(join(node.data, 'identity.pem'), '');
    await typed(['peers', '--data', node.data], { startNode });
    expect(samples).to.deep.equal([true, false]);
  });

  it('stops it also where the command fails', async () => {
    await node.tell('');
    const { startNode, calls } = started();
    const { exitCode } = await typed(['search', 'x', '--data', node.data], { startNode });
    expect(exitCode).to.equal(3);
    expect(calls).to.deep.equal(['offline', 'stop']);
  });

  it('makes no data directory by asking', async () => {
    const cwd = await mkdtemp(join(tmpdir(), 'ngr-cli-'));
    const { startNode, calls } = started();
    const { exitCode, stderr } = await typed(['status', '--data', 'none'], { startNode, cwd });
    await rm(cwd, { recursive: true });
    expect(exitCode).to.equal(3);
    expect(stderr).to.include('[NO_DATA]');
    expect(calls).to.deep.equal([]);
  });
});

/** A port on which somebody listened. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
