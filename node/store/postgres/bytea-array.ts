/** Object id of `bytea` in every PostgreSQL (src/include/catalog/pg_type.dat). */
const BYTEA = 17;
const HEAD = 20;

/**
 * Byte strings as one parameter of type `bytea[]`, in the binary form that the server reads without unescaping
 * (`array_recv` of PostgreSQL): dimensions, whether there are nulls, the elements' type, length, first index; then each
 * element behind its length.
 */
export function byteaArray(values: readonly Uint8Array[]): Buffer {
  const bytes = Buffer.allocUnsafe(values.reduce((sum, { length }) => sum + 4 + length, HEAD));
  bytes.writeInt32BE(1, 0);
  bytes.writeInt32BE(0, 4);
  bytes.writeInt32BE(BYTEA, 8);
  bytes.writeInt32BE(values.length, 12);
  bytes.writeInt32BE(1, 16);
  let at = HEAD;
  for (const value of values) {
    bytes.writeInt32BE(value.length, at);
    bytes.set(value, at + 4);
    at += 4 + value.length;
  }
  return bytes;
}
