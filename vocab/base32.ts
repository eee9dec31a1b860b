const alphabet = Buffer.from('abcdefghijklmnopqrstuvwxyz234567');
const BITS = 5;

/** Bytes in base32 (RFC 4648 §6), lower case and without padding, as in CIDs and the keys of records. */
export function base32(bytes: Uint8Array): string {
  const text = Buffer.allocUnsafe(Math.ceil((bytes.length * 8) / BITS));
  let at = 0;
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= BITS) {
      bits -= BITS;
      text[at++] = alphabet[(held >> bits) & 31] ?? 0;
    }
  }
  if (bits > 0) text[at] = alphabet[(held << (BITS - bits)) & 31] ?? 0;
  return text.toString('latin1');
}
