import { expect } from 'chai';
import { networkOf } from '../../vocab/address-network.ts';

describe('the network of an address', () => {
  it('is the same for all that a household has', () => {
    expect(networkOf('2001:db8:1:2::1')).to.equal('20010db800010002');
    expect(networkOf('2001:0db8:1:2:ffff::7')).to.equal('20010db800010002');
    expect(networkOf('2001:db8:1:3::1')).not.to.equal('20010db800010002');
  });

  it('is the address itself of IPv4, however it is written', () => {
    expect(networkOf('192.0.2.1')).to.equal('192.0.2.1');
    expect(networkOf('::ffff:192.0.2.1')).to.equal('192.0.2.1');
  });

  it('is bounded for what is no address', () => {
    expect(networkOf('')).to.equal('');
    expect(networkOf('x'.repeat(1_000))).to.have.length(100);
  });
});
