import { noise } from '@chainsafe/libp2p-noise';
import type { Connection, Stream } from '@libp2p/interface';
import { tcp } from '@libp2p/tcp';
import { yamux } from '@libp2p/yamux';
import { multiaddr } from '@multiformats/multiaddr';
import { expect } from 'chai';
import { createLibp2p, type Libp2p } from 'libp2p';
import { connect, type Socket } from 'node:net';
import { REPLICATION_PROTOCOL } from '../../../protocols/replication/index.ts';
import { aPut } from '../../support/builders.ts';
import { aLibp2pMember, hasAllOf, type Libp2pMember } from '../../support/libp2p-member.ts';
import { until } from '../../support/until.ts';

describe('connections without end', () => {
  let members: Libp2pMember[];
  let hosts: Libp2p[];
  let sockets: Socket[];
  const trusted = new Set<string>();

  beforeEach(() => {
    [members, hosts, sockets] = [[], [], []];
    trusted.clear();
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await Promise.all(hosts.map(async (host) => await host.stop()));
    for (const member of members) {
      await member.federation.stop();
      await member.close();
    }
  });

  async function aVictim(): Promise<Libp2pMember> {
    const victim = await aLibp2pMember('victim', { isTrusted: (node) => trusted.has(node) });
    members.push(victim);
    await victim.catalogue.put([aPut(1)]);
    return victim;
  }

  async function aStranger(): Promise<Libp2p> {
    const host = await createLibp2p({
      addresses: { listen: [] },
      transports: [tcp()],
      connectionEncrypters: [noise()],
      streamMuxers: [yamux()],
      connectionManager: { reconnectRetries: 0 },
    });
    hosts.push(host);
    return host;
  }

  const dial = (host: Libp2p, victim: Libp2pMember): Promise<Connection> =>
    host.dial(victim.federation.multiaddrs.map((address) => multiaddr(address)));

  it('by strangers of one address have a bound, and whom the node trusts comes in', async () => {
    const victim = await aVictim();
    const call = async (): Promise<unknown> => await dial(await aStranger(), victim).catch(() => undefined);
    // So many of one address are taken in a second, too: some are refused for that, and others come in their place.
    while (victim.network.connected().length < 64) await call();
    for (let i = 0; i < 16; i++) await call();
    await until('the last are refused', () => victim.network.connected().length === 64);

    const honest = await aLibp2pMember('honest');
    members.push(honest);
    trusted.add(honest.catalogue.node);
    const peer = hosts[0];
    expect(peer).to.not.equal(undefined);
    await honest.federation.stop();
    const again = await aLibp2pMember('honest', { bootstrap: victim.federation.multiaddrs }, honest);
    members[1] = again;
    await until('the honest node is served', () => hasAllOf(again, victim));
  });

  it('of one node are three', async () => {
    const victim = await aVictim();
    const stranger = await aStranger();
    const target = victim.federation.multiaddrs.map((address) => multiaddr(address));
    for (let i = 0; i < 6; i++) await stranger.dial(target, { force: true }).catch(() => undefined);
    const open = (): number => stranger.getConnections().filter(({ status }) => status === 'open').length;
    await until('the others are refused', () => open() <= 3);
    expect(open()).to.be.greaterThan(0);
  });

  it('that say nothing are sixteen of one address, and are soon forgotten', async () => {
    const victim = await aVictim();
    const port = Number(/\/tcp\/(\d+)/.exec(victim.federation.multiaddrs[0] ?? '')?.[1]);
    for (let i = 0; i < 40; i++) {
      const socket = connect({ port, host: '127.0.0.1' });
      socket.on('error', () => undefined);
      sockets.push(socket);
    }
    await until('most are ended', () => sockets.filter(({ closed }) => !closed).length <= 16);
    for (const socket of sockets) socket.destroy();
    const honest = await aLibp2pMember('honest', { bootstrap: victim.federation.multiaddrs });
    members.push(honest);
    await until('the honest node is served', () => hasAllOf(honest, victim));
  });

  it('whose streams take frames of 2 MB are ended by the length of the frame', async () => {
    const victim = await aVictim();
    const connection = await dial(await aStranger(), victim);
    const stream: Stream = await connection.newStream(REPLICATION_PROTOCOL);
    stream.send(Uint8Array.of(0x80, 0x80, 0x80, 0x01));
    await until('the stream is ended', () => stream.status !== 'open');
    const codes = victim.reputation.refusals(hosts[0]?.peerId.toString() ?? '').map(({ code }) => code);
    expect(codes).to.include('REPLICATION_BAD_FRAME');
  });
});
