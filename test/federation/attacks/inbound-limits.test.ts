import type { Connection, MultiaddrConnection, PeerId } from '@libp2p/interface';
import { multiaddr } from '@multiformats/multiaddr';
import { expect } from 'chai';
import { InboundLimits } from '../../../node/federation/network/inbound-limits.ts';

/** Connections from everywhere, which no test machine can make: those over real sockets are in connections.test.ts. */
describe('who is let in', () => {
  let calls = 0;
  let open: Connection[];
  let limits: InboundLimits;
  const trusted = new Set<string>();

  beforeEach(() => {
    open = [];
    trusted.clear();
    limits = new InboundLimits({
      colocationLimit: 10,
      isTrusted: (node) => trusted.has(node),
      connections: () => open,
    });
  });

  /** Somebody new from an address. */
  function aStranger(address: string): Connection {
    calls += 1;
    const name = `node ${calls}`;
    const remotePeer = { toString: () => name, equals: (other) => String(other) === name } as PeerId;
    return { remotePeer, remoteAddr: multiaddr(address), direction: 'inbound' } as Connection;
  }
  function isTaken(address: string, isTrusted = false): boolean {
    const { remotePeer, remoteAddr } = aStranger(address);
    if (isTrusted) trusted.add(String(remotePeer));
    return !limits.refuses(remotePeer, { remoteAddr } as MultiaddrConnection);
  }
  /** So many are connected, of ever other addresses. */
  function connected(count: number, addressOf: (n: number) => string): void {
    open = Array.from({ length: count }, (_, n) => aStranger(addressOf(n)));
  }

  it('are 64 of one address', () => {
    connected(63, (n) => `/ip4/8.8.8.8/tcp/${1_000 + n}`);
    expect(isTaken('/ip4/8.8.8.8/tcp/1')).to.equal(true);
    connected(64, (n) => `/ip4/8.8.8.8/tcp/${1_000 + n}`);
    expect(isTaken('/ip4/8.8.8.8/tcp/1')).to.equal(false);
    expect(isTaken('/ip4/8.8.4.4/tcp/1')).to.equal(true);
  });

  it('are 64 of one network of IPv6, which one subscriber has to itself', () => {
    connected(64, (n) => `/ip6/2001:4860:1:1::${n.toString(16)}/tcp/4001`);
    expect(isTaken('/ip6/2001:4860:1:1::ffff/tcp/4001')).to.equal(false);
    expect(isTaken('/ip6/2001:4860:1:2::1/tcp/4001')).to.equal(true);
  });

  it('are counted by their own addresses where a translator writes them as IPv6', () => {
    connected(64, (n) => `/ip6/64:ff9b::808:808/tcp/${1_000 + n}`);
    expect(isTaken('/ip6/64:ff9b::808:808/tcp/1')).to.equal(false);
    expect(isTaken('/ip4/8.8.8.8/tcp/1')).to.equal(false);
    expect(isTaken('/ip6/64:ff9b::808:404/tcp/1')).to.equal(true);
    connected(200, (n) => `/ip6/64:ff9b:1::808:${n.toString(16)}/tcp/1`);
    expect(isTaken('/ip4/8.8.250.1/tcp/1')).to.equal(false);
    expect(isTaken('/ip6/64:ff9b:1::809:1/tcp/1')).to.equal(true);
  });

  for (const [part, addressOf, same, other] of [
    ['/16', (n: number) => `/ip4/8.8.${n}.1/tcp/4001`, '/ip4/8.8.250.1/tcp/1', '/ip4/8.9.1.1/tcp/1'],
    [
      '/32 of IPv6',
      (n: number) => `/ip6/2001:4860:${n.toString(16)}::1/tcp/4001`,
      '/ip6/2001:4860:ffff::1/tcp/1',
      '/ip6/2001:4861::1/tcp/1',
    ],
  ] as const)
    it(`are 200 of one ${part}, by however many addresses`, () => {
      connected(199, addressOf);
      expect(isTaken(same)).to.equal(true);
      connected(200, addressOf);
      expect(isTaken(same)).to.equal(false);
      expect(isTaken(other)).to.equal(true);
    });

  it('are 400 strangers in all, wherever they come from, and whom the node trusts besides', () => {
    const fromEverywhere = (n: number): string => `/ip4/${20 + (n % 50)}.${n % 250}.${n % 200}.1/tcp/4001`;
    connected(399, fromEverywhere);
    expect(isTaken('/ip4/200.1.1.1/tcp/4001')).to.equal(true);
    connected(400, fromEverywhere);
    expect(isTaken('/ip4/200.1.1.1/tcp/4001')).to.equal(false);
    expect(isTaken('/ip4/200.1.1.1/tcp/4001', true)).to.equal(true);
  });

  it('are not counted by their relay’s address', () => {
    const relayed =
      '/ip4/8.8.8.8/tcp/4001/p2p/12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN/p2p-circuit';
    connected(64, () => relayed);
    expect(isTaken(relayed)).to.equal(true);
  });
});
