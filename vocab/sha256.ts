import { hash } from 'node:crypto';

const BYTES = 32;

/**
 * sha-256 of bytes, or of a text in UTF-8.
 *
 * Taken over from Node.js as a text of 32 characters: a buffer made there takes longer than the hash itself does, and costs
 * the garbage collector, while these few bytes lie with JavaScript's own objects.
 */
export function sha256(data: Uint8Array | string): Uint8Array {
  const digits = hash('sha256', data, 'binary');
  const bytes = new Uint8Array(BYTES);
  for (let i = 0; i < BYTES; i++) bytes[i] = digits.charCodeAt(i);
  return bytes;
}
