import { decodeXml } from '../../../../vocab/xml/index.ts';

const HEAD_BYTES = 2_048;

/**
 * Bytes of HTML or XML as text: by the charset of their content type, or what they declare themselves; never throws.
 * @param charset of the content type
 */
export function decodeMarkup(bytes: Uint8Array, charset?: string): string {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1');
  const declared = charset ?? /<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w:-]{1,40})/i.exec(head)?.[1];
  return decodeXml(bytes, declared).text;
}
