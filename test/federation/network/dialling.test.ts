import { multiaddr } from '@multiformats/multiaddr';
import { expect } from 'chai';
import { mayDial } from '../../../node/federation/network/dialling.ts';

const PEER = '12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN';

describe('where a node may call', () => {
  const may = (address: string, named: readonly string[] = [], privateAddresses = false): Promise<boolean> =>
    mayDial(multiaddr(address), { privateAddresses, named });

  for (const address of [
    '/ip4/8.8.8.8/tcp/4001',
    '/ip6/2606:4700::1/tcp/4001',
    '/ip6/64:ff9b::808:808/tcp/4001',
    `/ip4/8.8.8.8/tcp/4001/p2p/${PEER}/p2p-circuit`,
  ])
    it(`is ${address}`, async () => expect(await may(address)).to.equal(true));

  for (const address of [
    '/ip4/10.0.0.1/tcp/4001',
    '/ip4/127.0.0.1/tcp/4001',
    '/ip6/::1/tcp/4001',
    '/ip6/fd00::1/tcp/4001',
    '/ip6/::ffff:a00:1/tcp/4001',
    '/ip6/64:ff9b::a00:1/tcp/4001',
    '/ip6/64:ff9b:1::7f00:1/tcp/4001',
    '/ip6/64:ff9b:1:a00:0:100:808:808/tcp/4001',
    '/ip6/2002:a00:1::/tcp/4001',
    '/dns4/localhost/tcp/4001',
  ])
    it(`is not ${address}, which another node tells of`, async () => {
      expect(await may(address)).to.equal(false);
      expect(await may(address, [], true)).to.equal(true);
    });

  it('is no socket of this machine, whoever names it', async () => {
    expect(await may('/unix/var%2Frun%2Fdocker.sock')).to.equal(false);
    expect(await may('/unix/var%2Frun%2Fdocker.sock', [], true)).to.equal(false);
  });

  it('is the private address that the operator named, and no other port there', async () => {
    const named = [`/ip4/10.0.0.1/tcp/4001/p2p/${PEER}`];
    expect(await may('/ip4/10.0.0.1/tcp/4001', named)).to.equal(true);
    expect(await may(`/ip4/10.0.0.1/tcp/4001/p2p/${PEER}`, named)).to.equal(true);
    expect(await may('/ip4/10.0.0.1/tcp/400', named)).to.equal(false);
    expect(await may('/ip4/10.0.0.1/tcp/5432', named)).to.equal(false);
  });
});
