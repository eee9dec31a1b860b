import type { Operation, Section } from '../../store/index.ts';
import { blockKey, decodeBlock, encodeBlock, overflowKey, overflowRange, type BlockValue } from './layout.ts';

const RECORD_KEY_LENGTH = 20;
const NOTHING = new Uint8Array();

/**
 * Which records have which match key, as of one batch of changes: read from the section once, changed in memory.
 *
 * A block of more than `limit` records is no evidence ("Annual report", a DOI that a form fills in): it counts as empty
 * as long as it is too large. Its records are then kept one by one, so that each further one costs the same, and
 * are put together again when enough have left.
 */
export class Blocks {
  readonly #section: Section;
  readonly #limit: number;
  readonly #stored = new Map<string, BlockValue>();
  readonly #changed = new Map<string, { joined: Set<string>; left: Set<string> }>();
  readonly #members = new Map<string, readonly string[]>();
  readonly #operations: Operation[] = [];

  constructor(section: Section, limit: number) {
    this.#section = section;
    this.#limit = limit;
  }

  async load(blocks: Iterable<string>): Promise<void> {
    const missing = [...new Set(blocks)].filter((block) => !this.#stored.has(block));
    if (missing.length === 0) return;
    const values = await this.#section.getMany(missing.map(blockKey));
    for (const [i, block] of missing.entries()) {
      const bytes = values[i];
      const value = bytes === undefined ? [] : decodeBlock(bytes);
      this.#stored.set(block, value);
      this.#members.set(block, typeof value === 'number' ? [] : value);
    }
  }

  /** The records in a loaded block; none where they are too many. */
  members(block: string): readonly string[] {
    return this.#members.get(block) ?? [];
  }

  join(block: string, record: string): void {
    this.#changesOf(block).joined.add(record);
  }

  leave(block: string, record: string): void {
    this.#changesOf(block).left.add(record);
  }

  /** Brings the members of every changed block up to date; the blocks have been loaded. */
  async settle(): Promise<void> {
    for (const [block, { joined, left }] of this.#changed) {
      const stored = this.#stored.get(block) ?? [];
      if (typeof stored === 'number') await this.#settleLarge(block, stored, joined, left);
      else this.#settleSmall(block, stored, joined, left);
    }
    this.#changed.clear();
  }

  /** What is to be written after `settle`. */
  operations(): Operation[] {
    return this.#operations;
  }

  #settleSmall(block: string, stored: readonly string[], joined: Set<string>, left: Set<string>): void {
    const members = [...stored.filter((record) => !left.has(record)), ...joined].sort();
    if (members.length > this.#limit) {
      for (const record of members) this.#put(overflowKey(block, record), NOTHING);
      this.#set(block, members.length, []);
    } else {
      this.#set(block, members, members);
    }
  }

  async #settleLarge(block: string, stored: number, joined: Set<string>, left: Set<string>): Promise<void> {
    const count = stored + joined.size - left.size;
    if (count > this.#limit) {
      for (const record of left) this.#delete(overflowKey(block, record));
      for (const record of joined) this.#put(overflowKey(block, record), NOTHING);
      this.#set(block, count, []);
      return;
    }
    const before = await this.#readLarge(block);
    for (const record of before) this.#delete(overflowKey(block, record));
    const members = [...before.filter((record) => !left.has(record)), ...joined].sort();
    this.#set(block, members, members);
  }

  async #readLarge(block: string): Promise<string[]> {
    const range = overflowRange(block);
    const keys = await this.#section.keys(range).all();
    // A longer block name with the separator in it falls into the range too; its rest is longer than a key.
    return keys.map((key) => key.slice(range.gt.length)).filter((rest) => rest.length === RECORD_KEY_LENGTH);
  }

  #set(block: string, value: BlockValue, members: readonly string[]): void {
    this.#stored.set(block, value);
    this.#members.set(block, members);
    if (typeof value !== 'number' && value.length === 0) this.#delete(blockKey(block));
    else this.#put(blockKey(block), encodeBlock(value));
  }

  #changesOf(block: string): { joined: Set<string>; left: Set<string> } {
    const known = this.#changed.get(block);
    if (known !== undefined) return known;
    const changes = { joined: new Set<string>(), left: new Set<string>() };
    this.#changed.set(block, changes);
    return changes;
  }

  #put(key: string, value: Uint8Array): void {
    this.#operations.push({ type: 'put', key, value });
  }

  #delete(key: string): void {
    this.#operations.push({ type: 'del', key });
  }
}
