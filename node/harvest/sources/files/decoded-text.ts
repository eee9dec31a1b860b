import { TextDecoder } from 'node:util';
import { decodeXml } from '../../../../vocab/xml/index.ts';

const NEWLINE = 0x0a;
const NUL = 0;

/**
 * Decodes a stream of bytes, piece by piece, each with whole characters: UTF-16 where it shows itself, what an XML
 * declaration names, else UTF-8, in which stray bytes are read as windows-1252 (see `decodeXml`).
 *
 * @returns what was odd about the encoding, if anything
 */
export async function* decodedText(bytes: AsyncIterable<Buffer>): AsyncGenerator<string, string | undefined> {
  let rest: Buffer = Buffer.alloc(0);
  let encoding: string | undefined;
  let wide: TextDecoder | undefined;
  let trouble: string | undefined;
  const decode = (block: Buffer, declared: string): string => {
    const decoded = decodeXml(block, declared);
    trouble ??= decoded.trouble;
    return decoded.text;
  };
  for await (const chunk of bytes) {
    const isFirst = encoding === undefined;
    encoding ??= encodingOf(chunk);
    if (isFirst && encoding.startsWith('utf-16')) wide = new TextDecoder(encoding);
    if (wide !== undefined) {
      yield wide.decode(chunk, { stream: true });
      continue;
    }
    const block = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = wholeCharacters(block);
    rest = block.subarray(end);
    if (end > 0) yield decode(block.subarray(0, end), encoding);
  }
  if (wide !== undefined) yield wide.decode();
  else if (rest.length > 0) yield decode(rest, encoding ?? 'utf-8');
  return trouble;
}

/** Of the byte order mark, of the zero bytes that UTF-16 is full of, or of the XML declaration. */
function encodingOf(start: Buffer): string {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  const sample = start.subarray(0, 2000);
  const [even, odd] = [0, 1].map(
    (parity) => sample.filter((byte, i) => byte === NUL && i % 2 === parity).length,
  );
  const quarter = sample.length / 4;
  if ((odd ?? 0) > quarter && even === 0) return 'utf-16le';
  if ((even ?? 0) > quarter && odd === 0) return 'utf-16be';
  const declaration = /^\s*<\?xml[^>]{0,100}?\sencoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']/;
  return declaration.exec(sample.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, ''))?.[1] ?? 'utf-8';
}

/**
 * Length of the part of a block that ends with a whole character: behind its last line, which holds in every encoding
 * but UTF-16; else before a UTF-8 sequence that is not complete.
 */
function wholeCharacters(block: Buffer): number {
  const line = block.lastIndexOf(NEWLINE) + 1;
  if (line > 0) return line;
  for (let back = 1; back <= 3 && back <= block.length; back += 1) {
    const byte = block[block.length - back]!;
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < length ? block.length - back : block.length;
    }
  }
  return block.length;
}
