import { isAscii, isUtf8 } from 'node:buffer';
import { asWindows1252 } from './windows-1252.ts';

/** What became of the bytes. */
export interface DecodedXml {
  text: string;
  /** The encoding that was used, by its WHATWG name: `utf-8`, `windows-1252`. */
  encoding: string;
  /** Present where the declared encoding does not fit the bytes: what was declared, and what was done. */
  trouble?: string;
}

/**
 * Decodes an XML document by the encoding it declares: byte order mark, then the `charset` of the HTTP content type,
 * then the XML declaration, then UTF-8 (RFC 7303, section 3; XML 1.0, appendix F).
 *
 * A declaration that the bytes contradict is not believed: text that is valid UTF-8 is read as UTF-8 whatever a web
 * server's default says, and in UTF-8 with stray bytes each stray byte is read as windows-1252, so that one bad record
 * does not spoil the rest. Never throws.
 */
export function decodeXml(bytes: Uint8Array, charset?: string): DecodedXml {
  const marked = byteOrderMark(bytes);
  if (marked !== undefined) return decodeAs(bytes, marked);

  const declared = charset ?? declaredEncoding(bytes) ?? 'utf-8';
  const encoding = encodingName(declared);
  if (encoding === 'utf-8') return decodeUtf8(bytes);
  if (encoding === undefined) {
    return { ...decodeUtf8(bytes), trouble: `declared as ${declared}, which is no known encoding` };
  }
  // UTF-16 shows itself by its zero bytes.
  const wide = encoding.startsWith('utf-16') && bytes.includes(0);
  const contradicted = encoding.startsWith('utf-16') ? !wide : isUtf8(bytes) && !isAscii(bytes);
  if (!contradicted) return decodeAs(bytes, encoding);
  return { ...decodeUtf8(bytes), trouble: `declared as ${declared}, but the bytes are UTF-8` };
}

/** `charset` of a content type: `text/xml; charset="UTF-8"` gives `UTF-8`. */
export function charsetOf(contentType: string | null | undefined): string | undefined {
  return /;\s*charset\s*=\s*"?([^\s";]{1,40})/i.exec(contentType ?? '')?.[1];
}

function byteOrderMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return undefined;
}

/** The XML declaration's encoding; its `<?` also tells UTF-16 without a mark. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0x3c && bytes[1] === 0) return 'utf-16le';
  if (bytes[0] === 0 && bytes[1] === 0x3c) return 'utf-16be';
  const head = buffer(bytes.subarray(0, 200)).toString('latin1');
  return /^\s*<\?xml[^>]{0,100}?\sencoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']/.exec(head)?.[1];
}

function encodingName(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

function decodeAs(bytes: Uint8Array, encoding: string): DecodedXml {
  if (encoding === 'utf-8') return decodeUtf8(bytes);
  // Node's own decoder for windows-1252 leaves control characters (nodejs/node#56542).
  const text =
    encoding === 'windows-1252'
      ? asWindows1252(buffer(bytes).toString('latin1'))
      : new TextDecoder(encoding).decode(bytes);
  return { text, encoding };
}

function decodeUtf8(bytes: Uint8Array): DecodedXml {
  const body = byteOrderMark(bytes) === 'utf-8' ? bytes.subarray(3) : bytes;
  // Twice as fast as a fatal TextDecoder.
  if (isUtf8(body)) return { text: buffer(body).toString('utf8'), encoding: 'utf-8' };
  const { text, stray } = decodeMixed(body);
  return {
    text,
    encoding: 'utf-8',
    trouble:
      stray === 1
        ? 'taken for UTF-8, but one byte is not; it was read as windows-1252'
        : `taken for UTF-8, but ${stray} bytes are not; they were read as windows-1252`,
  };
}

/**
 * Well-formed sequences of more than one byte (RFC 3629, section 4); the two halves of a surrogate pair, three bytes each,
 * as some databases write what is beyond the basic plane (CESU-8); or one byte that is in none.
 */
const utf8Sequence =
  /[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|[\x80-\xff]/g;

function decodeMixed(bytes: Uint8Array): { text: string; stray: number } {
  let stray = 0;
  const text = buffer(bytes)
    .toString('latin1')
    .replace(utf8Sequence, (sequence) => {
      if (sequence.length > 1 && sequence.length < 6) return Buffer.from(sequence, 'latin1').toString('utf8');
      stray += sequence.length;
      return sequence.length === 1 ? asWindows1252(sequence) : surrogatePair(Buffer.from(sequence, 'latin1'));
    });
  return { text, stray };
}

function surrogatePair(bytes: Buffer): string {
  const half = (at: number): number => ((bytes[at + 1]! & 0x3f) << 6) | (bytes[at + 2]! & 0x3f) | 0xd000;
  return String.fromCharCode(half(0), half(3));
}

function buffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
