/** "expand 32-byte k", as four little-endian words (RFC 8439 §2.3). */
const SIGMA_0 = 0x61707865;
const SIGMA_1 = 0x3320646e;
const SIGMA_2 = 0x79622d32;
const SIGMA_3 = 0x6b206574;
const BLOCK_WORDS = 16;
const DOUBLE_ROUNDS = 10;

/**
 * The key stream of ChaCha20 (RFC 8439 §2.4) from its beginning, with a nonce of zeros, as words whose bytes are in
 * little-endian order. In JavaScript, and written out, since each key is used once: to make one of Node's ciphers takes as
 * long as this takes for two kilobytes, and leaves garbage behind.
 *
 * @param key 32 bytes
 * @param stream is filled: a whole number of blocks of 16 words
 */
export function chacha20(key: Uint8Array, stream: Uint32Array): void {
  const view = new DataView(key.buffer, key.byteOffset, key.byteLength);
  const k0 = view.getInt32(0, true);
  const k1 = view.getInt32(4, true);
  const k2 = view.getInt32(8, true);
  const k3 = view.getInt32(12, true);
  const k4 = view.getInt32(16, true);
  const k5 = view.getInt32(20, true);
  const k6 = view.getInt32(24, true);
  const k7 = view.getInt32(28, true);
  for (let at = 0, counter = 0; at < stream.length; at += BLOCK_WORDS, counter++) {
    let x0 = SIGMA_0;
    let x1 = SIGMA_1;
    let x2 = SIGMA_2;
    let x3 = SIGMA_3;
    let x4 = k0;
    let x5 = k1;
    let x6 = k2;
    let x7 = k3;
    let x8 = k4;
    let x9 = k5;
    let x10 = k6;
    let x11 = k7;
    let x12 = counter;
    let x13 = 0;
    let x14 = 0;
    let x15 = 0;
    for (let round = 0; round < DOUBLE_ROUNDS; round++) {
      // The columns.
      x0 = (x0 + x4) | 0;
      x12 ^= x0;
      x12 = (x12 << 16) | (x12 >>> 16);
      x8 = (x8 + x12) | 0;
      x4 ^= x8;
      x4 = (x4 << 12) | (x4 >>> 20);
      x0 = (x0 + x4) | 0;
      x12 ^= x0;
      x12 = (x12 << 8) | (x12 >>> 24);
      x8 = (x8 + x12) | 0;
      x4 ^= x8;
      x4 = (x4 << 7) | (x4 >>> 25);
      x1 = (x1 + x5) | 0;
      x13 ^= x1;
      x13 = (x13 << 16) | (x13 >>> 16);
      x9 = (x9 + x13) | 0;
      x5 ^= x9;
      x5 = (x5 << 12) | (x5 >>> 20);
      x1 = (x1 + x5) | 0;
      x13 ^= x1;
      x13 = (x13 << 8) | (x13 >>> 24);
      x9 = (x9 + x13) | 0;
      x5 ^= x9;
      x5 = (x5 << 7) | (x5 >>> 25);
      x2 = (x2 + x6) | 0;
      x14 ^= x2;
      x14 = (x14 << 16) | (x14 >>> 16);
      x10 = (x10 + x14) | 0;
      x6 ^= x10;
      x6 = (x6 << 12) | (x6 >>> 20);
      x2 = (x2 + x6) | 0;
      x14 ^= x2;
      x14 = (x14 << 8) | (x14 >>> 24);
      x10 = (x10 + x14) | 0;
      x6 ^= x10;
      x6 = (x6 << 7) | (x6 >>> 25);
      x3 = (x3 + x7) | 0;
      x15 ^= x3;
      x15 = (x15 << 16) | (x15 >>> 16);
      x11 = (x11 + x15) | 0;
      x7 ^= x11;
      x7 = (x7 << 12) | (x7 >>> 20);
      x3 = (x3 + x7) | 0;
      x15 ^= x3;
      x15 = (x15 << 8) | (x15 >>> 24);
      x11 = (x11 + x15) | 0;
      x7 ^= x11;
      x7 = (x7 << 7) | (x7 >>> 25);
      // The diagonals.
      x0 = (x0 + x5) | 0;
      x15 ^= x0;
      x15 = (x15 << 16) | (x15 >>> 16);
      x10 = (x10 + x15) | 0;
      x5 ^= x10;
      x5 = (x5 << 12) | (x5 >>> 20);
      x0 = (x0 + x5) | 0;
      x15 ^= x0;
      x15 = (x15 << 8) | (x15 >>> 24);
      x10 = (x10 + x15) | 0;
      x5 ^= x10;
      x5 = (x5 << 7) | (x5 >>> 25);
      x1 = (x1 + x6) | 0;
      x12 ^= x1;
      x12 = (x12 << 16) | (x12 >>> 16);
      x11 = (x11 + x12) | 0;
      x6 ^= x11;
      x6 = (x6 << 12) | (x6 >>> 20);
      x1 = (x1 + x6) | 0;
      x12 ^= x1;
      x12 = (x12 << 8) | (x12 >>> 24);
      x11 = (x11 + x12) | 0;
      x6 ^= x11;
      x6 = (x6 << 7) | (x6 >>> 25);
      x2 = (x2 + x7) | 0;
      x13 ^= x2;
      x13 = (x13 << 16) | (x13 >>> 16);
      x8 = (x8 + x13) | 0;
      x7 ^= x8;
      x7 = (x7 << 12) | (x7 >>> 20);
      x2 = (x2 + x7) | 0;
      x13 ^= x2;
      x13 = (x13 << 8) | (x13 >>> 24);
      x8 = (x8 + x13) | 0;
      x7 ^= x8;
      x7 = (x7 << 7) | (x7 >>> 25);
      x3 = (x3 + x4) | 0;
      x14 ^= x3;
      x14 = (x14 << 16) | (x14 >>> 16);
      x9 = (x9 + x14) | 0;
      x4 ^= x9;
      x4 = (x4 << 12) | (x4 >>> 20);
      x3 = (x3 + x4) | 0;
      x14 ^= x3;
      x14 = (x14 << 8) | (x14 >>> 24);
      x9 = (x9 + x14) | 0;
      x4 ^= x9;
      x4 = (x4 << 7) | (x4 >>> 25);
    }
    stream[at + 0] = x0 + SIGMA_0;
    stream[at + 1] = x1 + SIGMA_1;
    stream[at + 2] = x2 + SIGMA_2;
    stream[at + 3] = x3 + SIGMA_3;
    stream[at + 4] = x4 + k0;
    stream[at + 5] = x5 + k1;
    stream[at + 6] = x6 + k2;
    stream[at + 7] = x7 + k3;
    stream[at + 8] = x8 + k4;
    stream[at + 9] = x9 + k5;
    stream[at + 10] = x10 + k6;
    stream[at + 11] = x11 + k7;
    stream[at + 12] = x12 + counter;
    stream[at + 13] = x13;
    stream[at + 14] = x14;
    stream[at + 15] = x15;
  }
}
