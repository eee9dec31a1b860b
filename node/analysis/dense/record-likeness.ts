import type { Section } from '../../store/index.ts';
import { rowKey, rowRange, vectorOf } from './layout.ts';
import { likenessTo } from './likeness.ts';

/** Keys are hashes, so the first rows are of records taken at random. */
const AT_RANDOM = 64;

/** How alike in meaning records are, by the vectors that `DenseVectors` keeps; it needs no model. */
export class RecordLikeness {
  readonly #section: Section;

  constructor({ section }: { section: Section }) {
    this.#section = section;
  }

  /** How alike others are to a record, from 0 to 1; undefined for those that have no vector (yet). One row each is read. */
  async likeness(key: string, others: readonly string[]): Promise<(number | undefined)[]> {
    const [own, ...rows] = await this.#section.getMany([key, ...others].map(rowKey));
    if (own === undefined) return others.map(() => undefined);
    const found = await this.#section.iterator({ ...rowRange, limit: AT_RANDOM }).all();
    const atRandom = found.filter(([at]) => at !== rowKey(key)).map(([, row]) => vectorOf(row));
    const likeness = likenessTo(vectorOf(own), atRandom);
    return rows.map((row) => (row === undefined ? undefined : likeness(vectorOf(row))));
  }
}
