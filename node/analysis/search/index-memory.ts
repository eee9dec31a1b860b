import type { Section } from '../../store/index.ts';
import { DocumentTable } from './documents/document-table.ts';
import { DocumentsByKey } from './documents/documents-by-key.ts';
import { FacetValues } from './documents/facet-values.ts';
import { storedTerms, type StoredTerms } from './documents/stored-document.ts';
import { deathRange, documentKey, documentsFrom, numberAtEnd, STATE_KEY } from './layout.ts';
import { decodeState, emptyState, writtenTo, type IndexState } from './segments/index-state.ts';
import { RecentPostings } from './segments/recent-postings.ts';

/** What one batch of changes did to the documents. */
export interface DocumentChanges {
  born: readonly { number: number; document: StoredTerms }[];
  died: readonly StoredTerms[];
}

const DEATHS_READ_AT_ONCE = 256;

/** What of the index is in memory. It changes only when a batch is on disk, so that queries see what is there. */
export class IndexMemory {
  readonly values: FacetValues;
  readonly documentsByKey: DocumentsByKey;
  #state: IndexState;
  #table: DocumentTable;
  /** The postings that are being written to a segment, where some are. */
  #ripe: RecentPostings | undefined;
  #recent: RecentPostings;

  private constructor(values: FacetValues, state: IndexState, table: DocumentTable) {
    this.values = values;
    this.#state = state;
    this.#table = table;
    this.documentsByKey = DocumentsByKey.of(table);
    this.#recent = new RecentPostings(state.generation);
  }

  /** Reads it from the store: the columns, and the documents whose postings had not come to a segment. */
  static async load(section: Section): Promise<IndexMemory> {
    const bytes = await section.get(STATE_KEY);
    const stored = bytes === undefined ? emptyState : decodeState(bytes);
    const state = {
      ...stored,
      generation: stored.generation + 1,
      garbage: [...stored.garbage, ...stored.unfinished],
      unfinished: [],
    };
    const memory = new IndexMemory(await FacetValues.load(section), state, await DocumentTable.load(section));
    for await (const [key, value] of section.iterator(documentsFrom(writtenTo(state)))) {
      memory.#recent.add(numberAtEnd(key), storedTerms(value));
    }
    const deaths = section.keys(deathRange(state.writtenGeneration + 1, state.generation));
    try {
      for (;;) {
        const keys = await deaths.nextv(DEATHS_READ_AT_ONCE);
        if (keys.length === 0) break;
        const documents = await section.getMany(keys.map((key) => documentKey(numberAtEnd(key))));
        for (const document of documents) {
          if (document !== undefined) memory.#recent.retract(storedTerms(document));
        }
      }
    } finally {
      await deaths.close();
    }
    return memory;
  }

  get state(): IndexState {
    return this.#state;
  }

  get table(): DocumentTable {
    return this.#table;
  }

  get ripe(): RecentPostings | undefined {
    return this.#ripe;
  }

  get recent(): RecentPostings {
    return this.#recent;
  }

  /** Begins a new generation of recent postings; the one until now is ripe to be written. */
  ripen(): RecentPostings {
    this.#ripe = this.#recent;
    this.#recent = new RecentPostings(this.#ripe.generation + 1);
    return this.#ripe;
  }

  /** Takes over what has been written. `isWritten`: the ripe postings are in a segment now. */
  commit(next: {
    state: IndexState;
    table: DocumentTable;
    changes: DocumentChanges;
    isWritten: boolean;
  }): void {
    this.#state = next.state;
    this.#table = next.table;
    if (next.isWritten) this.#ripe = undefined;
    for (const { number, document } of next.changes.born) {
      this.#recent.add(number, document);
      this.documentsByKey.add(number, next.table);
    }
    for (const document of next.changes.died) this.#recent.retract(document);
  }
}
