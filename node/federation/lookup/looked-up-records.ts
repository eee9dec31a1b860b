import * as dagCbor from '@ipld/dag-cbor';
import { packWorkKeys, unpackWorkKeys, type WorkKey } from '../../../protocols/holdings-filter/index.ts';
import type { KnownRecord } from '../../../protocols/lookup/index.ts';
import { decodeHolding } from '../../../vocab/block.ts';
import type { Holding, NodeId } from '../../../vocab/record.ts';
import { numberOfKey, writeBatch, WriteQueue, type Operation, type Section } from '../../store/index.ts';
import {
  expiryRange,
  expiryRow,
  keyRow,
  lastPartOf,
  nodeRow,
  nodeRows,
  recordRow,
  recordsOfKey,
} from './layout.ts';

/** Without a new word of its node, a copy is not believed for longer. */
export const KEPT_MS = 24 * 60 * 60 * 1_000;
const MOST_COPIES = 50_000;
const MOST_BYTES = 256 * 1024 * 1024;
const LET_GO_AT_ONCE = 500;
const MOST_COPIES_A_KEY = 50;

/** A record, or the tombstone in its place, as its node gave it and after all checks. */
export interface CheckedCopy {
  key: string;
  node: NodeId;
  /** What the institution calls itself. */
  name: string;
  seq: number;
  /** The signed entry, encoded. */
  entry: Uint8Array;
  block: Uint8Array;
  /** None of a tombstone. */
  workKeys: readonly WorkKey[];
}

/** A copy of a record that this node does not hold itself. */
interface KnownCopy {
  key: string;
  /** What its institution calls itself. */
  name: string;
  holding: Holding;
}

type StoredCopy = [
  node: NodeId,
  name: string,
  seq: number,
  until: number,
  entry: Uint8Array,
  block: Uint8Array,
  workKeys: Uint8Array,
];
type NodeRow = [seq: number, bytes: number, workKeys: Uint8Array];

/**
 * The records that other nodes gave for the asking: kept apart from the feeds, for a day, within a number and a number of
 * bytes, and never given on.
 */
export class LookedUpRecords {
  readonly #section: Section;
  readonly #most: { copies: number; bytes: number };
  readonly #writes = new WriteQueue();
  #copies = 0;
  #bytes = 0;

  constructor(options: { section: Section; most?: { copies: number; bytes: number } }) {
    this.#section = options.section;
    this.#most = options.most ?? { copies: MOST_COPIES, bytes: MOST_BYTES };
  }

  async load(): Promise<void> {
    for await (const value of this.#section.values(nodeRows())) {
      this.#copies += 1;
      this.#bytes += dagCbor.decode<NodeRow>(value)[1];
    }
  }

  get size(): number {
    return this.#copies;
  }

  /** Keeps what is newer than what is known of the record; one that is known as it is, is believed for another day. */
  put(copies: readonly CheckedCopy[], now: number): Promise<void> {
    return this.#writes.run(async () => {
      for (const copy of copies) await this.#put(copy, now + KEPT_MS);
      await this.#letGo(() => this.#copies > this.#most.copies || this.#bytes > this.#most.bytes);
    });
  }

  /** Its node says that nothing of these has changed: they are believed for another day. */
  confirm(records: readonly string[], now: number): Promise<void> {
    return this.#writes.run(async () => {
      for (const record of records) {
        const stored = await this.#stored(record);
        if (stored === undefined) continue;
        const [node, name, seq, until, ...rest] = stored;
        const next: StoredCopy = [node, name, seq, now + KEPT_MS, ...rest];
        await writeBatch(
          this.#section,
          [
            { type: 'del', key: expiryRow(until, record) },
            { type: 'put', key: expiryRow(now + KEPT_MS, record), value: new Uint8Array() },
            { type: 'put', key: recordRow(record), value: dagCbor.encode(next) },
          ],
          { durable: false },
        );
      }
    });
  }

  /** Lets go of what has not been confirmed for a day. */
  expire(now: number): Promise<void> {
    return this.#writes.run(() => this.#letGo((until) => until <= now));
  }

  /** Lets go of all that a node gave. */
  forget(node: NodeId): Promise<void> {
    return this.#writes.run(async () => {
      for await (const row of this.#section.keys(nodeRows(node))) await this.#delete(lastPartOf(row));
    });
  }

  /** What is known here of a node's records, tombstones too, with their work keys. */
  async of(node: NodeId): Promise<(KnownRecord & { workKeys: WorkKey[] })[]> {
    const rows = await this.#section.iterator(nodeRows(node)).all();
    return rows.map(([row, value]) => {
      const [seq, , keys] = dagCbor.decode<NodeRow>(value);
      return { key: lastPartOf(row), seq, workKeys: unpackWorkKeys(keys) };
    });
  }

  /** Whether anything is known of a node's records. */
  async hasAnyOf(node: NodeId): Promise<boolean> {
    return (await this.#section.keys({ ...nodeRows(node), limit: 1 }).all()).length > 0;
  }

  /** The copies that have any of the keys. */
  async with(keys: readonly WorkKey[], now: number): Promise<KnownCopy[]> {
    const records = new Set<string>();
    for (const key of keys) {
      const rows = await this.#section.keys({ ...recordsOfKey(key), limit: MOST_COPIES_A_KEY }).all();
      for (const row of rows) records.add(lastPartOf(row));
    }
    const found: KnownCopy[] = [];
    for (const key of records) {
      const stored = await this.#stored(key);
      if (stored === undefined) continue;
      const [, name, , until, , block] = stored;
      if (until > now) found.push({ key, name, holding: decodeHolding(block) });
    }
    return found;
  }

  async #put({ key, node, name, seq, entry, block, workKeys }: CheckedCopy, until: number): Promise<void> {
    const before = await this.#stored(key);
    if (before !== undefined && before[2] > seq) return;
    const operations = before === undefined ? [] : deletion(key, before);
    const packed = packWorkKeys(workKeys);
    const bytes = entry.length + block.length;
    const stored: StoredCopy = [node, name, seq, until, entry, block, packed];
    const row: NodeRow = [seq, bytes, packed];
    operations.push(
      { type: 'put', key: recordRow(key), value: dagCbor.encode(stored) },
      { type: 'put', key: nodeRow(node, key), value: dagCbor.encode(row) },
      { type: 'put', key: expiryRow(until, key), value: new Uint8Array() },
      ...workKeys.map((workKey): Operation => ({
        type: 'put',
        key: keyRow(workKey, key),
        value: new Uint8Array(),
      })),
    );
    await writeBatch(this.#section, operations, { durable: false });
    this.#count(before, -1);
    this.#count(stored, 1);
  }

  async #letGo(isDue: (until: number) => boolean): Promise<void> {
    for (;;) {
      const rows = await this.#section.keys({ ...expiryRange(), limit: LET_GO_AT_ONCE }).all();
      if (rows.length === 0) return;
      for (const row of rows) {
        if (!isDue(numberOfKey(row.slice(2, 14)))) return;
        await this.#delete(lastPartOf(row));
      }
    }
  }

  async #delete(key: string): Promise<void> {
    const stored = await this.#stored(key);
    if (stored === undefined) return;
    await writeBatch(this.#section, deletion(key, stored), { durable: false });
    this.#count(stored, -1);
  }

  async #stored(key: string): Promise<StoredCopy | undefined> {
    const bytes = await this.#section.get(recordRow(key));
    return bytes === undefined ? undefined : dagCbor.decode<StoredCopy>(bytes);
  }

  #count(stored: StoredCopy | undefined, sign: 1 | -1): void {
    if (stored === undefined) return;
    this.#copies += sign;
    this.#bytes += sign * (stored[4].length + stored[5].length);
  }
}

function deletion(key: string, [node, , , until, , , workKeys]: StoredCopy): Operation[] {
  return [
    recordRow(key),
    nodeRow(node, key),
    expiryRow(until, key),
    ...unpackWorkKeys(workKeys).map((workKey) => keyRow(workKey, key)),
  ].map((row) => ({ type: 'del', key: row }));
}
