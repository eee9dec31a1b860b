import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createServer } from 'node:tls';
import { expect } from 'chai';
import pino from 'pino';
import { readNetworkKey, type Libp2pNetworkOptions } from '../../node/federation/index.ts';
import { listen, type HttpServer } from '../../node/http/index.ts';
import { aPut } from '../support/builders.ts';
import { aLibp2pMember, hasAllOf, type Libp2pMember } from '../support/libp2p-member.ts';
import { until } from '../support/until.ts';

/** Joining a network where it is not open to all, or where not all can be called. */
describe('joining a network', () => {
  let members: Libp2pMember[];
  let servers: HttpServer[];
  let warnings: string[];
  const log = pino(
    { level: 'warn' },
    { write: (line: string) => void warnings.push((JSON.parse(line) as { msg: string }).msg) },
  );

  beforeEach(() => {
    members = [];
    servers = [];
    warnings = [];
  });
  afterEach(async () => {
    for (const member of members) {
      await member.federation.stop();
      await member.close();
    }
    for (const server of servers) await server.close();
  });

  async function joins(name: string, options: Partial<Libp2pNetworkOptions> = {}): Promise<Libp2pMember> {
    const member = await aLibp2pMember(name, { log, ...options });
    members.push(member);
    return member;
  }

  describe('that is private', () => {
    const aKey = (): Uint8Array =>
      Buffer.from(`/key/swarm/psk/1.0.0/\n/base16/\n${randomBytes(32).toString('hex')}`);

    it('lets those in that have its key, and carries their records', async () => {
      const networkKey = aKey();
      const a = await joins('a', { networkKey });
      await a.catalogue.put([aPut(1)]);
      const b = await joins('b', { networkKey, bootstrap: a.federation.multiaddrs });
      await until('b has the records of a', () => hasAllOf(b, a));
      expect(warnings).to.deep.equal([]);
    });

    it('keeps those out that have another key, and tells both operators', async () => {
      const a = await joins('a', { networkKey: aKey() });
      const b = await joins('b', { networkKey: aKey(), bootstrap: a.federation.multiaddrs });
      await until('both are told', () => warnings.length >= 2);
      expect(warnings.sort()[0]).to.match(/^a node ended the connection .* another key/);
      expect(warnings[1]).to.match(/who called has not the key of the private network/);
      expect(a.network.connected()).to.deep.equal([]);
      expect(b.network.connected()).to.deep.equal([]);
    });

    it('keeps those out that have none', async () => {
      const a = await joins('a', { networkKey: aKey() });
      const b = await joins('b', { bootstrap: a.federation.multiaddrs });
      await until('the operator is told', () => warnings.length > 0);
      expect(warnings).to.deep.equal([
        'refused a connection: who called has not the key of the private network',
      ]);
      expect(b.network.connected()).to.deep.equal([]);
    });

    it('tells what is wrong with the file of its key', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'ngr-key-'));
      const file = join(folder, 'swarm.key');
      await writeFile(file, `${Buffer.from(aKey()).toString()}\n`);
      expect((await readNetworkKey(file)).length).to.equal(95);
      await writeFile(file, 'a password\n');
      for (const wrong of [file, join(folder, 'none')]) {
        const error = await readNetworkKey(wrong).catch((thrown: unknown) => thrown);
        expect(error).to.include({ code: 'FEDERATION_BAD_NETWORK_KEY' });
      }
      await rm(folder, { recursive: true });
    });
  });

  describe('by the port of the web pages', () => {
    async function aWebServer(): Promise<HttpServer> {
      const server = await listen('127.0.0.1', 0);
      server.serve((request, response) => void response.end(`page ${request.url}`));
      servers.push(server);
      return server;
    }

    it('is called by WebSocket, at the address that it tells', async () => {
      const requests = await aWebServer();
      const a = await joins('a', { webSocket: { requests, base: requests.url } });
      await a.catalogue.put([aPut(1)]);
      const told = a.federation.multiaddrs.filter((address) => address.includes('/ws'));
      expect(told).to.deep.equal([
        `/ip4/127.0.0.1/tcp/${new URL(requests.url).port}/ws/p2p/${a.catalogue.node}`,
      ]);
      const b = await joins('b', { bootstrap: told });
      await until('b has the records of a', () => hasAllOf(b, a));
      await until('b knows where a is', () => b.network.addressesOf(a.catalogue.node).length > 0);
      expect(b.network.addressesOf(a.catalogue.node)).to.deep.equal(told);
      await b.catalogue.put([aPut(2)]);
      await until('a has those of b', () => hasAllOf(a, b));
    });

    it('goes on answering requests, also those that ask for other protocols', async () => {
      const requests = await aWebServer();
      await joins('a', { webSocket: { requests, base: requests.url } });
      expect(await (await fetch(`${requests.url}/records`)).text()).to.equal('page /records');
      const ask = (head: string): Promise<string> =>
        new Promise((resolve, reject) => {
          let answer = '';
          const socket = connect(Number(new URL(requests.url).port), '127.0.0.1');
          socket.write(head.replaceAll('\n', '\r\n'));
          socket.on('data', (bytes: Buffer) => (answer += bytes.toString()));
          socket.on('end', () => resolve(answer)).on('error', reject);
        });
      const upgrade = 'Host: a\nConnection: Upgrade\nUpgrade:';
      expect(await ask(`GET /a HTTP/1.1\n${upgrade} h2c\n\n`)).to.match(/^HTTP\/1.1 200 [^]*page \/a/);
      expect(await ask(`GET /b HTTP/1.1\n${upgrade} websocket\n\n`)).to.match(/^HTTP\/1.1 200 [^]*page \/b/);
      expect(await ask(`POST /a HTTP/1.1\n${upgrade} h2c\nContent-Length: 1\n\nx`)).to.match(
        /^HTTP\/1.1 501 /,
      );
      expect(await ask(`GET / HTTP/1.1\n${upgrade} websocket\n\n`)).to.match(/^HTTP\/1.1 4\d\d /);
    });

    it('is called through a reverse proxy that ends TLS', async () => {
      const requests = await aWebServer();
      const [key, cert] = await Promise.all(
        ['key', 'cert'].map((part) => readFile(new URL(`tls/localhost.${part}.pem`, import.meta.url))),
      );
      const proxy = createServer({ key, cert }, (socket) => {
        void pipeline(socket, connect(Number(new URL(requests.url).port), '127.0.0.1'), socket).catch(
          () => undefined,
        );
      });
      await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
      const { port } = proxy.address() as AddressInfo;
      // Nobody vouches for the certificate of a test.
      const { NODE_TLS_REJECT_UNAUTHORIZED: before } = process.env;
      process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
      try {
        const a = await joins('a', { webSocket: { requests, base: `https://localhost:${port}` } });
        await a.catalogue.put([aPut(1)]);
        const told = a.federation.multiaddrs.filter((address) => address.includes('/tls/ws/'));
        expect(told).to.have.length(1);
        const b = await joins('b', { bootstrap: told });
        await until('b has the records of a', () => hasAllOf(b, a));
        await until('b knows where a is', () => b.network.addressesOf(a.catalogue.node).length > 0);
        expect(b.network.addressesOf(a.catalogue.node)).to.deep.equal(told);
      } finally {
        if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
        else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
        proxy.close();
      }
    });
  });

  describe('that nobody can call', () => {
    it('is reached through a node that relays, by others like it', async () => {
      const relay = await joins('relay', { relay: 'server' });
      const [at = ''] = relay.federation.multiaddrs;
      const a = await joins('a', { relay: 'client', bootstrap: [at] });
      await until('a has a place at the relay', () => a.federation.multiaddrs.length > 0);
      expect(a.federation.multiaddrs).to.deep.equal([`${at}/p2p-circuit/p2p/${a.catalogue.node}`]);
      await a.catalogue.put([aPut(1)]);
      const c = await joins('c', { relay: 'client', bootstrap: a.federation.multiaddrs });
      await until('c has the records of a', () => hasAllOf(c, a));
      // The address is told on meeting, beside the records.
      const known = (): readonly string[] => c.network.addressesOf(a.catalogue.node);
      await until('c knows where a is', () => known().length > 0);
      expect(known()[0]).to.include('/p2p-circuit/');
      await c.catalogue.put([aPut(2)]);
      await until('a has those of c', () => hasAllOf(a, c));
    });

    it('is reached again when the relay was away', async () => {
      const relay = await joins('relay', { relay: 'server' });
      const [at = ''] = relay.federation.multiaddrs;
      const a = await joins('a', { relay: 'client', bootstrap: [at] });
      await until('a has a place at the relay', () => a.federation.multiaddrs.length > 0);
      await relay.federation.stop();
      await until('a has lost its place', () => a.federation.multiaddrs.length === 0);
      const port = Number(/\/tcp\/(\d+)/.exec(at)?.[1]);
      members[0] = await aLibp2pMember('relay', { relay: 'server', port, log }, relay);
      await until('a has a place again', () => a.federation.multiaddrs.length > 0);
    });
  });

  describe('behind port forwarding', () => {
    it('tells the addresses that its operator gave, and no others', async () => {
      const a = await joins('a', { announce: ['/dns4/node.example.edu/tcp/4001', '/ip4/192.0.2.7/tcp/9'] });
      const { node } = a.catalogue;
      const told = [`/dns4/node.example.edu/tcp/4001/p2p/${node}`, `/ip4/192.0.2.7/tcp/9/p2p/${node}`];
      expect(a.federation.multiaddrs).to.deep.equal(told);
    });
  });
});
