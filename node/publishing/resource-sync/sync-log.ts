import type { Change, Reader } from '../../catalogue/index.ts';
import type { Operation, Section } from '../../store/index.ts';
import type { NodeId, Record as NgrRecord } from '../../../vocab/record.ts';
import { BlockChanges, lastBlock } from './blocks.ts';
import {
  contentKey,
  DAY_MS,
  dayOf,
  decodePlace,
  decodeRow,
  encodePlace,
  encodeRow,
  placeOfRowKey,
  recordPlaceKey,
  rowKey,
  rowRange,
  type Block,
  type Row,
} from './layout.ts';
import { amountOf, rowOf } from './row.ts';

/** Days whose lists of changes are kept as they were; of the time before, the latest change of each record. */
const KEPT_DAYS = 90;
const BLOCK_SIZE = 1_000;
/** Outdated rows that a batch takes away. */
const MOST_DROPPED = 1_000;

export interface SyncLogOptions {
  /** Whose records are published. */
  catalogue: { node: NodeId };
  /** What the record's address answers as JSON-LD, byte for byte. A new form of it needs a new version of this reader. */
  render: (record: NgrRecord) => string;
  keptDays?: number;
  blockSize?: number;
}

/**
 * Reads the log for ResourceSync: renders each of the node's own records once when it changes, and keeps its bytes,
 * deflated, with their length and digest beside the change. So lists and dumps agree with one another whatever changes
 * meanwhile, and are read straight from the disk.
 */
export class ResourceSyncLog implements Reader {
  readonly name = 'resource-sync';
  readonly version = 1;
  readonly #node: NodeId;
  readonly #render: SyncLogOptions['render'];
  readonly #keptDays: number;
  readonly #blockSize: number;
  readonly #listeners = new Set<() => void>();
  #section: Section | undefined;
  #last: Block | undefined;
  #next: Block | undefined;
  /** The first day that a batch under way writes to. */
  #writingTo: number | undefined;
  /** The last day that was told to be over. */
  #closedDay = -1;

  constructor({ catalogue, render, keptDays = KEPT_DAYS, blockSize = BLOCK_SIZE }: SyncLogOptions) {
    this.#node = catalogue.node;
    this.#render = render;
    this.#keptDays = keptDays;
    this.#blockSize = blockSize;
  }

  async open(section: Section): Promise<void> {
    this.#section = section;
    this.#last = await lastBlock(section);
    this.#next = undefined;
    this.#writingTo = undefined;
  }

  async apply(changes: readonly Change[], section: Section): Promise<Operation[]> {
    const own = changes.flatMap(({ key, position, holding, time = 0 }) =>
      holding?.node === this.#node ? [{ key, position, holding, time }] : [],
    );
    const blocks = new BlockChanges(section, this.#last, this.#blockSize);
    this.#next = this.#last;
    if (own.length === 0) return [];
    const known = await this.#known(own, section);
    // Nothing is awaited between the choice of the day and the mark.
    this.#writingTo = Math.max(dayOf(own[0]?.time ?? 0), this.#last?.day ?? 0, this.#closedDay + 1);
    const earliest = this.#writingTo * DAY_MS;
    const operations: Operation[] = [];
    let latest = Math.max(earliest, this.#last?.touched ?? 0);
    for (const [i, { key, position, holding, time }] of own.entries()) {
      const before = known[i];
      if (before !== undefined && before.place >= position) continue;
      latest = Math.max(latest, time);
      const { row, packed } = rowOf(holding, before?.row, latest, this.#render);
      if (before !== undefined) {
        const { place, row: replaced } = before;
        await blocks.replace(place, { time: replaced.time, amount: amountOf(replaced) }, latest);
        operations.push(
          { type: 'del', key: rowKey('r', place) },
          { type: 'put', key: rowKey('o', place), value: encodeRow(replaced) },
          { type: 'del', key: contentKey(place) },
        );
      }
      blocks.append(position, latest, amountOf(row));
      operations.push(
        { type: 'put', key: rowKey('r', position), value: encodeRow(row) },
        { type: 'put', key: recordPlaceKey(key), value: encodePlace(position) },
      );
      if (packed !== undefined) operations.push({ type: 'put', key: contentKey(position), value: packed });
    }
    this.#next = blocks.last;
    return [...operations, ...blocks.operations(), ...(await this.#outdated(section))];
  }

  applied(): void {
    const isNew = this.#next !== this.#last;
    this.#last = this.#next;
    this.#writingTo = undefined;
    if (isNew) for (const listener of this.#listeners) listener();
  }

  /** Calls the listener when changes were added. @returns what ends that */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get section(): Section {
    if (this.#section === undefined) throw new TypeError('the log of ResourceSync is not open');
    return this.#section;
  }

  /** Time of the last change; 0 where there is none. */
  get lastTime(): number {
    return this.#last?.touched ?? 0;
  }

  /** Place of the last change; 0 where there is none. */
  get lastPlace(): number {
    return this.#last?.upTo ?? 0;
  }

  /** The first day of which all changes are kept, and not only those that stand. */
  get firstKeptDay(): number {
    return firstKept(this.#last, this.#keptDays);
  }

  /**
   * The day to which changes are still added; all before it are over, and from now on nothing is added to them.
   * @param now milliseconds since 1970
   */
  openDay(now: number): number {
    const day = Math.max(this.#last?.day ?? 0, Math.min(dayOf(now), this.#writingTo ?? Infinity));
    this.#closedDay = Math.max(this.#closedDay, day - 1);
    return day;
  }

  async #known(
    own: readonly { key: string }[],
    section: Section,
  ): Promise<({ place: number; row: Row } | undefined)[]> {
    const places = (await section.getMany(own.map(({ key }) => recordPlaceKey(key)))).map((bytes) =>
      bytes === undefined ? undefined : decodePlace(bytes),
    );
    const placed = places.filter((place) => place !== undefined);
    const rows = await section.getMany(placed.map((place) => rowKey('r', place)));
    const byPlace = new Map(placed.map((place, i) => [place, rows[i]]));
    return places.map((place) => {
      const bytes = place === undefined ? undefined : byPlace.get(place);
      return place === undefined || bytes === undefined ? undefined : { place, row: decodeRow(bytes) };
    });
  }

  /** Takes away what was replaced on days that are no longer kept, the oldest first. */
  async #outdated(section: Section): Promise<Operation[]> {
    const block = await lastBlock(section, firstKept(this.#next, this.#keptDays) - 1);
    if (block === undefined) return [];
    const range = rowRange('o', { after: 0, upTo: block.upTo });
    const keys = await section.keys({ ...range, limit: MOST_DROPPED }).all();
    return keys.map((key) => ({ type: 'del', key: rowKey('o', placeOfRowKey(key)) }));
  }
}

function firstKept(last: Block | undefined, keptDays: number): number {
  return Math.max(0, (last?.day ?? 0) - keptDays + 1);
}
