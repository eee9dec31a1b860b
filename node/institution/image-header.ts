/** What the first bytes of a picture tell of it. */
export interface ImageHeader {
  type: 'image/png' | 'image/jpeg' | 'image/webp';
  /** In pixels; undefined where the file is not whole, or not as its format has it. */
  size: { width: number; height: number } | undefined;
}

type Size = ImageHeader['size'];

/**
 * Kind and size of a picture by its own bytes, whatever its name or sender calls it; undefined for any other kind of file. The
 * parts of the file are walked through, the pixels are not unpacked.
 *
 * Sources: PNG (Third Edition) §5.2, §5.3, §11.2; JPEG, ITU-T T.81 annex B; WebP, RFC 9649 §2.
 */
export function readImageHeader(bytes: Uint8Array): ImageHeader | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts = (signature: string, at = 0): boolean =>
    file.toString('latin1', at, at + signature.length) === signature;
  if (starts('\x89PNG\r\n\x1a\n')) return { type: 'image/png', size: whole(sizeOfPng(file)) };
  if (starts('\xff\xd8\xff')) return { type: 'image/jpeg', size: whole(sizeOfJpeg(file)) };
  if (starts('RIFF') && starts('WEBP', 8)) return { type: 'image/webp', size: whole(sizeOfWebp(file)) };
  return undefined;
}

function whole(size: Size): Size {
  return size !== undefined && size.width > 0 && size.height > 0 ? size : undefined;
}

/** Chunks of length, type, data and checksum: the first is the header, the last the end, with picture data between them. */
function sizeOfPng(file: Buffer): Size {
  let size: Size;
  let hasData = false;
  for (let at = 8; at + 12 <= file.length;) {
    const length = file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    const end = at + 12 + length;
    if (end > file.length) return undefined;
    if (at === 8) {
      if (type !== 'IHDR' || length !== 13) return undefined;
      size = { width: file.readUInt32BE(at + 8), height: file.readUInt32BE(at + 12) };
    }
    if (type === 'IEND') return hasData ? size : undefined;
    if (type === 'IDAT') hasData = true;
    at = end;
  }
  return undefined;
}

/** Segments of marker, length and data, till the scan begins; a frame header among them has the size. */
function sizeOfJpeg(file: Buffer): Size {
  let size: Size;
  for (let at = 2; at + 4 <= file.length;) {
    if (file[at] !== 0xff) return undefined;
    const marker = file[at + 1] ?? 0;
    // Any number of fill bytes may stand before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const end = at + 2 + file.readUInt16BE(at + 2);
    if (end > file.length) return undefined;
    if (isFrameHeader(marker)) {
      if (at + 9 > end) return undefined;
      size = { width: file.readUInt16BE(at + 7), height: file.readUInt16BE(at + 5) };
    }
    if (marker === 0xda) return file.includes('\xff\xd9', end, 'latin1') ? size : undefined;
    at = end;
  }
  return undefined;
}

/** `SOF0` to `SOF15`, among which stand three markers of other tables. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** One file in RIFF: the first chunk is that of the picture, or one before it with the size of all frames. */
function sizeOfWebp(file: Buffer): Size {
  if (file.length < 30 || file.readUInt32LE(4) + 8 > file.length) return undefined;
  const plusOne = (at: number): number => file.readUIntLE(at, 3) + 1;
  switch (file.toString('latin1', 12, 16)) {
    case 'VP8X':
      return { width: plusOne(24), height: plusOne(27) };
    case 'VP8L': {
      if (file[20] !== 0x2f) return undefined;
      const bits = file.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8 ':
      if (file.toString('latin1', 23, 26) !== '\x9d\x01\x2a') return undefined;
      return { width: file.readUInt16LE(26) & 0x3fff, height: file.readUInt16LE(28) & 0x3fff };
    default:
      return undefined;
  }
}
