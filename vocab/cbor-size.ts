/** CBOR's additional information (RFC 8949 §3): up to this the number itself, above it the bytes that the number takes. */
const LARGEST_DIRECT = 23;
const BYTES = 2;
const TEXT = 3;

/**
 * Whether an encoded CBOR value has more than `most` items, each element, key and value counted.
 *
 * A decoded item takes a hundred times the memory of its one byte, so bytes from outside that are within their bound may
 * still unfold to gigabytes. Heads of items lie one behind another whatever the nesting is, so a look at each head tells,
 * and nothing is built. Bytes that are not CBOR are for the decoder to refuse.
 */
export function hasMoreItems(bytes: Uint8Array, most: number): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let items = 0;
  for (let at = 0; at < bytes.length;) {
    if (++items > most) return true;
    const first = view.getUint8(at);
    const type = first >> 5;
    const info = first & 0x1f;
    const width = info <= LARGEST_DIRECT ? 0 : 2 ** (info - LARGEST_DIRECT - 1);
    if (width > 8 || at + 1 + width > bytes.length) return false;
    const length = type === BYTES || type === TEXT ? argument(view, at + 1, width, info) : 0;
    at += 1 + width + length;
  }
  return false;
}

function argument(view: DataView, at: number, width: number, info: number): number {
  switch (width) {
    case 0:
      return info;
    case 1:
      return view.getUint8(at);
    case 2:
      return view.getUint16(at);
    case 4:
      return view.getUint32(at);
    default:
      return Number(view.getBigUint64(at));
  }
}
