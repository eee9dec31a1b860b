import type { Operation, Section } from '../../store/index.ts';
import { decodeRow, encodeRow, rowKey, type Row } from './layout.ts';

/** What is kept of the records, as of one batch of changes: read from the section once, changed in memory. */
export class Rows {
  readonly #section: Section;
  readonly #stored = new Map<string, Row | undefined>();
  readonly #now = new Map<string, Row | undefined>();

  constructor(section: Section) {
    this.#section = section;
  }

  async load(records: Iterable<string>): Promise<void> {
    const missing = [...new Set(records)].filter((record) => !this.#now.has(record));
    if (missing.length === 0) return;
    const values = await this.#section.getMany(missing.map(rowKey));
    for (const [i, record] of missing.entries()) {
      const bytes = values[i];
      const row = bytes === undefined ? undefined : decodeRow(bytes);
      this.#stored.set(record, row);
      this.#now.set(record, row);
    }
  }

  /** As it lies on disk. */
  stored(record: string): Row | undefined {
    return this.#stored.get(record);
  }

  get(record: string): Row | undefined {
    return this.#now.get(record);
  }

  set(record: string, row: Row | undefined): void {
    this.#now.set(record, row);
  }

  /** Every loaded record whose row is another than on disk. */
  *changed(): Iterable<{ record: string; before: Row | undefined; after: Row | undefined }> {
    for (const [record, after] of this.#now) {
      const before = this.#stored.get(record);
      if (before !== after) yield { record, before, after };
    }
  }

  operations(): Operation[] {
    return [...this.changed()].map(({ record, after }) =>
      after === undefined
        ? { type: 'del', key: rowKey(record) }
        : { type: 'put', key: rowKey(record), value: encodeRow(after) },
    );
  }
}
