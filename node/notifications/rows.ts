import { writeBatch, type Operation, type Section } from '../store/index.ts';
import {
  bodyKey,
  dueKey,
  dueRange,
  listKey,
  listRange,
  listRangeBefore,
  notificationKey,
  placeOfListKey,
  timeOfDueKey,
  type ListName,
} from './layout.ts';
import { decodeNotification, encodeNotification, type StoredNotification } from './stored-notification.ts';

/** The notifications in the store, with the lists they stand in. Writes are made as operations, for one batch with others. */
export class Rows {
  readonly #section: Section;
  #lastPlace: number | undefined;

  constructor(section: Section) {
    this.#section = section;
  }

  async get(id: string): Promise<StoredNotification | undefined> {
    const bytes = await this.#section.get(notificationKey(id));
    return bytes === undefined ? undefined : decodeNotification(bytes);
  }

  /** JSON-LD. */
  async body(id: string): Promise<Uint8Array | undefined> {
    return await this.#section.get(bodyKey(id));
  }

  /** Those of a list, the oldest first. */
  async after(list: ListName, after: number, limit: number): Promise<StoredNotification[]> {
    return await this.#read({ ...listRange(list, after), limit });
  }

  /** Those of a list, the newest first. */
  async before(list: ListName, before: number | undefined, limit: number): Promise<StoredNotification[]> {
    return await this.#read({ ...listRangeBefore(list, before), reverse: true, limit });
  }

  /** One after another, whatever is written meanwhile. */
  async *all(list: ListName): AsyncGenerator<StoredNotification> {
    for (let place = 0; ;) {
      const some = await this.after(list, place, 500);
      yield* some;
      const last = some.at(-1);
      if (last === undefined) return;
      place = last.place;
    }
  }

  async count(list: ListName): Promise<number> {
    return (await this.#section.keys(listRange(list)).all()).length;
  }

  /**
   * Those that are to be sent, in the order of their time: so many, and behind which others follow; or when the next one is due.
   * @param after where they begin, as the call before said
   */
  async due(
    now: number,
    limit: number,
    after = dueRange.gt,
  ): Promise<{ rows: StoredNotification[]; next?: number; after?: string }> {
    const entries = await this.#section.iterator({ ...dueRange, gt: after, limit }).all();
    const ids = entries
      .filter(([key]) => timeOfDueKey(key) <= now)
      .map(([, value]) => Buffer.from(value).toString());
    const rows = await this.#getMany(ids);
    const later = entries[ids.length]?.[0];
    if (later !== undefined) return { rows, next: timeOfDueKey(later) };
    const last = ids.length === limit ? entries.at(-1)?.[0] : undefined;
    return { rows, ...(last !== undefined && { after: last }) };
  }

  /** The place for one more. Places that are not used after all are left out. */
  async newPlace(): Promise<number> {
    this.#lastPlace ??= await this.#end();
    this.#lastPlace += 1;
    return this.#lastPlace;
  }

  /** What puts a notification into the store, in place of what was there before. */
  put(row: StoredNotification, before: StoredNotification | undefined, body?: Uint8Array): Operation[] {
    const value = Buffer.from(row.id);
    const old = before === undefined ? new Set<string>() : new Set(listKeys(before));
    const keys = new Set(listKeys(row));
    return [
      { type: 'put', key: notificationKey(row.id), value: encodeNotification(row) },
      ...(body === undefined ? [] : [{ type: 'put' as const, key: bodyKey(row.id), value: body }]),
      ...[...old].filter((key) => !keys.has(key)).map((key) => ({ type: 'del' as const, key })),
      ...[...keys].filter((key) => !old.has(key)).map((key) => ({ type: 'put' as const, key, value })),
    ];
  }

  /** What takes a notification out of the store. */
  remove(row: StoredNotification): Operation[] {
    const keys = [notificationKey(row.id), bodyKey(row.id), ...listKeys(row)];
    return keys.map((key) => ({ type: 'del', key }));
  }

  async write(operations: readonly Operation[]): Promise<void> {
    await writeBatch(this.#section, operations, { durable: true });
  }

  async #read(range: {
    gt: string;
    lt: string;
    limit: number;
    reverse?: boolean;
  }): Promise<StoredNotification[]> {
    const ids = await this.#section.values(range).all();
    return await this.#getMany(ids.map((bytes) => Buffer.from(bytes).toString()));
  }

  async #getMany(ids: readonly string[]): Promise<StoredNotification[]> {
    const rows = await this.#section.getMany(ids.map(notificationKey));
    return rows.flatMap((bytes) => (bytes === undefined ? [] : [decodeNotification(bytes)]));
  }

  async #end(): Promise<number> {
    const [last] = await this.#section.keys({ ...listRange('all'), reverse: true, limit: 1 }).all();
    return last === undefined ? 0 : placeOfListKey(last);
  }
}

/** What the manager turned down is not shown to others. */
function isPublic({ direction, state }: StoredNotification): boolean {
  return direction === 'received' && state !== 'rejected';
}

function listKeys(row: StoredNotification): string[] {
  const next = row.delivery?.next;
  return [
    listKey('all', row.place),
    listKey(row.direction, row.place),
    listKey(row.state, row.place),
    ...(isPublic(row) ? [listKey('public', row.place)] : []),
    ...(next === undefined ? [] : [dueKey(next, row.place)]),
  ];
}
