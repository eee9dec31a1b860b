import * as dagCbor from '@ipld/dag-cbor';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { Identity } from '../../../node/identity/index.ts';
import { SignatureVerifier } from '../../../protocols/heads/index.ts';
import type { Metrics } from '../../../protocols/counter/index.ts';
import {
  decodeStoredSummary,
  decodeSummary,
  encodeSummary,
  MAX_SUMMARY_BYTES,
  mostShares,
  signSummary,
  UsageSummaryError,
  verifySummary,
  type UsageSummary,
} from '../../../protocols/usage-summary/index.ts';
import { aSummary, identity, use } from './a-summary.ts';

const verifier = new SignatureVerifier();

const metrics = fc
  .tuple(fc.nat(9_999), fc.nat(9_999), fc.nat(9_999), fc.nat(9_999))
  .map(([a, b, c, d]) => use(a + b, a, c + d, c));

function whole(parts: readonly Metrics[]): Metrics {
  return parts.reduce(
    (sum, one) =>
      use(
        sum.totalInvestigations + one.totalInvestigations,
        sum.uniqueInvestigations + one.uniqueInvestigations,
        sum.totalRequests + one.totalRequests,
        sum.uniqueRequests + one.uniqueRequests,
      ),
    use(1_000_000, 500_000, 900_000, 400_000),
  );
}

describe('a usage summary', () => {
  it('comes through the wire as it was signed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(metrics, { maxLength: 12 }),
        fc.record({
          month: fc.constantFrom('1990-01', '2024-02', '2999-12'),
          revision: fc.integer({ min: 1, max: 2 ** 40 }),
          isFinal: fc.boolean(),
        }),
        async (shares, parts) => {
          const types = ['c_6501', 'c_46ec', 'c_1843', 'ACF7-8YT9'];
          const summary = aSummary({
            ...parts,
            total: whole(shares),
            byType: shares.slice(0, 4).map((metrics, i) => ({ value: types[i] ?? '', metrics })),
            byLanguage: shares
              .slice(0, 3)
              .map((metrics, i) => ({ value: ['es', 'en', 'nah'][i] ?? '', metrics })),
            byCountry: [],
            days: { first: `${parts.month}-02`, last: `${parts.month}-28`, count: 4 },
            time: Date.UTC(3000, 1),
          });
          const signed = signSummary(summary, identity);
          const bytes = encodeSummary(signed);
          const received = decodeSummary(bytes);
          expect(received).to.deep.equal(signed);
          expect(decodeStoredSummary(bytes)).to.deep.equal(signed);
          expect(await verifySummary(received, verifier)).to.equal(true);
        },
      ),
      { numRuns: 50, seed: 7_001 },
    );
  });

  it('has room for all countries of the world, and as many types and languages as are told', () => {
    const letters = Array.from({ length: 26 }, (_, i) => String.fromCodePoint(65 + i));
    const codes = letters.flatMap((a) => letters.map((b) => a + b));
    const shares = (values: readonly string[]) =>
      values.map((value) => ({ value, metrics: use(4e9, 4e9, 4e9, 4e9) }));
    const top = Array.from({ length: 20 }, (_, i) => ({
      key: String.fromCharCode(97 + i).repeat(20),
      title: 'á'.repeat(60),
      investigations: 4e9,
      requests: 4e9,
    }));
    const summary = aSummary({
      total: use(1e11, 1e11, 1e11, 1e11),
      byType: shares(codes.slice(0, mostShares.type).map((code) => `c_${code.toLowerCase()}`)).map(
        (share) => ({
          ...share,
          metrics: use(2e9, 2e9, 2e9, 2e9),
        }),
      ),
      byLanguage: shares(codes.slice(0, mostShares.language).map((code) => code.toLowerCase())).map(
        (share) => ({
          ...share,
          metrics: use(1e9, 1e9, 1e9, 1e9),
        }),
      ),
      byCountry: codes
        .slice(0, mostShares.country)
        .map((value) => ({ value, metrics: use(3e8, 3e8, 3e8, 3e8) })),
      top,
    });
    const bytes = encodeSummary(signSummary(summary, identity));
    expect(bytes.length).to.be.within(8_000, MAX_SUMMARY_BYTES);
    expect(decodeSummary(bytes)).to.deep.include(summary);
  });

  it('is forged as soon as one field is another', async () => {
    const signed = signSummary(aSummary(), identity);
    const changes: Partial<UsageSummary>[] = [
      { node: Identity.generate().node },
      { month: '2026-09' },
      { revision: 2 },
      { total: use(121, 80, 50, 40) },
      { machine: { investigations: 900, requests: 301 } },
      { byType: [] },
      { byLanguage: [] },
      { byCountry: [] },
      { top: [] },
      { days: { first: '2026-10-01', last: '2026-10-31', count: 29 } },
      { isFinal: false },
      { works: { ...signed.works, count: 1 } },
      { works: { ...signed.works, digest: new Uint8Array(32) } },
      { time: 1 },
    ];
    for (const change of changes)
      expect(await verifySummary({ ...signed, ...change }, verifier), Object.keys(change)[0]).to.equal(false);
  });

  const malformed: Record<string, Partial<UsageSummary>> = {
    'a negative count': { total: use(-1, -1, 0, 0), byType: [], byLanguage: [], byCountry: [], top: [] },
    'a count beyond belief': { total: use(1e15, 80, 50, 40) },
    'more unique uses than uses': { total: use(120, 121, 50, 40) },
    'a type that is used more than all items': { byType: [{ value: 'c_6501', metrics: use(121, 1, 1, 1) }] },
    'languages that add up to more than the whole': {
      byLanguage: ['es', 'en'].map((value) => ({ value, metrics: use(61, 1, 1, 1) })),
    },
    'a type twice': { byType: ['c_6501', 'c_6501'].map((value) => ({ value, metrics: use(1, 1, 1, 1) })) },
    'a country that is a sentence': {
      byCountry: [{ value: 'Mexico, the country', metrics: use(1, 1, 1, 1) }],
    },
    'top items that add up to more than the whole': {
      top: [{ key: 'a'.repeat(20), title: '', investigations: 121, requests: 0 }],
    },
    'an item whose key is none': { top: [{ key: '../../etc', title: '', investigations: 1, requests: 0 }] },
    'a title that is a novel': {
      top: [{ key: 'a'.repeat(20), title: 'x'.repeat(121), investigations: 1, requests: 0 }],
    },
    'the thirteenth month': { month: '2026-13' },
    'a month before there was usage': { month: '0001-01' },
    'a day for a month': { month: '2026-11-01' },
    'days of another month': { days: { first: '2026-09-01', last: '2026-10-02', count: 2 } },
    'a day that there is not': {
      month: '2026-02',
      days: { first: '2026-02-01', last: '2026-02-30', count: 2 },
    },
    'more days than there are': { days: { first: '2026-10-01', last: '2026-10-02', count: 3 } },
    'an end before the month is over': { isFinal: true, time: Date.UTC(2026, 9, 31) },
    'revision 0': { revision: 0 },
    'a node id of a thousand characters': { node: '1'.repeat(1_000) },
    'a negative time': { time: -1, isFinal: false },
    'a digest that is too short': { works: { count: 0, bytes: 0, digest: new Uint8Array(3) } },
    'works of one item that are as long as those of a million': {
      works: { count: 1, bytes: 40 * 1024 * 1024, digest: new Uint8Array(32) },
    },
    'works without end': { works: { count: 1, bytes: 2 ** 40, digest: new Uint8Array(32) } },
  };
  for (const [what, parts] of Object.entries(malformed)) {
    it(`is refused with ${what}`, () => {
      const bytes = dagCbor.encode(dagCbor.decode(encodeSummary(signSummary(aSummary(parts), identity))));
      expect(() => decodeSummary(bytes))
        .to.throw(UsageSummaryError)
        .with.property('code', 'USAGE_SUMMARY_MALFORMED');
    });
  }

  it('is refused as garbage, as another thing, with a fraction, and too large, before it is looked into', () => {
    const tuple = dagCbor.decode<unknown[]>(encodeSummary(signSummary(aSummary(), identity)));
    const inputs = [
      Uint8Array.of(0xff, 1, 2),
      new Uint8Array(),
      dagCbor.encode({ node: identity.node }),
      dagCbor.encode([...tuple, 'more']),
      dagCbor.encode(tuple.slice(0, 13)),
      dagCbor.encode(tuple.with(3, [120.5, 80, 50, 40])),
      dagCbor.encode(tuple.with(3, ['120', 80, 50, 40])),
      dagCbor.encode('x'.repeat(100_000)),
    ];
    for (const bytes of inputs)
      expect(() => decodeSummary(bytes))
        .to.throw(UsageSummaryError)
        .with.property('code', 'USAGE_SUMMARY_MALFORMED');
  });
});
