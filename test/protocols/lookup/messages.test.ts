import { expect } from 'chai';
import fc from 'fast-check';
import {
  LookupClient,
  requestFromWire,
  requestToWire,
  responseFromWire,
  serveLookup,
  type LookupRequest,
} from '../../../protocols/lookup/index.ts';
import { decodeFrame, encodeFrame } from '../../../protocols/replication/index.ts';

async function codeOf(work: () => unknown): Promise<unknown> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

describe('a lookup message', () => {
  const requests: LookupRequest[] = [
    { type: 'filter' },
    { type: 'segments', version: 'a'.repeat(32), segments: [0, 7, 16_383] },
    { type: 'records', keys: ['00112233445566ff', 'ffffffffffffffff'] },
    { type: 'current', records: [{ key: 'a'.repeat(20), seq: 9 }] },
  ];
  for (const request of requests) {
    it(`'${request.type}' comes through`, async () => {
      const frame = await encodeFrame(requestToWire(request));
      expect(requestFromWire(await decodeFrame(frame))).to.deep.equal(request);
    });
  }

  const refused: [string, unknown][] = [
    ['no segment', ['segments', 'a'.repeat(32), []]],
    ['a segment beyond the last', ['segments', 'a'.repeat(32), [16_384]]],
    ['too many segments', ['segments', 'a'.repeat(32), Array.from({ length: 257 }, () => 1)]],
    ['no key', ['records', new Uint8Array()]],
    ['half a key', ['records', new Uint8Array(12)]],
    ['too many keys', ['records', new Uint8Array(257 * 8)]],
    ['what is no key of a record', ['current', [['../../etc', 1]]]],
    ['too many records', ['current', Array.from({ length: 257 }, () => ['a'.repeat(20), 1])]],
    ['an unknown name', ['search', 'coral reefs']],
  ];
  for (const [what, wire] of refused) {
    it(`is refused with ${what}`, async () => {
      expect(await codeOf(() => requestFromWire(wire))).to.equal('LOOKUP_BAD_MESSAGE');
    });
  }

  it('is refused by a typed error, whatever it is', async () => {
    const name = fc.constantFrom('filter', 'segments', 'records', 'current', 'absent', 'busy', 'error');
    const wire = fc.tuple(name, fc.anything(), fc.anything()).map(([first, ...rest]) => [first, ...rest]);
    await fc.assert(
      fc.asyncProperty(fc.oneof(wire, fc.anything()), async (value) => {
        expect(await codeOf(() => requestFromWire(value))).to.equal('LOOKUP_BAD_MESSAGE');
        expect(await codeOf(() => responseFromWire(value))).to.match(/^(LOOKUP|HEADS|FILTER)_BAD_/);
      }),
      { seed: 5, numRuns: 1_000 },
    );
  });
});

describe('a lookup stream', () => {
  it('tells the other side why it ends', async () => {
    const written: unknown[] = [];
    const channel = {
      read: () => encodeFrame(['search', 'coral reefs']),
      write: async (frame: Uint8Array) => void written.push(await decodeFrame(frame)),
      abort: () => undefined,
    };
    const signal = new AbortController().signal;
    const serving = serveLookup(channel, () => Promise.resolve({ type: 'absent' }), signal);
    expect(await codeOf(() => serving)).to.equal('LOOKUP_BAD_MESSAGE');
    expect(written).to.deep.equal([['error', 'LOOKUP_BAD_MESSAGE']]);
  });

  const answers: [string, unknown, string][] = [
    ['busy', ['busy'], 'LOOKUP_BUSY'],
    ['an error', ['error', 'X'], 'LOOKUP_UNEXPECTED'],
    ['an answer to something else', ['absent'], 'LOOKUP_UNEXPECTED'],
  ];
  for (const [what, wire, code] of answers) {
    it(`ends with a typed error where the answer is ${what}`, async () => {
      const client = new LookupClient({
        read: () => encodeFrame(wire),
        write: () => Promise.resolve(),
        abort: () => undefined,
      });
      const signal = new AbortController().signal;
      const asked = client.ask({ type: 'records', keys: ['00112233445566ff'] }, ['records'], signal);
      expect(await codeOf(() => asked)).to.equal(code);
    });
  }
});
