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
import {
  requestFromWire,
  requestToWire,
  responseFromWire,
  responseToWire,
  type Response,
} from '../../../protocols/replication/messages.ts';

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
    const usage = { type: 'usage', held: 'd'.repeat(64) } as const;
    expect(requestFromWire(requestToWire(usage))).to.deep.equal(usage);
    const known = [{ month: '2026-10', revision: 3, mark: '0123456789abcdef' }];
    const summaries = { type: 'summaries', node: '12D3KooW', known } as const;
    expect(requestFromWire(requestToWire(summaries))).to.deep.equal(summaries);
    const works = {
      type: 'works',
      node: '12D3KooW',
      month: '2026-10',
      digest: 'd'.repeat(64),
      page: 255,
    } as const;
    expect(requestFromWire(requestToWire(works))).to.deep.equal(works);
    const responses: Response[] = [
      { type: 'usage', nodes: [{ node: '12D3KooW', mark: '0123456789abcdef' }], more: true },
      { type: 'summaries', summaries: [Uint8Array.of(1)], more: false },
      { type: 'works', pages: [new Uint8Array(), Uint8Array.of(1, 2)] },
    ];
    for (const response of responses)
      expect(responseFromWire(responseToWire(response))).to.deep.equal(response);
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
      ['usage', 'x'.repeat(65)],
      ['summaries', '12D3KooW', [['2026-10', -1, '0123456789abcdef']]],
      ['summaries', '12D3KooW', [['2026-10', 1, 'short']]],
      ['summaries', '12D3KooW', Array.from({ length: 601 }, () => ['2026-10', 1, '0123456789abcdef'])],
      ['works', '12D3KooW', '2026-10', 'd'.repeat(64), 256],
      ['works', '12D3KooW', '2026-10', 'd', 0],
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
  for (const [what, answer, ask] of [
    [
      'usage summaries',
      ['summaries', [], true],
      (client) => client.summaries('', [], () => Promise.resolve()),
    ],
    ['nodes with usage', ['usage', [], true], (client) => client.usage('', () => undefined)],
  ] satisfies [string, unknown, (client: ReplicationClient) => Promise<void>][]) {
    it(`does not take ${what} without end`, async () => {
      let read = 0;
      let aborted: unknown;
      const client = new ReplicationClient({
        read: async () => {
          read += 1;
          return await encodeFrame(answer);
        },
        write: () => Promise.resolve(),
        abort: (reason) => {
          aborted = reason;
        },
      });
      expect(await codeOf(() => ask(client))).to.equal('REPLICATION_ENDLESS');
      expect(read).to.equal(20);
      expect(aborted).to.include({ code: 'REPLICATION_ENDLESS' });
    });
  }
});
