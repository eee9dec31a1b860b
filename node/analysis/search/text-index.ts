import type { Logger } from 'pino';
import type { Change, Reader } from '../../catalogue/index.ts';
import { writeBatch, type Operation, type Section } from '../../store/index.ts';
import type { ScoredDocument } from './best-hits.ts';
import { batchDocuments, hasFullText, type FullTextWords } from './document-batch.ts';
import type { DocumentTable } from './document-table.ts';
import { IndexMemory } from './index-memory.ts';
import { stateOperation } from './index-state.ts';
import { documentKey, postingKey, segmentRange, termListRange, termListsOf } from './layout.ts';
import { Maintenance } from './maintenance.ts';
import type { PostingBlock } from './postings.ts';
import { searchIndex, type SearchReading } from './search.ts';
import type { SearchQuery, SearchResult } from './search-query.ts';
import { similarItems, type SimilarItem } from './similar-items.ts';
import type { TermsOfLetter } from './spelling.ts';
import { keyOfDocument } from './stored-document.ts';

/** Some 60 MB at most, with those that are being written; each posting that waits here saves writing its term once more. */
const RECENT_POSTINGS = 500_000;
/** Descriptions that are indexed at once, and how many of them a full text stands for. */
const PORTION = 200;
const FULL_TEXT = 20;

/**
 * The node's index of words over all holdings, its own and its peers', and what is asked of it: search, and the
 * holdings that are alike in text.
 *
 * Ranking is BM25 over exact counts of what is held now, and equal scores stand in the order of keys, so the same
 * holdings give the same answers in the same order, however they came. (Where a page ends between two hits of one score
 * whose keys agree in their first 30 bits, which of them comes first is left to chance.) In memory are 21 bytes a
 * document and the postings of the latest changes; all else is in the store (see `layout.ts`).
 */
export class TextIndex implements Reader {
  readonly name = 'search';
  /** With full texts it is another index than without: whoever switches them on or off gets it built anew. */
  readonly version: number;
  readonly #log: Logger | undefined;
  readonly #fullText: FullTextWords | undefined;
  readonly #recentPostings: number;
  #opened: { section: Section; memory: IndexMemory; maintenance: Maintenance } | undefined;
  #commit: (() => void) | undefined;

  /**
   * @param options.fullText where the words of records' files come from; without it their descriptions alone are indexed
   * @param options.recentPostings how many postings are kept in memory before they are written to a segment
   */
  constructor(options: { log?: Logger; fullText?: FullTextWords; recentPostings?: number } = {}) {
    this.version = options.fullText === undefined ? 3 : 4;
    this.#log = options.log;
    this.#fullText = options.fullText;
    this.#recentPostings = options.recentPostings ?? RECENT_POSTINGS;
  }

  async open(section: Section): Promise<void> {
    const memory = await IndexMemory.load(section);
    const maintenance = new Maintenance({ section, unit: this.#recentPostings, log: this.#log });
    this.#opened = { section, memory, maintenance };
    this.#commit = undefined;
  }

  /** Full texts are some hundred times as long as descriptions: a few of them are a batch of their own. */
  async apply(changes: readonly Change[], section: Section): Promise<Operation[]> {
    const portions = this.#fullText === undefined ? [changes] : inPortions(changes);
    for (const portion of portions.slice(0, -1)) {
      await writeBatch(section, await this.#apply(portion, section), { durable: false });
      this.applied();
    }
    return await this.#apply(portions.at(-1) ?? [], section);
  }

  applied(): void {
    this.#commit?.();
    this.#commit = undefined;
  }

  /** What a query finds, see `parseQuery` and `searchIndex`. The first 10,000 hits can be had. */
  async search(query: SearchQuery): Promise<SearchResult> {
    return await searchIndex(this.#reading(), query);
  }

  /**
   * The records whose titles, abstracts and subjects are most like those of one; never itself, never a tombstone.
   * @param options.isHeard see `similarItems`
   */
  async similarTo(key: string, limit: number, options: { isHeard?: boolean } = {}): Promise<SimilarItem[]> {
    return await similarItems(this.#reading(), { key, limit, ...options });
  }

  async #apply(changes: readonly Change[], section: Section): Promise<Operation[]> {
    const { memory, maintenance } = this.#open();
    for (const segment of memory.state.garbage) {
      await section.clear(segmentRange(segment));
      await section.clear(termListRange(segment));
    }
    const ripeTo = memory.state.nextDocument;
    if (memory.ripe === undefined && memory.recent.size >= this.#recentPostings) memory.ripen();

    const batch = await batchDocuments(section, memory, changes, this.#fullText);
    const { generation } = memory.recent;
    const inMemory = (memory.ripe?.size ?? 0) + memory.recent.size + batch.size;
    const { operations, state, isWritten } = await maintenance.step({
      state: { ...memory.state, nextDocument: batch.nextDocument, generation, garbage: [] },
      table: batch.table,
      ripe: memory.ripe,
      ripeTo,
      budget: this.#recentPostings / 300 + batch.size / 2,
      isUrgent: inMemory >= this.#recentPostings * 2,
    });
    this.#commit = () => memory.commit({ state, table: batch.table, changes: batch.changes, isWritten });
    return [...batch.operations, ...operations, stateOperation(state)];
  }

  #reading(): SearchReading {
    const { section, memory } = this.#open();
    return {
      section,
      values: memory.values,
      hasFullText: this.#fullText !== undefined,
      postings: (terms) => this.#postings(terms),
      termsOf: (letter) => this.#termsOf(letter),
      withKeys: (hits) => this.#withKeys(hits),
    };
  }

  /** The terms that begin with a letter, in all parts of the index. */
  async #termsOf(letter: string): Promise<TermsOfLetter> {
    for (;;) {
      const { section, memory } = this.#open();
      const { segments } = memory.state;
      const lists: Uint8Array[] = [];
      for (const { id } of segments) lists.push(...(await section.values(termListsOf(id, letter)).all()));
      if (this.#open().memory !== memory || memory.state.segments !== segments) continue;
      return { lists, recent: [memory.ripe, memory.recent].filter((part) => part !== undefined) };
    }
  }

  /** Each term's postings in all parts of the index, by ascending document numbers, and the table of the same moment. */
  async #postings(terms: readonly string[]): Promise<{ table: DocumentTable; postings: PostingBlock[][] }> {
    for (;;) {
      const { section, memory } = this.#open();
      const { segments } = memory.state;
      const keys = terms.flatMap((term) => segments.map(({ id }) => postingKey(id, term)));
      const blocks = keys.length === 0 ? [] : await section.getMany(keys);
      // A segment may have come while others were read; what was read then belongs to no one state.
      if (this.#open().memory !== memory || memory.state.segments !== segments) continue;
      const postings = terms.map((term, i) =>
        [
          ...blocks.slice(i * segments.length, (i + 1) * segments.length),
          memory.ripe?.block(term),
          memory.recent.block(term),
        ].filter((block) => block !== undefined),
      );
      return { table: memory.table, postings };
    }
  }

  /** With their keys, and those of the same score in the order of their whole keys. */
  async #withKeys(hits: readonly ScoredDocument[]): Promise<(ScoredDocument & { key: string })[]> {
    const documents = await this.#open().section.getMany(hits.map(({ document }) => documentKey(document)));
    return hits
      .flatMap((hit, i) => {
        const bytes = documents[i];
        return bytes === undefined ? [] : [{ ...hit, key: keyOfDocument(bytes) }];
      })
      .sort(
        (a, b) => Number(a.tombstone) - Number(b.tombstone) || b.order - a.order || (a.key < b.key ? -1 : 1),
      );
  }

  #open(): { section: Section; memory: IndexMemory; maintenance: Maintenance } {
    if (this.#opened === undefined) throw new TypeError('the text index is not open');
    return this.#opened;
  }
}

function inPortions(changes: readonly Change[]): Change[][] {
  const portions: Change[][] = [];
  let left = 0;
  for (const change of changes) {
    const cost = hasFullText(change.holding) ? FULL_TEXT : 1;
    if (left < cost) {
      portions.push([]);
      left = PORTION;
    }
    portions.at(-1)?.push(change);
    left -= cost;
  }
  return portions;
}
