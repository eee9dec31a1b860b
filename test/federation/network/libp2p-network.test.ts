import { networkInterfaces } from 'node:os';
import { noise } from '@chainsafe/libp2p-noise';
import type { Stream } from '@libp2p/interface';
import { tcp } from '@libp2p/tcp';
import { yamux } from '@libp2p/yamux';
import { multiaddr } from '@multiformats/multiaddr';
import { expect } from 'chai';
import { createLibp2p, type Libp2p } from 'libp2p';
import { systemClock } from '../../../node/clock.ts';
import { REPLICATION_PROTOCOL } from '../../../protocols/replication/index.ts';
import { aPut } from '../../support/builders.ts';
import { aLibp2pMember, hasAllOf, type Libp2pMember as Member } from '../../support/libp2p-member.ts';
import { aCatalogue } from '../../support/test-catalogue.ts';
import { until } from '../../support/until.ts';

describe('the network over libp2p', () => {
  let members: Member[];
  let hosts: Libp2p[];
  beforeEach(() => {
    members = [];
    hosts = [];
  });
  afterEach(async () => {
    for (const host of hosts) await host.stop();
    for (const member of members) {
      await member.federation.stop();
      await member.close();
    }
  });

  async function join(name: string, bootstrap: string[] = []): Promise<Member> {
    const member = await aLibp2pMember(name, { bootstrap });
    members.push(member);
    return member;
  }

  /** A libp2p host that is no node. */
  async function aStranger(): Promise<Libp2p> {
    const host = await createLibp2p({
      addresses: { listen: [] },
      transports: [tcp()],
      connectionEncrypters: [noise()],
      streamMuxers: [yamux()],
    });
    hosts.push(host);
    return host;
  }

  it('is joined by a bootstrap address, and carries records and changes', async () => {
    const a = await join('a');
    await a.catalogue.put([aPut(1)]);
    const b = await join('b', a.federation.multiaddrs);
    const c = await join('c', a.federation.multiaddrs);
    await until('the records of a are everywhere', () => hasAllOf(b, a) && hasAllOf(c, a));
    await b.catalogue.put([aPut(2)]);
    await until('the change at b is everywhere', () => hasAllOf(a, b) && hasAllOf(c, b));
  });

  it('is joined without any address by nodes of the same local network', async function () {
    const hasMulticast = Object.values(networkInterfaces()).some((all) =>
      all?.some(({ internal }) => !internal),
    );
    if (!hasMulticast) {
      console.log('      skipped: this machine has no network to find nodes on');
      this.skip();
    }
    const a = await aLibp2pMember('a', { mdns: true });
    const b = await aLibp2pMember('b', { mdns: true });
    members.push(a, b);
    await a.catalogue.put([aPut(1)]);
    await until('b has found a', () => hasAllOf(b, a));
  });

  it('comes together again after the first node was away', async () => {
    const a = await join('a');
    const b = await join('b', a.federation.multiaddrs);
    const addressBook = a.store.section('federation');
    await until(
      'a knows where b is',
      async () => (await addressBook.keys({ gt: 'a!', lt: 'a!~' }).all()).length > 0,
    );
    await a.federation.stop();
    await until('b is alone', () => b.network.connected().length === 0);
    await b.catalogue.put([aPut(3)]);
    // The node comes back without any bootstrap address, on another port: it knows where b was.
    const again = await aLibp2pMember('a', {}, a);
    members[0] = again;
    await until('a has caught up', () => hasAllOf(again, b));
  });

  it('refuses a frame of 1 GB by its length, and a slow one, and serves others meanwhile', async () => {
    const a = await join('a');
    const stranger = await aStranger();
    const connection = await stranger.dial(a.federation.multiaddrs.map((address) => multiaddr(address)));
    const large = await connection.newStream(REPLICATION_PROTOCOL);
    large.send(Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x04, 0x00));
    const slow = await connection.newStream(REPLICATION_PROTOCOL);
    slow.send(Uint8Array.of(0x80));
    await until('the large frame is counted', () => {
      const refused = a.reputation.refusals(stranger.peerId.toString());
      return refused.some(({ code }) => code === 'REPLICATION_BAD_FRAME');
    });
    await until('the stream is ended', () => large.status !== 'open');
    const b = await join('b', a.federation.multiaddrs);
    await a.catalogue.put([aPut(1)]);
    await until('others are served', () => hasAllOf(b, a));
  });

  it('holds no more than a few streams for one peer', async () => {
    const a = await join('a');
    const stranger = await aStranger();
    const connection = await stranger.dial(a.federation.multiaddrs.map((address) => multiaddr(address)));
    const opened: Stream[] = [];
    for (let i = 0; i < 30; i++) {
      const stream = await connection.newStream(REPLICATION_PROTOCOL).catch(() => undefined);
      if (stream?.status !== 'open') continue;
      stream.send(Uint8Array.of(0x05));
      opened.push(stream);
    }
    const open = (): number => opened.filter(({ status }) => status === 'open').length;
    await until('the others are refused', () => open() <= 8);
    expect(open()).to.be.greaterThan(0);
  });

  it('tells how to mend a port that is taken', async () => {
    const a = await join('a');
    const taken = Number(/\/tcp\/(\d+)/.exec(a.federation.multiaddrs[0] ?? '')?.[1]);
    const own = await aCatalogue({ clock: systemClock });
    let code: unknown;
    try {
      await aLibp2pMember('b', { port: taken }, own);
    } catch (error) {
      code = (error as { code?: unknown }).code;
    }
    await own.close();
    expect(code).to.equal('FEDERATION_CANNOT_LISTEN');
  });
});
