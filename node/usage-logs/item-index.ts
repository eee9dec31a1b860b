import { isRecordKey, keyOfIri } from '../../vocab/record-key.ts';
import { isTombstone, type NodeId } from '../../vocab/record.ts';
import type { Change, Reader } from '../catalogue/index.ts';
import type { Operation, Section } from '../store/index.ts';
import { nameHash, namesIn, namesOf } from './item-names.ts';

/**
 * The index's keys, in its section of the store; the runner's cursor lies beside them.
 *
 *     n!<hash>   keys of the own records with a name, one behind the other (20 bytes each)
 *     k!<key>    the hashes of a record's names, one behind the other (16 bytes each)
 */
const nameKey = (hash: string): string => `n!${hash}`;
const recordKey = (key: string): string => `k!${key}`;
const KEY_LENGTH = 20;
const HASH_LENGTH = 16;
/** Records with one name that are told apart. What so many share names none of them. */
const MOST_SHARING = 50;
const MOST_NAMES = 200;

/** What was found under some names: a record; none; or several, of which nobody can tell which is meant. */
export type Found = { key: string } | 'unknown' | 'ambiguous';

/**
 * The node's own records by all that a web server's log may call them: identifiers, pages, files. A reader of the log of
 * its own, since the catalogue knows no addresses of files, and identifiers of other nodes' records beside.
 */
export class ItemIndex implements Reader {
  readonly name = 'usage-items';
  readonly version = 1;
  readonly #self: NodeId;
  #section: Section | undefined;
  #generation = 0;
  #willChange = false;

  constructor({ self }: { self: NodeId }) {
    this.#self = self;
  }

  /** Another number when another answer may be found. */
  get generation(): number {
    return this.#generation;
  }

  open(section: Section): Promise<void> {
    this.#section = section;
    this.#generation += 1;
    return Promise.resolve();
  }

  async apply(changes: readonly Change[], section: Section): Promise<Operation[]> {
    const before = await section.getMany(changes.map(({ key }) => recordKey(key)));
    const records = new Map<string, Set<string>>();
    const touched = new Set<string>();
    const operations: Operation[] = [];
    const dropped: [hash: string, key: string][] = [];
    for (const [i, { key, holding }] of changes.entries()) {
      const old = parts(before[i], HASH_LENGTH);
      const isOwn = holding !== undefined && holding.node === this.#self && !isTombstone(holding);
      const now = new Set(isOwn ? namesOf(holding).slice(0, MOST_NAMES).map(nameHash) : []);
      for (const hash of old) if (!now.has(hash)) dropped.push([hash, key]);
      const added = [...now].filter((hash) => !old.includes(hash));
      if (added.length > 0) records.set(key, new Set(added));
      for (const hash of [...old.filter((one) => !now.has(one)), ...added]) touched.add(hash);
      if (now.size === 0) {
        if (old.length > 0) operations.push({ type: 'del', key: recordKey(key) });
      } else if (added.length > 0 || old.length !== now.size)
        operations.push({ type: 'put', key: recordKey(key), value: Buffer.from([...now].join('')) });
    }
    if (touched.size === 0) return operations;
    const hashes = [...touched];
    const values = await section.getMany(hashes.map(nameKey));
    const holders = new Map(hashes.map((hash, i) => [hash, new Set(parts(values[i], KEY_LENGTH))]));
    for (const [hash, key] of dropped) holders.get(hash)?.delete(key);
    for (const [key, added] of records) for (const hash of added) holders.get(hash)?.add(key);
    for (const [hash, keys] of holders) {
      const value = Buffer.from([...keys].slice(0, MOST_SHARING).join(''));
      operations.push(
        keys.size === 0 ? { type: 'del', key: nameKey(hash) } : { type: 'put', key: nameKey(hash), value },
      );
    }
    this.#willChange = true;
    return operations;
  }

  applied(): void {
    if (this.#willChange) this.#generation += 1;
    this.#willChange = false;
  }

  /** For each list of names, the record by the first of them under which one is known. */
  async find(lists: readonly (readonly string[])[]): Promise<Found[]> {
    const section = this.#section;
    if (section === undefined) return lists.map(() => 'unknown');
    const rows = lists.map((list) => list.flatMap(rowsOf));
    const all = [...new Set(rows.flat())];
    const values = await section.getMany(all);
    const found = new Map(all.map((row, i) => [row, values[i]]));
    return rows.map((own) => firstIn(own, found));
  }
}

/** The rows that tell of a name, likeliest first. */
function rowsOf(name: string): string[] {
  const key = isRecordKey(name) ? name : keyOfIri(name);
  return [
    ...(key === undefined ? [] : [recordKey(key)]),
    ...namesIn(name).map((one) => nameKey(nameHash(one))),
  ];
}

function firstIn(rows: readonly string[], found: ReadonlyMap<string, Uint8Array | undefined>): Found {
  let isShared = false;
  for (const row of rows) {
    const value = found.get(row);
    if (value === undefined) continue;
    if (row.startsWith('k!')) return { key: row.slice(2) };
    const [first, second] = parts(value, KEY_LENGTH);
    if (first !== undefined && second === undefined) return { key: first };
    isShared = true;
  }
  return isShared ? 'ambiguous' : 'unknown';
}

function parts(value: Uint8Array | undefined, length: number): string[] {
  if (value === undefined) return [];
  const text = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1');
  return Array.from({ length: text.length / length }, (_, i) => text.slice(i * length, (i + 1) * length));
}
