import { expect } from 'chai';
import { ipv4Within, isPublicHost } from '../../node/outbound/index.ts';

describe('hosts that others know', () => {
  for (const host of [
    'repository.example.edu',
    'local.example',
    'a.b',
    '192.0.3.1',
    '[2606:4700::1]',
    '[64:ff9b::808:808]',
    '[64:ff9b:1::8.8.8.8]',
  ])
    it(`include ${host}`, () => expect(isPublicHost(host)).to.equal(true));

  for (const host of [
    'localhost',
    'dspace',
    'dspace.local',
    'dspace.LOCAL.',
    'a.b.internal',
    'printer.home.arpa',
    '127.0.0.1',
    '10.1.2.3',
    '[::1]',
    '[fd00::1]',
    '[::ffff:10.0.0.1]',
    '[64:ff9b::a00:1]',
    '[64:ff9b:2::808:808]',
  ])
    it(`do not include ${host}`, () => expect(isPublicHost(host)).to.equal(false));
});

describe('the IPv4 address within an IPv6 address', () => {
  for (const [address, within] of [
    ['::ffff:8.8.8.8', '8.8.8.8'],
    ['64:ff9b::192.0.2.33', '192.0.2.33'],
    ['64:ff9b:0:0::c000:221', '192.0.2.33'],
    ['64:ff9b:1::192.0.2.33', '192.0.2.33'],
    ['64:ff9b:1:fffe::192.0.2.33', '192.0.2.33'],
    ['64:ff9b:1:0:1::192.0.2.33', undefined],
    ['64:ff9b:0:1::192.0.2.33', undefined],
    ['2001:db8::192.0.2.33', undefined],
    ['192.0.2.33', undefined],
    ['no address', undefined],
  ] as const)
    it(`of ${address} is ${within ?? 'none'}`, () => expect(ipv4Within(address)).to.equal(within));
});
