import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { diagnose } from '../../node/cli/doctor/diagnosis.ts';
import type { Patient } from '../../node/cli/doctor/patient.ts';
import { systemClock } from '../../node/clock.ts';
import { installation, resolveConfig } from '../../node/config/index.ts';
import { Identity } from '../../node/identity/index.ts';
import { FORMAT, openStore } from '../../node/store/index.ts';
import {
  sampleDirectory,
  startSampleRepository,
  type RunningSampleRepository,
} from '../../node/sample/index.ts';
import { postgresFor } from '../support/postgres-server.ts';
import { aLevel, anOldDataDirectory } from '../store/migrations/an-old-store.ts';
import { NodeDouble } from './node-double.ts';
import { typed } from './typed.ts';

interface Found {
  check: string;
  state: 'ok' | 'warning' | 'failed';
  text: string;
  remedy?: string;
}

describe('ngr doctor', () => {
  let repository: RunningSampleRepository;
  let place: string;
  const closing: (() => unknown)[] = [];
  before(async () => {
    repository = await startSampleRepository({ directory: await sampleDirectory('wyreford') });
  });
  after(() => repository.close());
  beforeEach(async () => {
    place = await mkdtemp(join(tmpdir(), 'ngr-test-'));
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
    await rm(place, { recursive: true, force: true });
  });

  async function listening<S extends Server | TcpServer>(server: S, port = 0): Promise<number> {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    closing.push(() => server.close());
    return (server.address() as AddressInfo).port;
  }
  const web = async (answer: RequestListener): Promise<string> =>
    `http://127.0.0.1:${await listening(createServer(answer))}`;

  /** What is found with these settings, on ports that are free, by the command itself. */
  async function found(
    settings: object,
    { data = join(place, 'data'), clock = systemClock, stopping = new AbortController().signal } = {},
  ): Promise<{ exitCode: number; of: (check: string) => Found[] }> {
    await writeFile(
      join(place, 'ngr.config.json'),
      JSON.stringify({
        contact: 'ana@example.edu',
        http: { host: '127.0.0.1', port: 0 },
        p2p: { host: '127.0.0.1', port: 0, mdns: false },
        sample: false,
        ...settings,
      }),
    );
    const { stdout, stderr, exitCode } = await typed(['doctor', '--json', '--data', data], {
      cwd: place,
      clock,
      stopping,
    });
    expect(stderr).to.equal('');
    const { ok, findings } = JSON.parse(stdout) as { ok: boolean; findings: Found[] };
    expect(ok).to.equal(exitCode === 0);
    for (const { state, remedy } of findings) expect(remedy === undefined).to.equal(state === 'ok');
    return { exitCode, of: (check) => findings.filter((one) => one.check === check) };
  }
  const states = (all: Found[]): string[] => all.map(({ state }) => state);

  it('finds a repository that answers well, and the clock as it', async () => {
    const { of, exitCode } = await found({ sources: [{ name: 'r', url: repository.url }] });
    expect(of('repository')[0]?.text).to.match(/^r: .* answers, formats .*oai_dc/);
    expect(of('clock')[0]?.text).to.match(/^as that of 127\.0\.0\.1/);
    expect(states(of('ports'))).to.deep.equal(['ok', 'ok']);
    expect(states([...of('disk'), ...of('store')])).not.to.include('failed');
    expect(exitCode).to.equal(0);
  });

  it('finds addresses that are no repository', async () => {
    const page = await web((_, response) =>
      response.setHeader('content-type', 'text/html').end('<html><body>Welcome'),
    );
    const gone = await web((_, response) => response.writeHead(404).end());
    const { of, exitCode } = await found({
      sources: [
        { name: 'page', url: page },
        { name: 'gone', url: gone },
        { name: 'list', type: 'resourcesync', url: page },
        { name: 'folder', type: 'files', path: join(place, 'nowhere') },
        { name: 'here', type: 'files', path: place },
        { name: 'format', url: repository.url, metadataPrefix: 'marc21' },
      ],
    });
    expect(exitCode).to.equal(1);
    expect(states(of('repository'))).to.deep.equal(['failed', 'failed', 'failed', 'failed', 'ok', 'failed']);
    expect(of('repository')[5]?.text).to.include('"marc21" is not among its formats');
  });

  it('finds dates of a repository that are not sane', async () => {
    const identify =
      (datestamp: string): RequestListener =>
      (request, response) => {
        const verb = request.url?.includes('ListMetadataFormats')
          ? '<ListMetadataFormats><metadataFormat><metadataPrefix>mods</metadataPrefix><schema>s</schema><metadataNamespace>n</metadataNamespace></metadataFormat></ListMetadataFormats>'
          : `<Identify><repositoryName>R</repositoryName><baseURL>http://r.example/oai</baseURL><protocolVersion>2.0</protocolVersion><adminEmail>a@r.example</adminEmail><earliestDatestamp>${datestamp}</earliestDatestamp><deletedRecord>no</deletedRecord><granularity>YYYY-MM-DD</granularity></Identify>`;
        response
          .setHeader('content-type', 'text/xml')
          .end(
            `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-01-01T00:00:00Z</responseDate>${verb}</OAI-PMH>`,
          );
      };
    const sources = [];
    for (const datestamp of ['2999-01-01', '2001-01-01T00:00:00Z'])
      sources.push({ name: datestamp.slice(0, 4), url: await web(identify(datestamp)) });
    const { of } = await found({ sources });
    const texts = of('repository').map(({ text }) => text);
    expect(texts.join('\n'))
      .to.include('lies in the future')
      .and.include('granularity')
      .and.include('oai_dc is not among');
  });

  it('finds a clock that is wrong, here or there', async () => {
    const dated = (seconds: number): Promise<string> =>
      web((_, response) =>
        response.setHeader('date', new Date(Date.now() + seconds * 1_000).toUTCString()).end(),
      );
    const ahead = await found({ sources: [{ url: await dated(3_600) }] });
    expect(ahead.of('clock')).to.have.length(1);
    expect(ahead.of('clock')[0]).to.include({ state: 'failed' });
    expect(ahead.of('clock')[0]?.text).to.match(/3[56]\d\d seconds ahead/);
    const others = await found({
      sources: [
        { name: 'a', url: await dated(0) },
        { name: 'b', url: await dated(0) },
        { name: 'c', url: await dated(-90) },
      ],
    });
    expect(others.of('clock')[0]).to.include({ state: 'warning' });
    expect(others.of('clock')[0]?.text).to.include('behind');
    const late = { ...systemClock, now: () => Date.now() + 400_000 };
    expect((await found({ sources: [{ url: repository.url }] }, { clock: late })).of('clock')[0]).to.include({
      state: 'failed',
    });
  });

  it('finds ports that are taken', async () => {
    const port = await listening(createTcpServer());
    const { of } = await found({ http: { host: '127.0.0.1', port }, p2p: { host: '203.0.113.9', port: 0 } });
    expect(of('ports')[0]?.text).to.equal(`HTTP: 127.0.0.1:${port} is held by another program.`);
    expect(of('ports')[1]?.text).to.include('cannot be held');
  });

  describe('of the certificate of the public address', () => {
    const fixture = (name: string): Promise<Buffer> =>
      readFile(new URL(`../fixtures/certificates/${name}`, import.meta.url));
    async function base(name: string): Promise<string> {
      const options = { key: await fixture('key.pem'), cert: await fixture(name) };
      const server = createTlsServer(options, (_, response) => response.end());
      return `https://localhost:${await listening(server)}`;
    }

    it('finds that it has ended', async () => {
      const { of } = await found({ baseUrl: await base('expired.pem') });
      expect(of('certificate')[0]).to.include({
        state: 'failed',
        text: 'The certificate of localhost ended on 2021-01-01.',
      });
    });

    it('finds that nobody believes it', async () => {
      const { of } = await found({ baseUrl: await base('self-signed.pem') });
      expect(of('certificate')[0]?.text).to.match(/not believed: .*SELF_SIGNED/);
    });

    it('finds that nothing encrypted is there, and the name leads to this machine only', async () => {
      const baseUrl = (await web((_, response) => response.end()))
        .replace('http:', 'https:')
        .replace('127.0.0.1', 'localhost');
      const { of } = await found({ baseUrl });
      expect(of('certificate')[0]?.text).to.match(/^No encrypted connection/);
      expect(of('dns')[0]).to.include({ state: 'warning' });
    });

    it('finds a name that leads nowhere', async () => {
      const { of } = await found({ baseUrl: 'http://nowhere.invalid' });
      expect(of('dns')).to.have.length(1);
      expect(of('dns')[0]).to.include({ state: 'failed', text: 'nowhere.invalid leads to no address.' });
      expect(of('configuration')[1]?.text).to.include('not encrypted');
      const encrypted = await found({ baseUrl: 'https://nowhere.invalid' });
      expect(encrypted.of('certificate')).to.deep.equal([]);
      expect(encrypted.of('configuration')[1]?.remedy).to.include('"http.trustProxy"');
    });
  });

  it('finds a folder that cannot be written', async () => {
    const { of } = await found({}, { data: '/proc/ngr/data' });
    expect(of('disk')[0]).to.include({ state: 'failed' });
    expect(of('disk')[0]?.text).to.match(/^Nothing can be written in \/proc/);
  });

  it('finds a disk that is full', async function () {
    const small = join(place, 'small');
    await mkdir(small);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k,nr_inodes=50', 'tmpfs', small], {
        stdio: 'ignore',
      });
    } catch {
      this.skip();
    }
    try {
      expect((await found({}, { data: small })).of('disk')[0]?.text).to.match(/^Only .* free on the disk/);
      await writeFile(join(small, 'large'), Buffer.alloc(64 * 1024)).catch(() => undefined);
      expect((await found({}, { data: small })).of('disk')[0]?.text).to.match(/^The disk of .* is full/);
    } finally {
      execFileSync('umount', [small]);
    }
  });

  it('finds data of earlier and later formats, and leaves them as they are', async () => {
    const data = await anOldDataDirectory(2);
    closing.push(() => rm(data, { recursive: true }));
    expect((await found({}, { data })).of('store')[0]?.text).to.match(
      /^The data have format 2: the next start/,
    );
    const db = aLevel(data);
    expect(Buffer.from((await db.get('format')) ?? []).toString()).to.equal('2');
    await db.put('format', Buffer.from(String(FORMAT + 1)));
    await db.close();
    expect((await found({}, { data })).of('store')[0]).to.include({ state: 'failed' });
    await writeFile(join(data, 'store', 'CURRENT'), 'MANIFEST-999999\n');
    expect((await found({}, { data })).of('store')[0]).to.include({ state: 'failed' });
  });

  it('finds whether the database can be used, and keeps its password to itself', async () => {
    const server = createTcpServer((socket) => socket.destroy());
    const store = `postgres://ngr:secret@127.0.0.1:${await listening(server)}/ngr`;
    const dumb = await found({ store });
    await closing.pop()?.();
    const gone = await found({ store });
    for (const { of } of [dumb, gone]) {
      expect(of('store')[0]).to.include({ state: 'failed' });
      expect(of('store')[0]?.text).to.include('cannot be reached');
      expect(JSON.stringify(of('store'))).not.to.include('secret');
    }
  });

  it('finds of which format the data in a database are', async function () {
    const server = await postgresFor(this);
    const store = server.urlOf('doctor');
    expect((await found({ store })).of('store')[0]?.text).to.equal('none yet: the first start makes it');
    await (await openStore(store)).close();
    expect((await found({ store })).of('store')[0]?.text).to.match(
      /^can be opened, format \d+, in PostgreSQL$/,
    );
  });

  it('finds nodes to join through that are not there', async () => {
    const node = Identity.generate().node;
    const port = await listening(createTcpServer((socket) => socket.destroy()));
    const gone = createTcpServer();
    const closed = await listening(gone);
    await closing.pop()?.();
    const bootstrap = [port, closed].map((one) => `/ip4/127.0.0.1/tcp/${one}/p2p/${node}`);
    const { of } = await found({ p2p: { host: '127.0.0.1', port: 0, bootstrap } });
    expect(states(of('peers'))).to.deep.equal(['ok', 'failed']);
    expect((await found({})).of('peers')[0]?.text).to.equal('No other node will be found.');
  });

  it('finds a configuration that cannot be read', async () => {
    const { of, exitCode } = await found({ http: { port: 'many' } });
    expect(exitCode).to.equal(1);
    expect(of('configuration')[0]).to.include({ state: 'failed' });
  });

  it('tells people what to do', async () => {
    const { stdout } = await typed(['doctor', '--data', join(place, 'data')], {
      cwd: place,
      env: { NGR_PORT: '0', NGR_P2P_PORT: '0' },
    });
    expect(stdout).to.match(
      /^warning {2}configuration {2}No repository is configured\.\n {24}Name yours by "ngr init"/m,
    );
    expect(stdout).to.match(/\d failed, \d+ warnings?\.\n$/);
  });

  it('ends each check in its time', async () => {
    // Takes connections and says nothing.
    const port = await listening(createTcpServer());
    const config = resolveConfig({
      env: {},
      flags: { data: place, oai: `http://127.0.0.1:${port}/oai`, port: '0', p2pPort: '0' },
      cwd: place,
    });
    const patient: Patient = { config, running: undefined, node: undefined, clock: systemClock, fetch };
    const { signal } = new AbortController();
    const all = await diagnose(patient, { withinMs: 50, stopping: signal });
    expect(all.find(({ check }) => check === 'repository')?.text).to.include('took more than 0.05 seconds');
  });

  describe('of a running node', () => {
    const node = new NodeDouble();
    const id = Identity.generate().node;
    beforeEach(() => node.start());
    afterEach(() => node.stop());

    const tell = (status: object, peers: object[]): void => {
      node.answers.set('GET /api/status', {
        body: {
          node: id,
          name: 'NGR Node',
          base: node.url,
          networks: ['default'],
          version: installation().version,
          addresses: ['/ip4/127.0.0.1/tcp/4001'],
          ready: { ok: true, checks: [{ name: 'store', ok: true, detail: 'can be read' }] },
          ...status,
        },
      });
      node.answers.set('GET /peers', {
        body: { orderedItems: [{ node: id, self: true, connected: true }, ...peers] },
      });
      node.answers.set('GET /.well-known/ngr-node', { body: { node: id } });
    };

    it('finds that all is as it should be', async () => {
      tell({}, [{ node: 'b', self: false, connected: true, proof: 'proved' }]);
      const { of } = await found({ baseUrl: node.url }, { data: node.data });
      for (const check of ['store', 'peers', 'running', 'limits'])
        expect(states(of(check)), check).to.deep.equal(['ok']);
      expect(of('ports')[0]?.text).to.include('is held by this node');
      expect(of('ports')[1]).to.include({ state: 'warning' });
      expect(of('dns')[1]?.text).to.equal(`at ${node.url} this node answers`);
    });

    it('finds what has changed since its start, and what is wrong with it', async () => {
      tell(
        {
          version: '0.0.1',
          name: 'Former',
          addresses: ['/ip4/193.0.6.139/tcp/4001'],
          ready: { ok: false, checks: [{ name: 'writing', ok: false, detail: 'is stopped' }] },
        },
        [
          {
            node: 'b',
            name: 'B',
            self: false,
            connected: false,
            proof: 'contradicted',
            clockAheadSeconds: 500,
          },
          { node: 'c', self: false, connected: false, fork: { seq: 1 } },
        ],
      );
      node.answers.set('GET /.well-known/ngr-node', { body: { node: 'another' } });
      const { of, exitCode } = await found({ baseUrl: node.url }, { data: node.data });
      expect(exitCode).to.equal(1);
      expect(of('running').map(({ text }) => text)).to.deep.equal([
        `NGR Node 0.0.1 runs, and ${installation().version} is installed.`,
        'The node runs with another configuration: name.',
      ]);
      expect(of('store')[0]?.text).to.equal('writing is stopped.');
      expect(of('peers').map(({ text }) => text)).to.deep.equal([
        'None of 2 known nodes is connected.',
        'Something is wrong with c.',
        'Something is wrong with B.',
      ]);
      expect(of('clock')[0]?.text).to.equal('The clock of B is 500 seconds ahead.');
      expect(of('dns')[1]?.text).to.include('another node answers');
      expect(of('ports')[1]).to.include({ state: 'ok' });
    });

    it('finds that it gives no answer that can be understood', async () => {
      node.answers.set('GET /api/status', { status: 500, body: {} });
      const { of } = await found({}, { data: node.data });
      expect(of('running')[0]).to.include({ state: 'warning' });
    });
  });
});
