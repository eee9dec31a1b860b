import * as dagCbor from '@ipld/dag-cbor';
import {
  packWorkKeys,
  unpackWorkKeys,
  workKeys,
  type WorkKey,
} from '../../../protocols/holdings-filter/index.ts';
import { isTombstone, type NodeId } from '../../../vocab/record.ts';
import type { Change, Reader } from '../../catalogue/index.ts';
import { numberKey, type Operation, type Section } from '../../store/index.ts';
import {
  changedRow,
  COUNTS_ROW,
  keyRange,
  keyRow,
  partsOfKeyRow,
  recordRow,
  recordsOfKey,
} from './layout.ts';

const NOTHING = new Uint8Array();
type Snapshot = ReturnType<Section['snapshot']>;

interface Counts {
  /** Pairs of a key and a record. */
  keys: number;
  /** Of the log: the last one that was read. */
  position: number;
}

/** The node's own records by their work keys: what its holdings filter is made of, and its answers to lookups. */
export class WorkKeyIndex implements Reader {
  readonly name = 'work-keys';
  readonly version = 1;
  readonly #node: NodeId;
  #section: Section | undefined;
  #counts: Counts = { keys: 0, position: 0 };
  #countsToCome: Counts = this.#counts;

  constructor(options: { node: NodeId }) {
    this.#node = options.node;
  }

  async open(section: Section): Promise<void> {
    this.#section = section;
    const bytes = await section.get(COUNTS_ROW);
    const [keys, position] = bytes === undefined ? [0, 0] : dagCbor.decode<[number, number]>(bytes);
    this.#counts = { keys, position };
    this.#countsToCome = this.#counts;
  }

  async apply(changes: readonly Change[], section: Section): Promise<Operation[]> {
    const records = new Map(changes.map(({ key, holding }) => [key, holding]));
    const rows = await section.getMany([...records.keys()].map(recordRow));
    const position = changes.at(-1)?.position ?? this.#counts.position;
    const mark = Buffer.from(numberKey(position));
    const operations: Operation[] = [];
    let { keys } = this.#counts;
    for (const [i, [record, holding]] of [...records].entries()) {
      const row = rows[i];
      const isOwn = holding !== undefined && !isTombstone(holding) && holding.node === this.#node;
      const before = new Set(row === undefined ? [] : unpackWorkKeys(row));
      const after = new Set(isOwn ? workKeys(holding) : []);
      for (const key of missing(before, after)) {
        operations.push(
          { type: 'del', key: keyRow(key, record) },
          { type: 'put', key: changedRow(key), value: mark },
        );
        keys -= 1;
      }
      for (const key of missing(after, before)) {
        operations.push(
          { type: 'put', key: keyRow(key, record), value: NOTHING },
          { type: 'put', key: changedRow(key), value: mark },
        );
        keys += 1;
      }
      if (after.size > 0)
        operations.push({ type: 'put', key: recordRow(record), value: packWorkKeys([...after]) });
      else if (before.size > 0) operations.push({ type: 'del', key: recordRow(record) });
    }
    this.#countsToCome = { keys, position };
    operations.push({ type: 'put', key: COUNTS_ROW, value: dagCbor.encode([keys, position]) });
    return operations;
  }

  applied(): void {
    this.#counts = this.#countsToCome;
  }

  /** Where the filter is kept, too: what throws away the keys throws it away with them. */
  get section(): Section {
    if (this.#section === undefined) throw new TypeError('the reader has not been started');
    return this.#section;
  }

  /** How many keys there are, those of several records counted with each, and up to which place of the log. */
  get counts(): Readonly<Counts> {
    return this.#counts;
  }

  /** The different keys in a range, in order. */
  async keysIn(range: { gte: string; lt: string }, snapshot?: Snapshot): Promise<WorkKey[]> {
    const rows = await this.section
      .keys({ ...keyRange(range), ...(snapshot !== undefined && { snapshot }) })
      .all();
    return rows.map((row) => partsOfKeyRow(row).key).filter((key, i, keys) => key !== keys[i - 1]);
  }

  /** The records that have a key, so many at the most. */
  async recordsWith(key: WorkKey, limit: number): Promise<string[]> {
    const rows = await this.section.keys({ ...recordsOfKey(key), limit }).all();
    return rows.map((row) => partsOfKeyRow(row).record);
  }
}

function missing(keys: ReadonlySet<WorkKey>, others: ReadonlySet<WorkKey>): WorkKey[] {
  return [...keys].filter((key) => !others.has(key));
}
