import type { BlockId } from './block-id.ts';

/**
 * The keys of the duplicates' section. All but the records' numbers is deterministic in the set of records held and the
 * manager's statements. `k!` and `o!` are read into memory at the start (`Register`, `Postings`).
 *
 *     k!<number>             a record's key, outline and blocks (`entry.ts`)
 *     r!<number>             what is compared of it (`WorkProfile`, JSON). By numbers, so that what comes later lies behind what
 *                            came before: LevelDB then has nothing to merge
 *     o!<block>              a block of too many records (empty)
 *     h!<pattern>            how many candidate pairs agree and differ in this way
 *     g!<pattern>!<a><b>     a candidate pair of a pattern that the node's own weights decide (empty)
 *     l!<record>             the records it is linked to: key and bits, key and bits, …
 *     m!<record>             the id of its work where that has two or more records, or `CROWD`
 *     w!<work>               the records of a work, sorted; only of works of two or more
 *     s!<record>             what the manager said of a record, as far as it is taken in
 *     n                      how many records, works of two or more, … (`Counts`)
 */

/** Of all this: another number throws away what earlier code computed. */
export const VERSION = 3;

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
const hex = (number: number): string => number.toString(16).padStart(8, '0');
export const COUNTS_KEY = 'n';
export const NOTHING = new Uint8Array();
export const entryKey = (number: number): string => `k!${hex(number)}`;
export const profileKey = (number: number): string => `r!${hex(number)}`;
export const largeBlockKey = (block: BlockId): string => `o!${block.toString(36)}`;
export const patternKey = (pattern: string): string => `h!${pattern}`;
export const openPairKey = (pattern: string, pair: string): string => `g!${pattern}!${pair}`;
export const linksKey = (record: string): string => `l!${record}`;
export const memberKey = (record: string): string => `m!${record}`;
export const saidKey = (record: string): string => `s!${record}`;
export const workKey = (work: string): string => `w!${work}`;

const rangeOf = (prefix: string): { gt: string; lt: string } => ({ gt: prefix, lt: `${prefix}~` });
export const entryRange = rangeOf('k!');
export const largeBlockRange = rangeOf('o!');
/** The number in the key of an entry, and the block in that of a large one. */
export const numberIn = (key: string): number => Number.parseInt(key.slice(2), 16);
export const blockIn = (key: string): BlockId => Number.parseInt(key.slice(2), 36);
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

export const encodeKeys = (keys: readonly string[]): Uint8Array => toBytes(keys.join(''));
export function decodeKeys(bytes: Uint8Array): string[] {
  const text = toText(bytes);
  return Array.from({ length: text.length / KEY_LENGTH }, (_, i) =>
    text.slice(i * KEY_LENGTH, (i + 1) * KEY_LENGTH),
  );
}

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
