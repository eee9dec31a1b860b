import type { Clock } from '../../clock.ts';
import type { Section } from '../../store/index.ts';
import {
  blockRange,
  contentKey,
  DAY_MS,
  dayOf,
  decodeBlock,
  decodePlace,
  decodeRow,
  placeOfRowKey,
  recordPlaceKey,
  rowKey,
  rowRange,
  type Block,
  type PlacedRow,
} from './layout.ts';
import {
  blocksOfSpan,
  cutDay,
  cutPast,
  cutResources,
  emptyDay,
  readPartName,
  spanned,
  type Bound,
  type ChangePart,
  type Part,
} from './parts.ts';
import type { ResourceSyncLog } from './sync-log.ts';

export type Snapshot = ReturnType<Section['snapshot']>;

const ROWS_AT_ONCE = 200;

/** What of a part is wanted: what stands; or also what was replaced since, where it is kept. */
export interface RowsOptions {
  replacedToo: boolean;
  snapshot: Snapshot;
}

/** What ResourceSync tells of the node's own records, in parts that are small enough for a document or a package. */
export class PublishedResources {
  readonly #log: ResourceSyncLog;
  readonly #clock: Clock;

  constructor(options: { log: ResourceSyncLog; clock: Clock }) {
    this.#log = options.log;
    this.#clock = options.clock;
  }

  /** Time of the last change that lists tell of; where there is none, the beginning of the day. */
  get lastTime(): number {
    return this.#log.lastTime || dayOf(this.#clock.now()) * DAY_MS;
  }

  /** Place of the last change. */
  get lastPlace(): number {
    return this.#log.lastPlace;
  }

  /** Calls the listener when changes were added. @returns what ends that */
  onChange(listener: () => void): () => void {
    return this.#log.onChange(listener);
  }

  /** The place behind which the newest changes stand, at the most so many, replaced ones included. */
  async placeBehind(most: number): Promise<number> {
    const { section } = this.#log;
    const newest = await Promise.all(
      (['r', 'o'] as const).map((prefix) =>
        section.keys({ ...rowRange(prefix, { after: 0 }), reverse: true, limit: most + 1 }).all(),
      ),
    );
    const places = newest.flat().map(placeOfRowKey);
    return places.toSorted((a, b) => b - a)[most] ?? 0;
  }

  snapshot(): Snapshot {
    return this.#log.section.snapshot();
  }

  /** The records that stand, in parts. */
  async resources(isTooMuch: Bound): Promise<Part[]> {
    return cutResources(await this.#blocks(), isTooMuch);
  }

  /** One of them by its name, also where the cuts would be others by now. */
  async resourcePart(name: string, isTooMuch: Bound): Promise<Part | undefined> {
    const wanted = readPartName(name);
    if (wanted === undefined || 'day' in wanted) return undefined;
    const blocks = blocksOfSpan(await this.#blocks(), wanted);
    if (blocks === undefined) return undefined;
    // What was added at the end since may be too much by now: it stands in the next part then.
    const [first = [], ...others] = cutResources(blocks, isTooMuch).map((part) => part.blocks);
    if (others.length === 0) return { ...spanned(blocks, wanted.upTo === undefined) };
    return wanted.upTo === undefined ? spanned(first, false) : undefined;
  }

  /** All changes in the order of time, in parts: of the time gone by, of each day that is kept, and of today. */
  async changes(isTooMuch: Bound): Promise<ChangePart[]> {
    const openDay = this.#log.openDay(this.#clock.now());
    const { firstKeptDay } = this.#log;
    const past: Block[] = [];
    const days = new Map<number, Block[]>();
    const blocks = await this.#blocks();
    for (const block of blocks) {
      if (block.day < firstKeptDay) past.push(block);
      else days.set(block.day, [...(days.get(block.day) ?? []), block]);
    }
    const parts = cutPast(past, isTooMuch, firstKeptDay);
    for (const [day, ofDay] of days) parts.push(...cutDay(ofDay, isTooMuch, day === openDay));
    if (!days.has(openDay)) parts.push(emptyDay(openDay, blocks.at(-1)?.upTo ?? 0));
    return parts;
  }

  /** One of them by its name; of a day only what belongs to the day is read. */
  async changePart(name: string, isTooMuch: Bound): Promise<ChangePart | undefined> {
    const wanted = readPartName(name);
    if (wanted === undefined) return undefined;
    const openDay = this.#log.openDay(this.#clock.now());
    const { firstKeptDay } = this.#log;
    if ('day' in wanted) {
      const { day, n } = wanted;
      if (day < firstKeptDay || day > openDay) return undefined;
      const blocks = await this.#blocks(day, day);
      if (blocks.length === 0 && day === openDay && n === 1) {
        // Places that no row has yet.
        return emptyDay(day, (await this.#lastPlace()) ?? 0);
      }
      return cutDay(blocks, isTooMuch, day === openDay)[n - 1];
    }
    const blocks = blocksOfSpan(await this.#blocks(0, firstKeptDay - 1), wanted);
    const [part, ...others] = blocks === undefined ? [] : cutPast(blocks, isTooMuch, firstKeptDay);
    return others.length === 0 && part !== undefined ? { ...part, name } : undefined;
  }

  /** The rows of a part in their order, some at a time. */
  async *rows(
    { after, upTo }: Pick<Part, 'after' | 'upTo'>,
    { replacedToo, snapshot }: RowsOptions,
  ): AsyncGenerator<PlacedRow[]> {
    const current = this.#run('r', { after, upTo }, snapshot);
    if (!replacedToo) {
      yield* current;
      return;
    }
    yield* merged(current, this.#run('o', { after, upTo }, snapshot));
  }

  /** The latest rows of records, in the order of the keys; undefined for those that the node does not have. */
  async rowsOf(keys: readonly string[], snapshot: Snapshot): Promise<(PlacedRow | undefined)[]> {
    const { section } = this.#log;
    const places = (await section.getMany(keys.map(recordPlaceKey), { snapshot })).map((bytes) =>
      bytes === undefined ? undefined : decodePlace(bytes),
    );
    const rows = await section.getMany(
      places.map((place) => rowKey('r', place ?? 0)),
      { snapshot },
    );
    return rows.map((bytes, i) => {
      const place = places[i];
      return bytes === undefined || place === undefined ? undefined : { ...decodeRow(bytes), place };
    });
  }

  /** The deflated JSON-LD of the records at these places. */
  async contents(places: readonly number[], snapshot: Snapshot): Promise<(Uint8Array | undefined)[]> {
    return await this.#log.section.getMany(places.map(contentKey), { snapshot });
  }

  async *#run(
    prefix: 'r' | 'o',
    span: { after: number; upTo?: number | undefined },
    snapshot: Snapshot,
  ): AsyncGenerator<PlacedRow[]> {
    const iterator = this.#log.section.iterator({ ...rowRange(prefix, span), snapshot });
    try {
      for (;;) {
        const found = await iterator.nextv(ROWS_AT_ONCE);
        if (found.length === 0) return;
        yield found.map(([key, value]) => ({ ...decodeRow(value), place: placeOfRowKey(key) }));
      }
    } finally {
      await iterator.close();
    }
  }

  async #blocks(first?: number, last?: number): Promise<Block[]> {
    const blocks: Block[] = [];
    for await (const bytes of this.#log.section.values(blockRange(first, last)))
      blocks.push(decodeBlock(bytes));
    return blocks;
  }

  async #lastPlace(): Promise<number | undefined> {
    for await (const bytes of this.#log.section.values({ ...blockRange(), reverse: true, limit: 1 })) {
      return decodeBlock(bytes).upTo;
    }
    return undefined;
  }
}

/** Two runs of rows as one, in the order of their places. */
async function* merged(
  one: AsyncGenerator<PlacedRow[]>,
  other: AsyncGenerator<PlacedRow[]>,
): AsyncGenerator<PlacedRow[]> {
  try {
    let [left, right] = await Promise.all([next(one), next(other)]);
    while (left.length > 0 && right.length > 0) {
      // What is not behind the end of either run is complete.
      const end = Math.min(left.at(-1)?.place ?? 0, right.at(-1)?.place ?? 0);
      const isReady = ({ place }: PlacedRow): boolean => place <= end;
      yield [...left.filter(isReady), ...right.filter(isReady)].toSorted((a, b) => a.place - b.place);
      left = left.filter((row) => !isReady(row));
      right = right.filter((row) => !isReady(row));
      if (left.length === 0) left = await next(one);
      if (right.length === 0) right = await next(other);
    }
    const rest = left.length > 0 ? one : other;
    for (let rows = left.length > 0 ? left : right; rows.length > 0; rows = await next(rest)) yield rows;
  } finally {
    await Promise.all([one.return(undefined), other.return(undefined)]);
  }
}

async function next(run: AsyncGenerator<PlacedRow[]>): Promise<PlacedRow[]> {
  const { value, done } = await run.next();
  return done === true ? [] : value;
}
