import { expect } from 'chai';
import fc from 'fast-check';
import { readImageHeader } from '../../node/institution/image-header.ts';
import { aJpeg, aPng, aWebp, pngChunk } from './pictures.ts';

const SIGNATURE = aPng().subarray(0, 8);

describe('the header of a picture', () => {
  const whole: [string, Buffer, string, [number, number]][] = [
    ['PNG', aPng(300, 100), 'image/png', [300, 100]],
    ['baseline JPEG', aJpeg(640, 480), 'image/jpeg', [640, 480]],
    ['progressive JPEG', aJpeg(1, 2_000, 0xc2), 'image/jpeg', [1, 2_000]],
    ['lossy WebP', aWebp(321, 123), 'image/webp', [321, 123]],
    ['lossless WebP', aWebp(16_384, 1, 'VP8L'), 'image/webp', [16_384, 1]],
    ['extended WebP', aWebp(70_000, 12, 'VP8X'), 'image/webp', [70_000, 12]],
  ];
  for (const [what, bytes, type, [width, height]] of whole)
    it(`tells kind and size of a ${what}`, () => {
      expect(readImageHeader(bytes)).to.deep.equal({ type, size: { width, height } });
    });

  const others: [string, Buffer][] = [
    ['nothing', Buffer.alloc(0)],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['GIF', Buffer.from('GIF89a\x01\0\x01\0', 'latin1')],
    ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['PDF', Buffer.from('%PDF-1.7')],
    ['half a signature', SIGNATURE.subarray(0, 7)],
    ['RIFF that is sound', Buffer.from('RIFF\x24\0\0\0WAVEfmt ', 'latin1')],
    ['a PNG behind something else', Buffer.concat([Buffer.from('\n'), aPng()])],
  ];
  for (const [what, bytes] of others)
    it(`is not taken from ${what}`, () => {
      expect(readImageHeader(bytes)).to.equal(undefined);
    });

  const changed = (file: Buffer, at: number, ...bytes: number[]): Buffer => {
    const copy = Buffer.from(file);
    copy.set(bytes, at);
    return copy;
  };
  const damaged: [string, Buffer][] = [
    ['a PNG of its signature alone', SIGNATURE],
    ['a PNG without end', aPng().subarray(0, -12)],
    ['a PNG that breaks off', aPng().subarray(0, -30)],
    ['a PNG of no width', aPng(0, 10)],
    [
      'a PNG without data',
      Buffer.concat([SIGNATURE, aPng().subarray(8, 33), pngChunk('IEND', Buffer.alloc(0))]),
    ],
    ['a PNG with another first chunk', Buffer.concat([SIGNATURE, pngChunk('IDAT', Buffer.alloc(13))])],
    ['a PNG with a longer header', Buffer.concat([SIGNATURE, pngChunk('IHDR', Buffer.alloc(14))])],
    ['a PNG with a chunk of four gigabytes', changed(aPng(), 33, 0xff, 0xff, 0xff, 0xff)],
    ['a JPEG of its first bytes alone', aJpeg().subarray(0, 4)],
    ['a JPEG that breaks off in its scan', aJpeg().subarray(0, -2)],
    ['a JPEG that breaks off before its frame', aJpeg().subarray(0, 40)],
    ['a JPEG of no height', aJpeg(40, 0)],
    ['a JPEG with a segment of no length', changed(aJpeg(), 4, 0, 0)],
    ['a JPEG with something between segments', changed(aJpeg(), 20, 0x41)],
    ['a WebP that breaks off', aWebp().subarray(0, -1)],
    ['a WebP of its name alone', aWebp().subarray(0, 12)],
    ['a WebP with another first chunk', changed(aWebp(), 12, 0x41)],
    ['a lossy WebP without its start code', changed(aWebp(), 23, 0)],
    ['a lossless WebP without its signature', changed(aWebp(9, 9, 'VP8L'), 20, 0)],
    ['a lossy WebP of no width', aWebp(0, 9)],
  ];
  for (const [what, bytes] of damaged)
    it(`does not give the size of ${what}`, () => {
      const header = readImageHeader(bytes);
      expect(header).to.be.an('object');
      expect(header?.size).to.equal(undefined);
    });

  it('is read of any bytes, or not', () => {
    const starts = [SIGNATURE, aJpeg().subarray(0, 20), aWebp().subarray(0, 16), Buffer.alloc(0)];
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 200 }), (start, rest) => {
        const size = readImageHeader(Buffer.concat([start, rest]))?.size;
        if (size !== undefined) expect(Math.min(size.width, size.height)).to.be.greaterThan(0);
      }),
      { seed: 8, numRuns: 500 },
    );
  });

  it('is read of bytes that lie within others', () => {
    const around = Buffer.concat([Buffer.from('before'), aPng(7, 5), Buffer.from('after')]);
    const within = new Uint8Array(around.buffer, around.byteOffset + 6, around.length - 11);
    expect(readImageHeader(within)?.size).to.deep.equal({ width: 7, height: 5 });
  });
});
