import { brotliCompressSync, constants } from 'node:zlib';
import * as dagCbor from '@ipld/dag-cbor';
import { expect } from 'chai';
import fc from 'fast-check';
import { leafOf, type SignedEntry, type SignedHead } from '../../../protocols/heads/index.ts';
import {
  decodeFrame,
  decodePageItem,
  encodeFrame,
  encodePageItem,
  unpackPage,
} from '../../../protocols/replication/index.ts';
import { responseFromWire, responseToWire, type Response } from '../../../protocols/replication/messages.ts';
import { encodeCanonical } from '../../../vocab/canonical-cbor.ts';

const node = '12D3KooWAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const head: SignedHead = {
  node,
  base: 'https://node.example',
  name: 'Test',
  networks: ['test'],
  seq: 3,
  live: 3,
  setDigest: 'd'.repeat(64),
  time: 1,
  signature: new Uint8Array(64),
};
const anEntry = (seq: number): SignedEntry => ({
  node,
  seq,
  record: `https://node.example/records/${'a'.repeat(20)}`,
  kind: 'updated',
  time: 1_700_000_000_000,
  digest: 'bafy',
  signature: new Uint8Array(104).fill(seq),
});
const entries = [1, 2, 3].map((seq) => ({ entry: anEntry(seq), block: new Uint8Array(seq * 20).fill(seq) }));
const page: Response = { type: 'page', head, entries, more: true };
const plain = (bytes: Uint8Array): Uint8Array => Buffer.concat([Uint8Array.of(0), bytes]);

async function outcome<T>(work: () => Promise<T>): Promise<{ value: T } | { code: unknown }> {
  try {
    return { value: await work() };
  } catch (error) {
    return { code: (error as { code?: unknown }).code };
  }
}

describe('a page of a feed', () => {
  it('is read where it lies', async () => {
    const read = await unpackPage(await encodeFrame(responseToWire(page)));
    expect(read?.head).to.deep.equal(head);
    expect(read?.more).to.equal(true);
    expect(read?.entries.map(({ entry }) => entry)).to.deep.equal([1, 2, 3].map(anEntry));
    for (const { entry, encoded, leaf, block } of read?.entries ?? []) {
      expect(encoded).to.deep.equal(encodePageItem({ entry, block }));
      expect(decodePageItem(encoded)).to.deep.equal({ entry, block });
      expect(Buffer.from(leaf)).to.deep.equal(Buffer.from(leafOf(entry)));
      expect(block).to.deep.equal(new Uint8Array(entry.seq * 20).fill(entry.seq));
    }
  });

  it('is refused as any message is, whatever is wrong with it', async () => {
    const whole = encodeCanonical(responseToWire(page));
    const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 2 });
    const codes = new Set<unknown>();
    await fc.assert(
      fc.asyncProperty(damage, fc.nat(2), async (changes, cut) => {
        const bytes = Uint8Array.from(whole);
        for (const [at, byte] of changes) bytes[at] = byte;
        const frame = plain(bytes.subarray(0, bytes.length - cut));
        const asMessage = await outcome(async () => responseFromWire(await decodeFrame(frame)));
        const asPage = await outcome(() => unpackPage(frame));
        if ('code' in asMessage) {
          codes.add(asMessage.code);
          expect(asPage).to.deep.equal(asMessage);
        } else if ('value' in asPage && asMessage.value.type === 'page') {
          const entries = asPage.value?.entries.map(({ entry, block }) => ({ entry, block }));
          expect({ type: 'page', head: asPage.value?.head, entries, more: asPage.value?.more }).to.deep.equal(
            asMessage.value,
          );
        }
      }),
      { seed: 7, numRuns: 2_000 },
    );
    expect([...codes]).to.include.members([
      'REPLICATION_BAD_FRAME',
      'REPLICATION_BAD_MESSAGE',
      'HEADS_BAD_ENTRY',
      'HEADS_BAD_HEAD',
    ]);
  });

  it('is refused where its numbers take more bytes than they have to', async () => {
    const bytes = Buffer.from(encodeCanonical(responseToWire({ ...page, entries: [] })));
    const seq = bytes.indexOf(Uint8Array.of(3, 3, 0x78));
    const longer = Buffer.concat([bytes.subarray(0, seq), Uint8Array.of(0x18, 3), bytes.subarray(seq + 1)]);
    expect(await outcome(() => unpackPage(plain(longer)))).to.deep.equal({ code: 'REPLICATION_BAD_FRAME' });
    expect(await outcome(() => unpackPage(plain(bytes)))).to.have.property('value');
  });

  it('is refused, and not built first, where its head is millions of items that unfold from some bytes', async () => {
    const items = 4_000_000;
    const list = Buffer.concat([Uint8Array.of(0x9a), Buffer.alloc(4), Buffer.alloc(items, 0x40)]);
    list.writeUInt32BE(items, 1);
    const message = Buffer.concat([
      Uint8Array.of(0x84),
      encodeCanonical('page'),
      list,
      Uint8Array.of(0x80, 0xf4),
    ]);
    const frame = Buffer.concat([
      Uint8Array.of(1),
      brotliCompressSync(message, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
    ]);
    expect(frame.length).to.be.lessThan(1_000);
    const before = process.memoryUsage();
    expect(await outcome(() => unpackPage(frame))).to.deep.equal({ code: 'REPLICATION_BAD_FRAME' });
    const after = process.memoryUsage();
    expect(after.heapTotal - before.heapTotal).to.be.lessThan(64 * 1024 * 1024);
  });

  it('has the same bytes where its entries are given as they are stored', () => {
    const encoded = entries.map((one) => ({ encoded: encodePageItem(one) }));
    expect(encodeCanonical(responseToWire({ ...page, entries: encoded }))).to.deep.equal(
      encodeCanonical(responseToWire(page)),
    );
  });

  it('holds on to nothing of the message by its head, which is kept', async () => {
    const read = await unpackPage(await encodeFrame(responseToWire(page)));
    expect(read?.head.signature.buffer.byteLength).to.equal(64);
  });

  it('is told from what is no page', async () => {
    const absent = await encodeFrame(responseToWire({ type: 'absent' }));
    expect(await unpackPage(absent)).to.equal(undefined);
    const error = plain(dagCbor.encode(['error', 'BUSY']));
    expect(await outcome(() => unpackPage(error))).to.deep.equal({ code: 'REPLICATION_UNEXPECTED' });
    const long = {
      ...page,
      entries: Array.from(
        { length: 501 },
        () => page.entries[0] ?? { entry: anEntry(1), block: new Uint8Array() },
      ),
    };
    const tooMany = await encodeFrame(responseToWire(long));
    expect(await outcome(() => unpackPage(tooMany))).to.deep.equal({ code: 'REPLICATION_BAD_MESSAGE' });
  });
});
