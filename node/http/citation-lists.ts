import type { Reference } from '../../vocab/record.ts';
import type { HeldItems } from './held-items.ts';
import type { HeldItem } from './pages/record-line.ts';
import type { HttpParts } from './parts.ts';

/** A work that is held: the record to show it by, this institution's own where there is one, and the others. */
export interface HeldWork {
  /** Undefined where it is not known yet which work the record is of. */
  id: string | undefined;
  best: HeldItem;
  copies: readonly HeldItem[];
}

/** A work that a record cites. */
export interface CitedEntry {
  /** Undefined where only the cited record says that it is cited. */
  reference: Reference | undefined;
  /** Where it is held; hardly ever more than one. */
  works: readonly HeldWork[];
}

export interface ListPart {
  limit: number;
  after?: string;
}

/** Of a work with more copies those citations are left out that only the others have. */
const MOST_COPIES = 20;

/** Who cites whom, by works: a citation of any copy is one of the work, and a work is listed once on a page. */
export class CitationLists {
  readonly #citations: HttpParts['citations'];
  readonly #duplicates: Pick<HttpParts['duplicates'], 'workOf' | 'copiesOf'>;
  readonly #items: HeldItems;

  constructor({
    citations,
    duplicates,
    items,
  }: Pick<HttpParts, 'citations' | 'duplicates'> & { items: HeldItems }) {
    this.#citations = citations;
    this.#duplicates = duplicates;
    this.#items = items;
  }

  /** What a record cites, in the order of its list of references. */
  async cites(key: string, part: ListPart): Promise<{ entries: CitedEntry[]; next?: string }> {
    const { works, next } = await this.#citations.cites(key, part);
    const entries = await Promise.all(
      works.map(async ({ reference, works }) => ({ reference, works: await this.#held(works) })),
    );
    return { entries, ...(next !== undefined && { next }) };
  }

  /** The works that cite a record or a copy of it. */
  async citedBy(key: string, part: ListPart): Promise<{ works: HeldWork[]; next?: string }> {
    const { records, next } = await this.#citations.citedBy([key, ...(await this.#copiesOf(key))], part);
    return { works: await this.#held(records), ...(next !== undefined && { next }) };
  }

  async counts(key: string): ReturnType<HttpParts['citations']['counts']> {
    return await this.#citations.counts(key, await this.#copiesOf(key));
  }

  /** The works that records are of, in the order of the records, each once and with all its copies. */
  async #held(records: readonly string[]): Promise<HeldWork[]> {
    const found: HeldWork[] = [];
    const seen = new Set<string>();
    for (const record of records) {
      const id = await this.#duplicates.workOf(record);
      if (seen.has(id ?? record)) continue;
      seen.add(id ?? record);
      const held = await this.#items.recordsOf([record, ...(await this.#copiesOf(record))]);
      const [best, ...copies] = held.toSorted(
        (a, b) => Number(b.institution.isSelf) - Number(a.institution.isSelf),
      );
      if (best !== undefined) found.push({ id, best, copies });
    }
    return found;
  }

  async #copiesOf(record: string): Promise<string[]> {
    return (await this.#duplicates.copiesOf(record)).slice(0, MOST_COPIES);
  }
}
