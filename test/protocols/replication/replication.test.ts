import { brotliCompressSync, constants } from 'node:zlib';
import * as dagCbor from '@ipld/dag-cbor';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  decodeFrame,
  encodeFrame,
  MAX_FRAME_BYTES,
  ReplicationClient,
} from '../../../protocols/replication/index.ts';
import { requestFromWire, requestToWire, responseFromWire } from '../../../protocols/replication/messages.ts';

const quickly = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };

async function codeOf(work: () => unknown): Promise<unknown> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

describe('a replication frame', () => {
  it('comes through, small and large', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ maxLength: 400 }), { maxLength: 20 }), async (message) => {
        expect(await decodeFrame(await encodeFrame(message))).to.deep.equal(message);
      }),
      { seed: 7 },
    );
  });

  const cases: [string, () => Uint8Array][] = [
    ['nothing', () => new Uint8Array()],
    ['a way of packing that is not known', () => Uint8Array.of(9, 1, 2)],
    ['what is not DAG-CBOR', () => Uint8Array.of(0, 0xff)],
    ['what is not Brotli', () => Uint8Array.of(1, 0xff, 0xff, 0xff)],
    ['more bytes than a frame has', () => new Uint8Array(MAX_FRAME_BYTES + 1)],
    [
      'a bomb that unfolds to 100 MB',
      () => Buffer.concat([Uint8Array.of(1), brotliCompressSync(Buffer.alloc(100_000_000), quickly)]),
    ],
    ['arrays nested a million deep', () => Buffer.concat([Uint8Array.of(0), Buffer.alloc(1_000_000, 0x81)])],
    ['an array that says it has 2^32 items', () => Uint8Array.of(0, 0x9a, 0xff, 0xff, 0xff, 0xff)],
    [
      'sixteen million items in 16 kB',
      () => {
        const message = Buffer.alloc(16 * 1024 * 1024, 0x80);
        Buffer.from([0x9a, 0x00, 0xff, 0xff, 0xfb]).copy(message);
        return Buffer.concat([Uint8Array.of(1), brotliCompressSync(message, quickly)]);
      },
    ],
    ['a tag that DAG-CBOR has not', () => Uint8Array.of(0, 0xc1, 0x00)],
  ];
  for (const [what, frame] of cases) {
    it(`is refused with ${what}`, async () => {
      expect(await codeOf(() => decodeFrame(frame()))).to.equal('REPLICATION_BAD_FRAME');
    });
  }

  it('is refused by a typed error whatever its bytes are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const code = await codeOf(async () => requestFromWire(await decodeFrame(bytes)));
        expect(code).to.match(/^(REPLICATION|HEADS)_BAD_/);
      }),
      { seed: 7, numRuns: 1_000 },
    );
  });
});

describe('a replication message', () => {
  it('comes through', () => {
    const request = { type: 'entries', node: '12D3KooW', after: 7, upTo: 90, limit: 10 } as const;
    expect(requestFromWire(requestToWire(request))).to.deep.equal(request);
    const summaries = { type: 'summaries', held: 'd'.repeat(64) } as const;
    expect(requestFromWire(requestToWire(summaries))).to.deep.equal(summaries);
  });

  it('is refused where a value is out of its bounds', async () => {
    const requests = [
      ['entries', '12D3KooW', -1, 9, 10],
      ['entries', '12D3KooW', 0, 9, 0],
      ['entries', '12D3KooW', 0, 9, 501],
      ['entries', '12D3KooW', 0.5, 9, 10],
      ['entries', '12D3KooW', 0, 2 ** 48, 10],
      ['entries', 'x'.repeat(61), 0, 9, 10],
      ['heads', 'network'],
      ['heads', 'network', Array.from({ length: 5_001 }, () => 0)],
      ['unknown'],
      ['summaries', 'x'.repeat(65)],
      dagCbor.decode(dagCbor.encode({ type: 'summaries' })),
    ];
    for (const request of requests) {
      expect(await codeOf(() => requestFromWire(request)), JSON.stringify(request).slice(0, 80)).to.equal(
        'REPLICATION_BAD_MESSAGE',
      );
    }
    const head = Array.from({ length: 8 }, () => 0);
    expect(await codeOf(() => responseFromWire(['page', head, [], false]))).to.equal('HEADS_BAD_HEAD');
    expect(await codeOf(() => responseFromWire(['page', head, [[1, 2]], false]))).to.equal(
      'REPLICATION_BAD_MESSAGE',
    );
  });
});

describe('a replication client', () => {
  it('does not take usage summaries without end', async () => {
    let read = 0;
    let aborted: unknown;
    const client = new ReplicationClient({
      read: async () => {
        read += 1;
        return await encodeFrame(['summaries', [], true]);
      },
      write: () => Promise.resolve(),
      abort: (reason) => {
        aborted = reason;
      },
    });
    expect(await codeOf(() => client.summaries('', () => Promise.resolve()))).to.equal('REPLICATION_ENDLESS');
    expect(read).to.equal(100);
    expect(aborted).to.include({ code: 'REPLICATION_ENDLESS' });
  });
});
