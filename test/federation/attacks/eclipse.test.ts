import { generateKeyPair } from '@libp2p/crypto/keys';
import type { IdentifyResult, Libp2p, PeerId, PeerInfo } from '@libp2p/interface';
import { peerIdFromPrivateKey } from '@libp2p/peer-id';
import { multiaddr } from '@multiformats/multiaddr';
import { expect } from 'chai';
import { AddressBook } from '../../../node/federation/network/address-book.ts';
import type { Section } from '../../../node/store/index.ts';
import { aCatalogue, silentLog, type TestCatalogue } from '../../support/test-catalogue.ts';
import { TestClock } from '../../support/test-clock.ts';
import { until } from '../../support/until.ts';

async function aPeer(): Promise<PeerId> {
  return peerIdFromPrivateKey(await generateKeyPair('Ed25519'));
}

/** As much of a libp2p host as the address book asks: it tells of nodes, and notes whom it was to call. */
class FakeHost extends EventTarget {
  readonly dialled: string[] = [];
  readonly connected: PeerId[] = [];
  readonly peerStore = { merge: () => Promise.resolve() };

  getPeers(): PeerId[] {
    return this.connected;
  }

  dial(peer: PeerId): Promise<never> {
    this.dialled.push(peer.toString());
    return Promise.reject(new Error('nobody is there'));
  }

  /** A bootstrap node, multicast DNS or the DHT says where a node is. */
  tell(id: PeerId, address: string): void {
    const detail: PeerInfo = { id, multiaddrs: [multiaddr(address)] };
    this.dispatchEvent(new CustomEvent('peer:discovery', { detail }));
  }

  /** A node was connected with, and has said who it is. */
  meet(peerId: PeerId, address: string): void {
    const remoteAddr = multiaddr(address);
    const detail = {
      peerId,
      protocols: ['/ngr/replication/1.0.0'],
      listenAddrs: [remoteAddr],
      connection: { remoteAddr, direction: 'outbound' },
    } as unknown as IdentifyResult;
    this.dispatchEvent(new CustomEvent('peer:identify', { detail }));
  }
}

describe('an eclipse, by a majority of bad answers to the question for other nodes', () => {
  let test: TestCatalogue;
  let section: Section;
  let clock: TestClock;
  let books: AddressBook[];
  const trusted = new Set<string>();
  let named: string | undefined;

  beforeEach(async () => {
    test = await aCatalogue();
    section = test.store.section('federation');
    clock = new TestClock();
    books = [];
    trusted.clear();
  });
  afterEach(async () => {
    for (const book of books) await book.stop();
    await test.close();
  });

  async function open(): Promise<FakeHost> {
    const host = new FakeHost();
    const book = new AddressBook({
      host: host as unknown as Libp2p,
      section,
      clock,
      log: silentLog,
      isRefused: () => false,
      isTrusted: (node) => trusted.has(node),
      isNamed: (node) => node === named,
    });
    books.push(book);
    await book.start();
    return host;
  }

  const rows = async (): Promise<number> => (await section.keys({ gt: 'a!', lt: 'a!~' }).all()).length;

  it('does not make a node forget whom it knows, over a restart either, and those are called first', async () => {
    const host = await open();
    const good = await Promise.all(Array.from({ length: 5 }, aPeer));
    for (const [n, peer] of good.entries()) {
      trusted.add(peer.toString());
      host.meet(peer, `/ip4/9${n}.1.1.1/tcp/4001`);
    }
    const bad = await Promise.all(Array.from({ length: 300 }, aPeer));
    for (const [n, peer] of bad.entries()) host.meet(peer, `/ip4/203.${n % 5}.${n % 200}.1/tcp/4001`);
    // Of each /16 of the attacker’s no more than 32 are kept.
    await until('all is kept', async () => (await rows()) === 5 + 5 * 32);

    const again = await open();
    for (const [n, peer] of bad.entries()) again.tell(peer, `/ip4/203.${n % 5}.${n % 200}.1/tcp/4001`);
    await until('a round of calls is made', () => again.dialled.length >= 20);
    expect(new Set(again.dialled.slice(0, 5))).to.deep.equal(new Set(good.map(String)));
  });

  it('does not take all calls of a round, whatever it tells', async () => {
    const host = await open();
    const bad = await Promise.all(Array.from({ length: 200 }, aPeer));
    for (const [n, peer] of bad.entries()) host.tell(peer, `/ip4/${20 + n}.1.1.1/tcp/4001`);
    const old = await Promise.all(Array.from({ length: 17 }, aPeer));
    for (const [n, peer] of old.entries()) host.meet(peer, `/ip4/9${n % 9}.${n}.1.1/tcp/4001`);
    await until('they are kept', async () => (await rows()) === 17);

    const again = await open();
    for (const [n, peer] of bad.entries()) again.tell(peer, `/ip4/${20 + n}.1.1.1/tcp/4001`);
    await until('a round of calls is made', () => again.dialled.length >= 17);
    expect(again.dialled.slice(0, 17).toSorted()).to.deep.equal(old.map(String).toSorted());
  });

  it('meets other parts of the Internet before a second node of one', async () => {
    const host = await open();
    const crowd = await Promise.all(Array.from({ length: 30 }, aPeer));
    for (const [n, peer] of crowd.entries()) host.meet(peer, `/ip4/203.0.${n}.1/tcp/4001`);
    clock.advance(1);
    const few = await Promise.all(Array.from({ length: 3 }, aPeer));
    for (const [n, peer] of few.entries()) host.meet(peer, `/ip6/2a0${n}:1::1/tcp/4001`);
    await until('they are kept', async () => (await rows()) === 33);

    const again = await open();
    await until('a round of calls is made', () => again.dialled.length >= 4);
    expect(again.dialled.slice(0, 4)).to.include.members(few.map(String));
  });

  it('does not make a node give up the address that its operator named', async () => {
    const host = await open();
    const [mine, hearsay] = [await aPeer(), await aPeer()];
    named = mine.toString();
    host.tell(mine, '/ip4/91.1.1.1/tcp/4001');
    host.tell(hearsay, '/ip4/92.1.1.1/tcp/4001');
    await until('both were called', () => host.dialled.length === 2);
    await until('the round is over', () => clock.sleeping > 0);
    clock.advance(60_000);
    await until('the one that was named is called again', () => host.dialled.length === 3);
    expect(host.dialled.at(-1)).to.equal(named);
  });

  it('does not replace the address of a node that is known', async () => {
    const host = await open();
    const peer = await aPeer();
    host.meet(peer, '/ip4/91.1.1.1/tcp/4001');
    host.tell(peer, '/ip4/203.0.113.1/tcp/4001');
    await until('it is kept', async () => (await rows()) === 1);
    const [row = new Uint8Array()] = await section.values({ gt: 'a!', lt: 'a!~' }).all();
    expect(Buffer.from(row).toString()).to.include('91.1.1.1').and.not.include('203.0.113.1');
  });
});
