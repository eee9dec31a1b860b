import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { unpacked } from '../../node/usage-logs/unpacked.ts';

// eslint-disable-next-line @typescript-eslint/require-await
async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function contentOf(
  bytes: Uint8Array,
  size = 1_000,
): Promise<{ text: string; code: string | undefined }> {
  let text = '';
  try {
    for await (const piece of unpacked(inPieces(bytes, size))) text += Buffer.from(piece).toString('latin1');
  } catch (error) {
    return { text, code: (error as { code: string }).code };
  }
  return { text, code: undefined };
}

const TEXT = Array.from({ length: 2_000 }, (_, n) => `line ${n * 7919}`).join('\n');

describe('a file that may be packed', () => {
  it('is read as it is where it is not', async () => {
    for (const size of [1, 7, 100_000])
      expect(await contentOf(Buffer.from(TEXT), size)).to.include({ text: TEXT });
    expect(await contentOf(Buffer.from('x'))).to.deep.equal({ text: 'x', code: undefined });
    expect(await contentOf(Buffer.alloc(0))).to.deep.equal({ text: '', code: undefined });
  });

  it('is unpacked where it is, in any pieces and of several members', async () => {
    const packed = Buffer.concat([gzipSync(TEXT), gzipSync('\nmore')]);
    for (const size of [7, 1_024, packed.length])
      expect(await contentOf(packed, size)).to.deep.equal({ text: `${TEXT}\nmore`, code: undefined });
  });

  it('gives what stands before the place where it is cut off', async () => {
    const packed = gzipSync(TEXT);
    const { text, code } = await contentOf(packed.subarray(0, packed.length - 500));
    expect(code).to.equal('USAGE_ARCHIVE_DAMAGED');
    expect(TEXT.startsWith(text) && text.length > TEXT.length / 2).to.equal(true);
  });

  it('gives what stands before the place where it is damaged, and never anything but an error by code', async () => {
    const packed = gzipSync(TEXT);
    await fc.assert(
      fc.asyncProperty(fc.nat(packed.length - 3), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const damaged = Buffer.from(packed);
        damaged[at + 2] = (damaged[at + 2] ?? 0) ^ change;
        const { code } = await contentOf(damaged);
        expect([undefined, 'USAGE_ARCHIVE_DAMAGED']).to.include(code);
      }),
      { seed: 11, numRuns: 60 },
    );
  });
});
