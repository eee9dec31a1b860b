/**
 * The keys of the duplicates' section. All but `n` is deterministic in the set of records held and the manager's statements.
 *
 *     r!<record>             what is compared of a record (`WorkProfile`, JSON)
 *     b!<block>              the records in a block: their keys one after another, or `#` and how many where they are many
 *     o!<block>!<record>     a record in a block that has many (empty)
 *     h!<pattern>            how many candidate pairs agree and differ in this way
 *     g!<pattern>!<a><b>     a candidate pair of a pattern that the node's own weights decide (empty)
 *     l!<record>             the records it is linked to: key and bits, key and bits, …
 *     m!<record>             the id of its work where that has two or more records, or `CROWD`
 *     w!<work>               the records of a work, sorted; only of works of two or more
 *     s!<record>             what the manager said of a record, as far as it is taken in
 *     n                      how many records, works of two or more, … (`Counts`)
 */

/** The mark of a record whose chain of links is too long to be one work. */
export const CROWD = '*';

export interface Counts {
  records: number;
  /** Works of two or more records, and the records in those. */
  clusters: number;
  clustered: number;
  /** Records that stand alone because they hang together with too many others. */
  crowded: number;
  /** Blocks that are too large even when refined, so that not all pairs in them are compared. */
  oversize: number;
}

export const NO_COUNTS: Counts = { records: 0, clusters: 0, clustered: 0, crowded: 0, oversize: 0 };

export const KEY_LENGTH = 20;
export const COUNTS_KEY = 'n';
export const profileKey = (record: string): string => `r!${record}`;
export const blockKey = (block: string): string => `b!${block}`;
export const overflowKey = (block: string, record: string): string => `o!${block}!${record}`;
export const patternKey = (pattern: string): string => `h!${pattern}`;
export const openPairKey = (pattern: string, pair: string): string => `g!${pattern}!${pair}`;
export const linksKey = (record: string): string => `l!${record}`;
export const memberKey = (record: string): string => `m!${record}`;
export const saidKey = (record: string): string => `s!${record}`;
export const workKey = (work: string): string => `w!${work}`;

const rangeOf = (prefix: string): { gt: string; lt: string } => ({ gt: prefix, lt: `${prefix}~` });
export const overflowRange = (block: string): { gt: string; lt: string } => rangeOf(`o!${block}!`);
export const saidRange = rangeOf('s!');
export const patternRange = rangeOf('h!');
export const openPairRange = (pattern: string): { gt: string; lt: string } => rangeOf(`g!${pattern}!`);
export const workRange = (after: string | undefined): { gt: string; lt: string } => ({
  gt: after === undefined ? 'w!' : workKey(after),
  lt: 'w!~',
});

/** The id of the work of these records, which are sorted: the same on every node that holds the same records. */
export function workId(members: readonly string[]): string {
  return `w${members[0] ?? ''}`;
}

/** Two records as one word, the same whichever way round. */
export const pairOf = (a: string, b: string): string => (a < b ? a + b : b + a);
export const endsOf = (pair: string): [string, string] => [pair.slice(0, KEY_LENGTH), pair.slice(KEY_LENGTH)];

export const toBytes = (text: string): Uint8Array => Buffer.from(text);
export const toText = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();

/** The records of a block, or their number where they are many. */
export type BlockValue = readonly string[] | number;

export const encodeKeys = (keys: readonly string[]): Uint8Array => toBytes(keys.join(''));
export function decodeKeys(bytes: Uint8Array): string[] {
  const text = toText(bytes);
  return Array.from({ length: text.length / KEY_LENGTH }, (_, i) =>
    text.slice(i * KEY_LENGTH, (i + 1) * KEY_LENGTH),
  );
}

const MANY = 35;
export const encodeBlock = (value: BlockValue): Uint8Array =>
  typeof value === 'number' ? toBytes(`#${value}`) : encodeKeys(value);
export const decodeBlock = (bytes: Uint8Array): BlockValue =>
  bytes[0] === MANY ? Number(toText(bytes).slice(1)) : decodeKeys(bytes);

/** The links of a record: what speaks for each, in bits by the default weights. */
export type Links = ReadonlyMap<string, number>;

export const encodeLinks = (links: Links): Uint8Array =>
  toBytes(
    Array.from(links, ([record, bits]) => record + bits)
      .sort()
      .join(' '),
  );
export const decodeLinks = (bytes: Uint8Array): Links =>
  new Map(
    toText(bytes)
      .split(' ')
      .map((link) => [link.slice(0, KEY_LENGTH), Number(link.slice(KEY_LENGTH))]),
  );

export const encodeCounts = (counts: Counts): Uint8Array => toBytes(JSON.stringify(counts));
export const decodeCounts = (bytes: Uint8Array): Counts => ({
  ...NO_COUNTS,
  ...(JSON.parse(toText(bytes)) as Partial<Counts>),
});
