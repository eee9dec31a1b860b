import * as dagCbor from '@ipld/dag-cbor';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { Identity } from '../../../node/identity/index.ts';
import { SignatureVerifier } from '../../../protocols/heads/index.ts';
import {
  decodeSummary,
  encodeSummary,
  MAX_SUMMARY_BYTES,
  signSummary,
  summaryFromTuple,
  summaryToTuple,
  UsageSummaryError,
  verifySummary,
  type UsageSummary,
} from '../../../protocols/usage-summary/index.ts';

const identity = Identity.generate();
const verifier = new SignatureVerifier();

const aSummary = (parts: Partial<UsageSummary> = {}): UsageSummary => ({
  node: identity.node,
  month: '2026-11',
  revision: 1,
  investigations: 12,
  requests: 5,
  time: Date.UTC(2026, 10, 21),
  ...parts,
});

describe('a usage summary', () => {
  it('comes through the wire as it was signed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          month: fc.constantFrom('1990-01', '2026-11', '2999-12'),
          revision: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
          investigations: fc.integer({ min: 1_000, max: 1e11 }),
          requests: fc.integer({ min: 0, max: 1_000 }),
          time: fc.integer({ min: 0, max: 8.64e15 }),
        }),
        async (parts) => {
          const signed = signSummary(aSummary(parts), identity);
          const bytes = encodeSummary(signed);
          expect(bytes.length).to.be.at.most(MAX_SUMMARY_BYTES);
          const received = decodeSummary(bytes);
          expect(received).to.deep.equal(signed);
          expect(await verifySummary(received, verifier)).to.equal(true);
        },
      ),
      { numRuns: 50, seed: 7_001 },
    );
  });

  it('is forged as soon as one field is another', async () => {
    const signed = signSummary(aSummary(), identity);
    const changes: Partial<UsageSummary>[] = [
      { node: Identity.generate().node },
      { month: '2026-10' },
      { revision: 2 },
      { investigations: 13 },
      { requests: 6 },
      { time: 1 },
    ];
    for (const change of changes)
      expect(await verifySummary({ ...signed, ...change }, verifier)).to.equal(false);
  });

  const malformed: Record<string, Partial<UsageSummary>> = {
    'a negative count': { investigations: -1, requests: -2 },
    'a count that is not whole': { investigations: 1.5, requests: 1 },
    'a count beyond belief': { investigations: 1e15 },
    'more requests than investigations': { investigations: 1, requests: 2 },
    'the thirteenth month': { month: '2026-13' },
    'a month before there was usage': { month: '0001-01' },
    'a day for a month': { month: '2026-11-01' },
    'revision 0': { revision: 0 },
    'a node id of a thousand characters': { node: '1'.repeat(1_000) },
    'a negative time': { time: -1 },
  };
  for (const [what, parts] of Object.entries(malformed)) {
    it(`is refused with ${what}`, async () => {
      const tuple = summaryToTuple(signSummary(aSummary(parts), identity));
      expect(() => summaryFromTuple(tuple))
        .to.throw(UsageSummaryError)
        .with.property('code', 'USAGE_SUMMARY_MALFORMED');
    });
  }

  it('is refused as garbage, as another thing, and too large, before it is looked into', async () => {
    const tuple = summaryToTuple(signSummary(aSummary(), identity));
    const inputs = [
      Uint8Array.of(0xff, 1, 2),
      new Uint8Array(),
      dagCbor.encode({ node: identity.node }),
      dagCbor.encode([...tuple, 'more']),
      dagCbor.encode(tuple.slice(0, 6)),
      dagCbor.encode('x'.repeat(100_000)),
    ];
    for (const bytes of inputs) expect(() => decodeSummary(bytes)).to.throw(UsageSummaryError);
  });
});
