import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { recordKey } from '../../vocab/record-key.ts';
import type { StartNode } from '../../node/cli/surroundings.ts';
import { NodeDouble, type Answer } from './node-double.ts';
import { typed, type Typed } from './typed.ts';

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

const list = (...orderedItems: object[]): Answer => ({
  body: { totalItems: orderedItems.length, orderedItems },
});

describe('a command that asks the running node', () => {
  let node: NodeDouble;
  beforeEach(async () => {
    node = new NodeDouble();
    await node.start();
  });
  afterEach(() => node.stop());

  const ngr = (...words: string[]): Promise<Typed> => typed([...words, '--data', node.data]);

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
      .to.include('1 errors, 2 warnings, 3 notes')
      .and.to.include('not ready: store (cannot be read)');
  });

  describe('peers', () => {
    const peer = {
      node: NODE,
      name: 'Nordmark',
      networks: ['default'],
      self: false,
      connected: true,
      proof: 'proved',
      provedAt: '2026-11-01T00:00:00.000Z',
      followed: true,
      why: 'network',
      lag: 3,
      headTime: '2026-11-21T07:40:00.000Z',
      records: 12_345,
      bytes: 12_345_678,
      received: 1_200_000,
      sent: 0,
      complete: false,
      lastContact: '2026-11-21T07:48:00.000Z',
      refused: [{ code: 'FEED_BAD_SIGNATURE', count: 2 }],
      cutOff: false,
    };

    it('prints a row a node, and what was refused of it', async () => {
      node.answers.set('GET /peers', list(peer));
      const { stdout } = await ngr('peers');
      expect(stdout).to.match(
        /^Name +State +Domain +Followed +Records +Size +Behind +Head of +Last contact +In +Out +Refused +Node\n/,
      );
      expect(stdout).to.match(
        /Nordmark +connected +proved since 2026-11-01 +yes \(network\) +12,345 +12\.3 MB +3 +2026-11-21 07:40 UTC +2026-11-21 07:48 UTC +1\.2 MB +0 B +2 +12D3Koo/,
      );
      expect(stdout).to.include('\nNordmark: refused FEED_BAD_SIGNATURE 2.\n');
    });

    it('prints all pages of the list', async () => {
      const [first, second] = [list(peer), list({ ...peer, name: 'Sørmark' })];
      const next = 'https://n.example/peers?network=a+b&page=2';
      node.answers.set('GET /peers?network=a+b', { body: { ...(first.body as object), next } });
      node.answers.set('GET /peers?network=a+b&page=2', second);
      const { stdout } = await ngr('peers', '--in', 'a b');
      expect(stdout).to.include('Nordmark ').and.include('Sørmark ');
      const json = JSON.parse((await ngr('peers', '--in', 'a b', '--json')).stdout) as object;
      expect(json).to.have.property('orderedItems').with.length(2);
      expect(json).not.to.have.property('next');
    });

    it('tells of two histories, with what was signed twice and what to do', async () => {
      const signed = [
        { time: '2026-11-20T07:48:00.000Z', digest: 'ab', live: 12 },
        { time: '2026-11-21T07:48:00.000Z', digest: 'cd', live: 11 },
      ];
      node.answers.set(
        'GET /peers?state=troubled',
        list({ ...peer, fork: { kind: 'heads', seq: 12, signed } }),
      );
      const { stdout } = await ngr('peers', '--state', 'troubled');
      expect(stdout)
        .to.include('two things as number 12 of its changes: a state of 12 changes on 2026-11-20 07:48 UTC')
        .and.include(`"ngr peers --forgive ${NODE}"`);
    });

    it('ends a quarantine', async () => {
      const body = { node: NODE, name: 'Nordmark', followed: true, why: 'network' };
      node.answers.set(`POST /api/peers/${NODE}/forgive`, { body });
      const { exitCode, stdout } = await ngr('peers', '--forgive', NODE);
      expect(exitCode).to.equal(0);
      expect(stdout).to.equal('Nordmark is in quarantine no longer. Its feed is read anew.\n');
      const json = await ngr('peers', '--forgive', NODE, '--json');
      expect(JSON.parse(json.stdout)).to.deep.equal(body);
    });
  });

  describe('usage', () => {
    const month = { month: '2026-11', investigations: 1500, requests: 20, isFinal: false };
    const robots = { investigations: 90, requests: 7 };
    const institution = { node: NODE, name: 'Nordmark', investigations: 1500, requests: 20 };
    const usage = {
      networks: ['default'],
      from: '2025-12',
      to: '2026-11',
      investigations: 1500,
      requests: 20,
      byMonth: [month],
      byNode: [institution],
      own: {
        investigations: 1500,
        requests: 20,
        robots,
        byMonth: [{ ...month, robots }],
        top: [{ name: 'Open access\u001b[31m', investigations: 1400, requests: 19 }],
      },
      apart: { investigations: 0, requests: 0, byNode: [] },
      refused: [],
    };

    it('prints own months and records, the network and its institutions', async () => {
      node.answers.set('GET /api/usage', { body: usage });
      const { stdout } = await ngr('usage');
      expect(stdout)
        .to.match(/2026-11 \* +1,500 +20 +90 +7\n/)
        .and.to.match(/Open access \[31m +1,400 +19\n/)
        .and.to.match(/Network "default" +Investigations +Requests\n2026-11 \* +1,500 +20\n/)
        .and.to.match(/Nordmark +1,500 +20\n/)
        .and.not.to.include('Kept apart');
    });

    it('asks for a period, and for one table as CSV', async () => {
      node.answers.set('GET /api/usage?from=2025-01&to=2025-12', {
        body: { ...usage, byMonth: [], byNode: [] },
      });
      const year = await ngr('usage', '--from', '2025-01', '--to', '2025-12');
      expect(year.stdout).to.include('No node of the network has told of usage');
      const empty = { ...usage.own, byMonth: [], top: [] };
      const refused = [{ code: 'USAGE_DAY_CLOSED', count: 12 }];
      node.answers.set('GET /api/usage?period=all', { body: { ...usage, own: empty, refused } });
      const all = await ngr('usage', '--all');
      expect(all.stdout)
        .to.include('No use of the own records was counted from 2025-12 to 2026-11.')
        .and.match(/USAGE_DAY_CLOSED +12\n/);
      expect((await ngr('usage', '--from', '1/2025')).exitCode).to.equal(2);
      expect((await ngr('usage', '--csv', 'nothing')).exitCode).to.equal(2);
    });

    it('prints what is kept apart and why, and takes the decision', async () => {
      const liar = {
        ...institution,
        name: 'Liar',
        investigations: 2e6,
        requests: 0,
        why: 'out of proportion',
      };
      const apart = {
        investigations: 2e6,
        requests: 0,
        byNode: [{ ...liar, furthest: { measure: 'investigations', perRecord: 20_000, usual: 7.126 } }],
      };
      node.answers.set('GET /api/usage', { body: { ...usage, apart } });
      const { stdout } = await ngr('usage');
      expect(stdout)
        .to.match(/Liar +out of proportion: 20,000 a month for each record, usual are 7.1 +2,000,000 +0/)
        .and.include('Nothing of that is in the sums.');
      const counted = { investigations: 1500, requests: 20 };
      for (const [flag, action] of [
        ['--accept', 'accept'],
        ['--refuse', 'refuse'],
      ] as const) {
        const body = { node: NODE, decision: `${action}d`, counted, apart: counted };
        node.answers.set(`POST /api/usage/${NODE}/${action}`, { body });
        expect((await ngr('usage', flag, NODE)).stdout).to.match(
          /^The usage of 12D3\S+ is \w+\.\nCounted: 1,500/,
        );
      }
      expect((await ngr('usage', '--accept', NODE, '--refuse', NODE)).exitCode).to.equal(2);
    });
  });

  describe('check', () => {
    const issue = (n: number, parts: object = {}): object => ({
      id: `i${n}`,
      source: 'r.example',
      code: 'OAI_RECORD_UNREADABLE',
      severity: 'error',
      title: 'A record cannot be read',
      message: `Record ${n} cannot be read.`,
      remedy: 'Mend its XML.',
      place: { page: 2, record: n },
      firstSeen: '2026-01-02T03:04:05.000Z',
      lastSeen: '2026-02-02T03:04:05.000Z',
      count: 3,
      ...parts,
    });
    const counts = { error: 2, warning: 0, info: 1 };

    it('lists issues page by page, and ends with 4 where there are errors', async () => {
      node.answers.set('GET /api/issues?severity=error&limit=500', {
        body: { issues: [issue(1)], counts, next: 'i1' },
      });
      node.answers.set('GET /api/issues?severity=error&limit=499&after=i1', {
        body: { issues: [issue(2)], counts },
      });
      const { exitCode, stdout } = await ngr('check', '--severity', 'error', '--limit', '500');
      expect(exitCode).to.equal(4);
      expect(stdout).to.include('error   Record 2 cannot be read. [OAI_RECORD_UNREADABLE]');
      expect(stdout)
        .to.include('r.example, page 2, record 1, met 3 times, since 2026-01-02')
        .and.to.include('Mend its XML.');
      expect(stdout).to.match(/2 errors, 0 warnings, 1 note\n$/);
    });

    it('shows what was put right', async () => {
      const repairs = ['a', 'b', 'c', 'd'].map((before) => ({ before, after: before.toUpperCase() }));
      node.answers.set('GET /api/issues?code=NAME_SPLIT&source=r&record=oai%3A1&limit=100', {
        body: {
          issues: [issue(1, { repairs, severity: 'info', count: 1 })],
          counts: { ...counts, error: 0 },
        },
      });
      const filter = ['--code', 'NAME_SPLIT', '--source', 'r', '--record', 'oai:1'];
      const { exitCode, stdout } = await ngr('check', ...filter);
      expect(exitCode).to.equal(0);
      expect(stdout).to.include('“a” → “A”').and.to.include('and 1 more').and.not.to.include('“D”');
      expect(stdout).not.to.include('times');
    });

    it('shows the place where a long value was put right, and what nobody sees', async () => {
      const head = 'A long title that goes on and on before anything is wrong with it at all, ';
      const repairs = [
        { before: `${head}caf\u00c3\u00a9 and more`, after: `${head}café and more` },
        { before: 'in\u00advisible', after: 'invisible' },
        { before: 'a  b\u00a0c\u001b[31m', after: 'a b c' },
      ];
      node.answers.set('GET /api/issues?limit=100', { body: { issues: [issue(1, { repairs })], counts } });
      const { stdout } = await ngr('check');
      expect(stdout)
        .to.include('cafÃ© and more” → “…')
        .and.to.include('café and more”')
        .and.to.include('“in\\u{AD}visible” → “invisible”')
        .and.to.include('“a  b\\u{A0}c\\u{1B}[31m” → “a b c”');
    });

    it('counts the kinds', async () => {
      const kind = { severity: 'error', code: 'A_B', title: 'What it is', count: 1_234 };
      const note = { severity: 'info', code: 'C_D', title: 'Another', count: 1 };
      node.answers.set('GET /api/issues/kinds?source=r', { body: { kinds: [kind, note] } });
      node.answers.set('GET /api/issues/kinds?severity=info&source=r&record=oai%3A1', {
        body: { kinds: [note] },
      });
      const all = await ngr('check', '--kinds', '--source', 'r');
      expect(all.exitCode).to.equal(4);
      expect(all.stdout).to.match(/1 +info +C_D +Another\n1,234 errors, 0 warnings, 1 note\n$/);
      const filter = ['--source', 'r', '--severity', 'info', '--record', 'oai:1'];
      const some = await ngr('check', '--kinds', ...filter);
      expect(some.exitCode).to.equal(0);
      expect(some.stdout).to.match(/1 +info +C_D +Another\n0 errors, 0 warnings, 1 note\n$/);
    });

    it('writes a table as it comes', async () => {
      node.answers.set('GET /api/issues?code=NAME_SPLIT', { text: '\ufeffseverity,code\r\ninfo,"ü"\r\n' });
      node.answers.set('GET /api/issues?code=NAME_SPLIT&limit=1', { body: { issues: [], counts } });
      const { exitCode, stdout } = await ngr('check', '--csv', '--code', 'NAME_SPLIT');
      expect(exitCode).to.equal(4);
      expect(stdout).to.equal('\ufeffseverity,code\r\ninfo,"ü"\r\n');
    });

    it('refuses two formats at a time', async () => {
      expect((await ngr('check', '--csv', '--json')).exitCode).to.equal(2);
      expect((await ngr('check', '--csv', '--kinds')).exitCode).to.equal(2);
    });
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
  let node: NodeDouble;
  beforeEach(async () => {
    node = new NodeDouble();
    await node.start();
    node.answers.set('GET /peers', list());
  });
  afterEach(() => node.stop());

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
