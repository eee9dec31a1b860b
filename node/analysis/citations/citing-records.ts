import type { Section } from '../../store/index.ts';
import type { Snapshot } from './candidates.ts';
import { recordOfCitingKey, type Range } from './layout.ts';

/** The rows of one record in the ranges that are walked. */
export interface CitingRows {
  record: string;
  /** Keys of the rows, the first of them where there are many. */
  rows: string[];
}

/** Keys that are read at once of each range: few at first, since most works are cited by few. */
const FIRST = 16;
const MOST = 256;
/** Rows of one record: it cites a work once or twice, and a list of references that says it more often tells nothing more. */
export const MOST_ROWS = 50;

/**
 * Walks several ranges of rows side by side, in the order of the records in them: each record once, with its rows.
 * Of each range a few hundred keys are in memory at a time.
 */
export async function* citingRecords(
  section: Section,
  snapshot: Snapshot,
  ranges: readonly Range[],
): AsyncGenerator<CitingRows> {
  const cursors = ranges.map((range) => new Cursor(section, snapshot, range));
  try {
    for (;;) {
      for (const cursor of cursors) if (cursor.isEmpty) await cursor.fill();
      const heads = cursors.flatMap(({ head }) => (head === undefined ? [] : [recordOfCitingKey(head)]));
      if (heads.length === 0) return;
      const record = heads.reduce((least, one) => (one < least ? one : least));
      const rows: string[] = [];
      for (const cursor of cursors) {
        while (cursor.head !== undefined && recordOfCitingKey(cursor.head) === record) {
          if (rows.length < MOST_ROWS) rows.push(cursor.head);
          cursor.skip();
          if (cursor.isEmpty) await cursor.fill();
        }
      }
      yield { record, rows };
    }
  } finally {
    await Promise.all(cursors.map((cursor) => cursor.close()));
  }
}

/** A way through one range. */
class Cursor {
  readonly #keys: { nextv(size: number): Promise<string[]>; close(): Promise<void> };
  #read: string[] = [];
  #at = 0;
  #size = FIRST;
  #ended = false;

  constructor(section: Section, snapshot: Snapshot, range: Range) {
    this.#keys = section.keys({ ...range, snapshot });
  }

  get head(): string | undefined {
    return this.#read[this.#at];
  }

  /** Whether there may be more that has not been read. */
  get isEmpty(): boolean {
    return !this.#ended && this.#at === this.#read.length;
  }

  skip(): void {
    this.#at += 1;
  }

  async fill(): Promise<void> {
    this.#read = await this.#keys.nextv(this.#size);
    this.#at = 0;
    this.#ended = this.#read.length === 0;
    this.#size = Math.min(this.#size * 2, MOST);
  }

  async close(): Promise<void> {
    await this.#keys.close();
  }
}

/** The same in groups, small ones first, whose rows can be read together. */
export async function* inGroups<T>(items: AsyncIterable<T>): AsyncGenerator<T[]> {
  let group: T[] = [];
  let size = FIRST;
  for await (const item of items) {
    group.push(item);
    if (group.length < size) continue;
    yield group;
    group = [];
    size = Math.min(size * 2, MOST);
  }
  if (group.length > 0) yield group;
}
