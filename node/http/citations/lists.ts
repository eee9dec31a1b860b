import type { Reference } from '../../../vocab/record.ts';
import type { ReadParts } from '../read-parts.ts';
import type { HeldItem, HeldItems } from '../records/held-items.ts';

/** A work that is held: the record to show it by, this institution's own where there is one, and the others. */
export interface ListedWork {
  /** Undefined where it is not known yet which work the record is of. */
  id: string | undefined;
  best: HeldItem;
  copies: readonly HeldItem[];
}

/** A work that is cited. */
export interface CitedEntry {
  /** Undefined where only the cited record says that it is cited. */
  reference: Reference | undefined;
  /** Where it is held; hardly ever more than one. */
  works: readonly ListedWork[];
}

/** What the lists are about, by keys of records: one record, or a work with all its copies. */
export interface Subject {
  /** Whose references are listed. */
  own: readonly string[];
  /** Whoever cites one of these cites it. */
  copies: readonly string[];
}

export interface ListPart {
  limit: number;
  after?: string;
}

export interface CitationSums {
  /** Entries of the lists of references, and relations of the metadata. */
  references: number;
  /** Those of them whose works are held. */
  cites: number;
  /** Works that cite it. */
  citedBy: number;
  /** Whether there may be more of those. */
  isMore: boolean;
}

/** Of a work with more copies those citations are left out that only the others have. */
const MOST_COPIES = 20;
/** Citing records that are looked at to count their works. */
const MOST_COUNTED = 1_000;

/** Who cites whom, by works: a citation of any copy is one of the work, and a work is listed once on a page. */
export class CitationLists {
  readonly #citations: ReadParts['citations'];
  readonly #duplicates: Pick<ReadParts['duplicates'], 'workOf' | 'copiesOf'>;
  readonly #items: HeldItems;

  constructor({
    citations,
    duplicates,
    items,
  }: Pick<ReadParts, 'citations' | 'duplicates'> & { items: HeldItems }) {
    this.#citations = citations;
    this.#duplicates = duplicates;
    this.#items = items;
  }

  /** One record: what its own list of references says, and who cites the work. */
  async ofRecord(key: string): Promise<Subject> {
    return { own: [key], copies: [key, ...(await this.#copiesOf(key))] };
  }

  /** A work, by its records: what the references of any of them say, and who cites any of them. */
  ofWork(members: readonly string[]): Subject {
    const copies = members.slice(0, MOST_COPIES + 1);
    return { own: copies, copies };
  }

  /** What is cited, in the order of the lists of references. */
  async cites({ own }: Subject, part: ListPart): Promise<{ entries: CitedEntry[]; next?: string }> {
    const { works, next } = await this.#citations.cites(own, part);
    const entries = await Promise.all(
      works.map(async ({ reference, works }) => ({ reference, works: await this.#held(works) })),
    );
    return { entries, ...(next !== undefined && { next }) };
  }

  /** The works that cite it. */
  async citedBy({ copies }: Subject, part: ListPart): Promise<{ works: ListedWork[]; next?: string }> {
    const { records, next } = await this.#citations.citedBy(copies, part);
    return { works: await this.#held(records), ...(next !== undefined && { next }) };
  }

  async counts({ own, copies }: Subject): Promise<CitationSums> {
    const [cited, { records, next }] = await Promise.all([
      this.#citations.counts(own),
      this.#citations.citedBy(copies, { limit: MOST_COUNTED }),
    ]);
    const works = await Promise.all(records.map((record) => this.#duplicates.workOf(record)));
    const citing = new Set(works.map((work, i) => work ?? records[i]));
    return { ...cited, citedBy: citing.size, isMore: next !== undefined };
  }

  /** The works that records are of, in the order of the records, each once and with all its copies. */
  async #held(records: readonly string[]): Promise<ListedWork[]> {
    const found: ListedWork[] = [];
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
