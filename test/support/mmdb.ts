/**
 * Writes databases in MaxMind's format (MMDB 2.0, https://maxmind.github.io/MaxMind-DB/): a search tree over the bits of
 * IPv6 addresses, in which IPv4 lies under ::/96, and data behind it. Only what tests need: maps, texts, whole numbers.
 */
export function aCountryDatabase(
  networks: readonly { network: string; data: Record<string, unknown> }[],
): Buffer {
  const data: Buffer[] = [];
  let length = 0;
  const tree: Node[] = [[undefined, undefined]];
  for (const { network, data: value } of networks) {
    const { bits, prefix } = bitsOf(network);
    const leaf = { at: length };
    const encoded = encodedValue(value);
    data.push(encoded);
    length += encoded.length;
    insert(tree, bits.slice(0, prefix), leaf);
  }
  const search = Buffer.alloc(tree.length * 8);
  for (const [i, node] of tree.entries())
    for (const side of [0, 1] as const) {
      const child = node[side];
      const record =
        child === undefined ? tree.length : typeof child === 'number' ? child : tree.length + 16 + child.at;
      search.writeUInt32BE(record, i * 8 + side * 4);
    }
  const metadata = encodedValue({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_790_000_000,
    database_type: 'Test-Country',
    ip_version: 6,
    node_count: tree.length,
    record_size: 32,
  });
  const marker = Buffer.concat([Buffer.from([0xab, 0xcd, 0xef]), Buffer.from('MaxMind.com')]);
  return Buffer.concat([search, Buffer.alloc(16), ...data, marker, metadata]);
}

type Child = number | { at: number } | undefined;
type Node = [Child, Child];

function insert(tree: Node[], bits: readonly number[], leaf: { at: number }): void {
  let at = 0;
  for (const [i, bit] of bits.entries()) {
    const node = tree[at];
    if (node === undefined) throw new Error('no such node');
    const side = bit === 0 ? 0 : 1;
    if (i === bits.length - 1) {
      node[side] = leaf;
      return;
    }
    const child = node[side];
    if (typeof child === 'number') at = child;
    else {
      node[side] = tree.length;
      at = tree.length;
      tree.push([undefined, undefined]);
    }
  }
}

/** IPv4 as `192.0.2.0/24`; IPv6 with all its groups, as `2001:db8:0:0:0:0:0:0/32`. */
function bitsOf(network: string): { bits: number[]; prefix: number } {
  const [address = '', length = '0'] = network.split('/');
  const isOld = address.includes('.');
  const bytes = isOld
    ? [...Array<number>(12).fill(0), ...address.split('.').map(Number)]
    : address
        .split(':')
        .flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]);
  const bits = bytes.flatMap((byte) => [7, 6, 5, 4, 3, 2, 1, 0].map((bit) => (byte >> bit) & 1));
  return { bits, prefix: Number(length) + (isOld ? 96 : 0) };
}

const TEXT = 2;
const UINT32 = 6;
const MAP = 7;

function encodedValue(value: unknown): Buffer {
  if (typeof value === 'string')
    return Buffer.concat([control(TEXT, Buffer.byteLength(value)), Buffer.from(value)]);
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([control(UINT32, 4), bytes]);
  }
  const entries = Object.entries(value as Record<string, unknown>);
  return Buffer.concat([
    control(MAP, entries.length),
    ...entries.flatMap(([key, one]) => [encodedValue(key), encodedValue(one)]),
  ]);
}

function control(type: number, size: number): Buffer {
  if (size >= 29) throw new Error('longer than tests need');
  return Buffer.from([(type << 5) | size]);
}
