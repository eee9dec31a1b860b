import { expect } from 'chai';
import { clientAddress } from '../../node/http/server/client-address.ts';

const V6 = '2001:db8::7';
/** The unspecified address: it is nobody's. */
const NOT_TOLD = '::';

describe('the address of a client, as a trusted proxy tells it', () => {
  const told: readonly [header: string, address: string][] = [
    ['203.0.113.9', '203.0.113.9'],
    ['203.0.113.9:4711', '203.0.113.9'],
    [V6, V6],
    [`[${V6}]`, V6],
    [`[${V6}]:4711`, V6],
    ['::ffff:203.0.113.9', '::ffff:203.0.113.9'],
    ['[::ffff:203.0.113.9]:4711', '::ffff:203.0.113.9'],
    // Anybody can have written those before the last.
    ['203.0.113.1, 198.51.100.7,203.0.113.9:4711 ', '203.0.113.9'],
    ['"203.0.113.1, 203.0.113.9', '203.0.113.9'],
    ['', NOT_TOLD],
    ['203.0.113.9,', NOT_TOLD],
    ['unknown', NOT_TOLD],
    ['203.0.113.9:', NOT_TOLD],
    ['203.0.113.9:port', NOT_TOLD],
    ['203.0.113.9:4711:4712', NOT_TOLD],
    ['203.0.113.256:1', NOT_TOLD],
    ['203.0.113:4711', NOT_TOLD],
    ['[203.0.113.9', NOT_TOLD],
    [`[${V6}]4711`, NOT_TOLD],
    [`[${V6}`, NOT_TOLD],
    ['localhost', NOT_TOLD],
  ];
  for (const [header, address] of told)
    it(`is ${address} of X-Forwarded-For: ${header}`, () => {
      expect(clientAddress({ 'x-forwarded-for': header })).to.equal(address);
    });

  const forwarded: readonly [header: string, address: string][] = [
    ['for=203.0.113.9', '203.0.113.9'],
    ['For="203.0.113.9:4711"', '203.0.113.9'],
    ['for=203.0.113.9:4711;proto=https;by=10.0.0.1', '203.0.113.9'],
    ['proto=https; for=203.0.113.9 ; by=10.0.0.1', '203.0.113.9'],
    [`for="[${V6}]:4711"`, V6],
    [`for="[${V6}]:_port"`, V6],
    [`by=10.0.0.1;FOR="[${V6}]"`, V6],
    ['for=203.0.113.1, for=203.0.113.9', '203.0.113.9'],
    // What others have written into it, before the last element or into a value of it, is not taken for it.
    ['for="203.0.113.1, for=203.0.113.9', '203.0.113.9'],
    [`for="203.0.113.1, for="[${V6}]"`, V6],
    ['host="a;for=203.0.113.1";for=203.0.113.9', '203.0.113.9'],
    ['host="a, for=203.0.113.1";for=203.0.113.9', '203.0.113.9'],
    [String.raw`host="a\";for=203.0.113.1";for=203.0.113.9`, '203.0.113.9'],
    ['by="for=203.0.113.1"', NOT_TOLD],
    ['for=unknown', NOT_TOLD],
    ['for=_hidden', NOT_TOLD],
    ['for=""', NOT_TOLD],
    ['proto=https', NOT_TOLD],
    ['', NOT_TOLD],
  ];
  for (const [header, address] of forwarded)
    it(`is ${address} of Forwarded: ${header}`, () => {
      expect(clientAddress({ forwarded: header })).to.equal(address);
    });

  it('is that of X-Forwarded-For where both are there, and none without either', () => {
    const both = { 'x-forwarded-for': '203.0.113.9', forwarded: 'for=198.51.100.7' };
    expect(clientAddress(both)).to.equal('203.0.113.9');
    expect(clientAddress({ ...both, 'x-forwarded-for': 'unknown' })).to.equal(NOT_TOLD);
    expect(clientAddress({})).to.equal(undefined);
  });
});
