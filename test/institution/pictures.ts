import { crc32, deflateSync } from 'node:zlib';

/** Pictures as bytes, of any size. */

export function aPng(width = 40, height = 20): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0], 8);
  const row = 1 + Math.ceil(width / 8);
  const pixels = deflateSync(Buffer.alloc(Math.min(row * height, 100_000)));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', pixels),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

export function pngChunk(type: string, data: Buffer): Buffer {
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(type, 4, 'latin1');
  chunk.set(data, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), 8 + data.length);
  return chunk;
}

/** @param frame marker of the frame header: 0xc0 baseline, 0xc2 progressive */
export function aJpeg(width = 40, height = 20, frame = 0xc0): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt16BE(height, 0);
  size.writeUInt16BE(width, 2);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    jpegSegment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1')),
    // Tables whose marker lies among those of frames, and bytes to fill up.
    jpegSegment(0xc4, Buffer.alloc(30)),
    Buffer.from([0xff, 0xff]),
    jpegSegment(frame, Buffer.concat([Buffer.from([8]), size, Buffer.from([1, 1, 0x11, 0])])),
    jpegSegment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([0x12, 0x34, 0xff, 0x00, 0x56, 0xff, 0xd9]),
  ]);
}

function jpegSegment(marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}

/** @param kind the first chunk: lossy, lossless or extended */
export function aWebp(width = 40, height = 20, kind: 'VP8 ' | 'VP8L' | 'VP8X' = 'VP8 '): Buffer {
  const data = Buffer.alloc(12);
  if (kind === 'VP8 ') {
    data.set([0, 0, 0, 0x9d, 0x01, 0x2a]);
    data.writeUInt16LE(width, 6);
    data.writeUInt16LE(height, 8);
  } else if (kind === 'VP8L') {
    data[0] = 0x2f;
    data.writeUInt32LE(((width - 1) | ((height - 1) << 14)) >>> 0, 1);
  } else {
    data.writeUIntLE(width - 1, 4, 3);
    data.writeUIntLE(height - 1, 7, 3);
  }
  const file = Buffer.concat([
    Buffer.from('RIFF____WEBP', 'latin1'),
    Buffer.from(kind),
    Buffer.alloc(4),
    data,
  ]);
  file.writeUInt32LE(file.length - 8, 4);
  file.writeUInt32LE(data.length, 16);
  return file;
}
