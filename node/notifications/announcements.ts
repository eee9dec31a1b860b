import * as dagCbor from '@ipld/dag-cbor';
import type { Announcement } from '../../vocab/announcement.ts';
import type { Operation, Section } from '../store/index.ts';
import { announcementKey, announcementRange, changeKey, changeRange, recordOfChangeKey } from './layout.ts';

/** Shown on one record. */
const MOST_SHOWN = 200;

/** What is shown with a record. */
export interface Announced {
  announcements: readonly Announcement[];
  /** When something was last added to it or taken away, milliseconds since 1970. */
  changedAt: number;
}

/** What others announced of the node's own records, and what was accepted to be shown with them. */
export class Announcements {
  readonly #section: Section;
  readonly #listeners = new Set<(record: string) => void>();
  /** Records with which something is or was shown. */
  readonly #announced = new Set<string>();
  #changedAt = 0;

  constructor(section: Section) {
    this.#section = section;
  }

  /** Reads which records there is something about. */
  async open(): Promise<void> {
    for await (const [key, value] of this.#section.iterator(changeRange)) {
      this.#announced.add(recordOfChangeKey(key));
      this.#changedAt = Math.max(this.#changedAt, dagCbor.decode<number>(value));
    }
  }

  /** Takes in what another process has written since, and tells those who listen. */
  async refresh(): Promise<void> {
    const since = this.#changedAt;
    const changed: { record: string; at: number }[] = [];
    for await (const [key, value] of this.#section.iterator(changeRange)) {
      const [record, at] = [recordOfChangeKey(key), dagCbor.decode<number>(value)];
      if (at >= since || !this.#announced.has(record)) changed.push({ record, at });
    }
    for (const { record, at } of changed) this.changed([record], at);
  }

  /** Whether a record's documents may say more than the record itself. */
  has(record: string): boolean {
    return this.#announced.has(record);
  }

  /** Records of which that is so: as none ceases to be one, they are the same ones while they are as many. */
  get count(): number {
    return this.#announced.size;
  }

  /** When something was last added or taken away anywhere, milliseconds since 1970. */
  get changedAt(): number {
    return this.#changedAt;
  }

  /** Of a record, by its key, at most 200; undefined where nothing was ever shown. */
  async of(record: string): Promise<Announced | undefined> {
    const changed = await this.#section.get(changeKey(record));
    if (changed === undefined) return undefined;
    const found = await this.#section.values({ ...announcementRange(record), limit: MOST_SHOWN }).all();
    const announcements = found.map((bytes) => dagCbor.decode<Announcement>(bytes));
    announcements.sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
    return { announcements, changedAt: dagCbor.decode<number>(changed) };
  }

  /** Calls `listener` with the key of each record with which something else is shown now. @returns what ends it */
  onChange(listener: (record: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What shows an announcement with some records. */
  show(records: readonly string[], id: string, announcement: Announcement): Operation[] {
    const value = dagCbor.encode(announcement);
    return records.flatMap((record) => [
      { type: 'put', key: announcementKey(record, id), value },
      changeOf(record, announcement.at),
    ]);
  }

  /** @param at milliseconds since 1970 */
  hide(records: readonly string[], id: string, at: number): Operation[] {
    return records.flatMap((record) => [
      { type: 'del', key: announcementKey(record, id) },
      changeOf(record, at),
    ]);
  }

  /**
   * Tells those who listen, once it is on disk.
   *
   * @param at milliseconds since 1970
   */
  changed(records: readonly string[], at: number): void {
    this.#changedAt = Math.max(this.#changedAt, at);
    for (const record of records) {
      this.#announced.add(record);
      for (const listener of this.#listeners) listener(record);
    }
  }
}

function changeOf(record: string, at: number): Operation {
  return { type: 'put', key: changeKey(record), value: dagCbor.encode(at) };
}
