import { expect } from 'chai';
import fc from 'fast-check';
import { Identity } from '../../../node/identity/index.ts';
import { SignatureVerifier } from '../../../protocols/heads/index.ts';
import {
  digestIn,
  encodeSegment,
  manifestFromTuple,
  manifestToTuple,
  packDigests,
  segmentDigest,
  signManifest,
  verifyManifest,
  versionOf,
  type SignedManifest,
} from '../../../protocols/holdings-filter/index.ts';

const signer = Identity.generate();
const digests = ['00', '11', '22', '33'].map((byte) => byte.repeat(16));

function aManifest(parts: Partial<SignedManifest> = {}): SignedManifest {
  const manifest = {
    node: signer.node,
    seq: 7,
    time: 1_000,
    keys: 9,
    bits: 2,
    digests: packDigests(digests),
  };
  return { ...signManifest(manifest, signer), ...parts };
}

function codeOf(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

describe('the manifest of a holdings filter', () => {
  it('comes through, and its signature holds', async () => {
    const manifest = manifestFromTuple(manifestToTuple(aManifest()));
    expect(manifest).to.deep.equal(aManifest());
    expect(await verifyManifest(manifest, new SignatureVerifier())).to.equal(true);
    expect(digests.map((_, i) => digestIn(manifest, i))).to.deep.equal(digests);
  });

  const altered: [string, Partial<SignedManifest>][] = [
    ['another node', { node: Identity.generate().node }],
    ['another place', { seq: 8 }],
    ['another time', { time: 1_001 }],
    ['another number of keys', { keys: 10 }],
    ['another segment', { digests: packDigests([...digests.slice(1), 'ff'.repeat(16)]) }],
  ];
  for (const [what, parts] of altered) {
    it(`is not signed any more with ${what}`, async () => {
      expect(await verifyManifest(aManifest(parts), new SignatureVerifier())).to.equal(false);
    });
  }

  const refused: [string, unknown][] = [
    ['nothing', undefined],
    ['too few digests', manifestToTuple(aManifest({ digests: packDigests(digests.slice(1)) }))],
    ['a million segments', manifestToTuple(aManifest({ bits: 20 }))],
    ['more keys than segments can have', manifestToTuple(aManifest({ keys: 2 ** 40 }))],
    ['a short signature', manifestToTuple(aManifest({ signature: new Uint8Array(63) }))],
  ];
  for (const [what, tuple] of refused) {
    it(`is refused with ${what}`, () => {
      expect(codeOf(() => manifestFromTuple(tuple))).to.equal('FILTER_BAD_MANIFEST');
    });
  }

  it('is refused by a typed error, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(codeOf(() => manifestFromTuple(value))).to.equal('FILTER_BAD_MANIFEST');
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  it('has another version with any other segment', () => {
    const other = packDigests([...digests.slice(0, 3), segmentDigest(encodeSegment(new Uint8Array()))]);
    expect(versionOf(aManifest()))
      .to.match(/^[0-9a-f]{32}$/)
      .and.not.equal(versionOf({ digests: other }));
  });
});
