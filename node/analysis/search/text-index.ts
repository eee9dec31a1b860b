import type { Logger } from 'pino';
import type { Change, Reader } from '../../catalogue/index.ts';
import { writeBatch, type Operation, type Section } from '../../store/index.ts';
import { batchDocuments, hasFullText, storedDocument, type FullTextWords } from './document-batch.ts';
import type { DocumentTable } from './documents/document-table.ts';
import { DocumentWriting } from './documents/document-writing.ts';
import { keyOfDocument } from './documents/stored-document.ts';
import { IndexMemory } from './index-memory.ts';
import { documentKey, packRange, termListRange } from './layout.ts';
import type { TermPostings } from './postings/postings.ts';
import { TimeBudget } from './query/time-budget.ts';
import type { ScoredDocument } from './ranking/best-hits.ts';
import type { SearchQuery, SearchResult } from './search-query.ts';
import { searchIndex, type SearchReading } from './search.ts';
import { stateOperation } from './segments/index-state.ts';
import { Maintenance } from './segments/maintenance.ts';
import { SegmentTerms } from './segments/segment-terms.ts';
import { similarItems, type SimilarItem } from './similar/similar-items.ts';
import type { TermsOfLetter } from './spelling/spelling.ts';

interface Opened {
  section: Section;
  memory: IndexMemory;
  terms: SegmentTerms;
  maintenance: Maintenance;
}

/** Some 40 MB at most, with those that are being written; each posting that waits here saves writing its term once more. */
const RECENT_POSTINGS = 500_000;
const SEARCH_MS = 2_000;
/** Descriptions that are indexed at once, and how many of them a full text stands for. */
const PORTION = 200;
const FULL_TEXT = 20;

/**
 * The node's index of words over all holdings, its own and its peers', and what is asked of it: search, and the
 * holdings that are alike in text.
 *
 * Ranking is BM25 over exact counts of what is held now, and equal scores stand in the order of keys, so the same
 * holdings give the same answers in the same order, however they came. (Where a page ends between two hits of one score
 * whose keys agree in their first 30 bits, which of them comes first is left to chance.) In memory are some 35 bytes a
 * document, the first term of each pack, the postings of the latest changes, and at most 40 MB of what queries have read; all
 * else is in the store (see `layout.ts`).
 */
export class TextIndex implements Reader {
  readonly name = 'search';
  /** With full texts it is another index than without: whoever switches them on or off gets it built anew. */
  readonly version: number;
  readonly #log: Logger | undefined;
  readonly #fullText: FullTextWords | undefined;
  readonly #recentPostings: number;
  readonly #searchMs: number;
  readonly #now: () => number;
  readonly #writing = new DocumentWriting();
  #opened: Opened | undefined;
  #commit: (() => void) | undefined;

  /**
   * @param options.fullText where the words of records' files come from; without it their descriptions alone are indexed
   * @param options.recentPostings how many postings are kept in memory before they are written to a segment
   * @param options.searchMs the time that a search may take: what it has by then is its answer
   * @param options.now milliseconds from any point in time on
   */
  constructor(
    options: {
      log?: Logger;
      fullText?: FullTextWords;
      recentPostings?: number;
      searchMs?: number;
      now?: () => number;
    } = {},
  ) {
    this.version = options.fullText === undefined ? 7 : 8;
    this.#log = options.log;
    this.#fullText = options.fullText;
    this.#recentPostings = options.recentPostings ?? RECENT_POSTINGS;
    this.#searchMs = options.searchMs ?? SEARCH_MS;
    this.#now = options.now ?? (() => performance.now());
  }

  async open(section: Section): Promise<void> {
    const memory = await IndexMemory.load(section);
    const segments = memory.state.segments.map(({ id }) => id);
    const terms = await SegmentTerms.load(section, segments);
    const maintenance = new Maintenance({ section, terms, unit: this.#recentPostings, log: this.#log });
    this.#opened = { section, memory, terms, maintenance };
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

  /**
   * What a query finds, see `parseQuery` and `searchIndex`. The first 10,000 hits can be had. Others get their turn meanwhile,
   * and after two seconds the answer is what was found by then.
   */
  async search(query: SearchQuery): Promise<SearchResult> {
    const budget = new TimeBudget({ ms: this.#searchMs, now: this.#now });
    return await searchIndex(this.#reading(), query, budget);
  }

  /**
   * The records whose titles, abstracts and subjects are most like those of one; never itself, never a tombstone.
   * @param options.isHeard see `similarItems`
   */
  async similarTo(key: string, limit: number, options: { isHeard?: boolean } = {}): Promise<SimilarItem[]> {
    return await similarItems(this.#reading(), { key, limit, ...options });
  }

  async #apply(changes: readonly Change[], section: Section): Promise<Operation[]> {
    const { memory, terms, maintenance } = this.#open();
    for (const segment of memory.state.garbage) {
      terms.forget(segment);
      await section.clear(packRange(segment));
      await section.clear(termListRange(segment));
    }
    const ripeTo = memory.state.nextDocument;
    if (memory.ripe === undefined && memory.recent.size >= this.#recentPostings) memory.ripen();

    const batch = await batchDocuments(section, memory, changes, {
      writing: this.#writing,
      fullText: this.#fullText,
    });
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
      documentOf: (key) => storedDocument(section, memory, key),
      hasFullText: this.#fullText !== undefined,
      postings: (terms, most) => this.#postings(terms, most),
      termsOf: (letter, mayBeginWith) => this.#termsOf(letter, mayBeginWith),
      withKeys: (hits) => this.#withKeys(hits),
    };
  }

  /** The terms that begin with a letter, in all parts of the index. */
  async #termsOf(letter: string, mayBeginWith: (letters: string) => boolean): Promise<TermsOfLetter> {
    for (;;) {
      const { memory, terms } = this.#open();
      const { segments } = memory.state;
      const lists: Uint8Array[] = [];
      for (const { id } of segments) lists.push(...(await terms.listsOf(id, letter, mayBeginWith)));
      if (this.#isPast(memory, segments)) continue;
      return { lists, recent: [memory.ripe, memory.recent].filter((part) => part !== undefined) };
    }
  }

  /** Each term's postings in all parts of the index, and the table of the same moment. */
  async #postings(
    asked: readonly string[],
    most = Infinity,
  ): Promise<{ table: DocumentTable; postings: TermPostings[] }> {
    for (;;) {
      const { memory, terms } = this.#open();
      const { segments } = memory.state;
      const ids = segments.map(({ id }) => id);
      const stored = await terms.postings(ids, asked, most);
      if (this.#isPast(memory, segments)) continue;
      const recent = [memory.ripe, memory.recent].filter((part) => part !== undefined);
      const postings = stored.map(({ count, blocks }, i) => {
        const term = asked[i] ?? '';
        const all = recent.reduce((sum, part) => sum + part.count(term), count);
        if (all > most) return { count: all, blocks: [] };
        const latest = recent.map((part) => part.block(term)).filter(({ length }) => length > 0);
        return { count: all, blocks: [...blocks, ...latest] };
      });
      return { table: memory.table, postings };
    }
  }

  /** Whether a segment has come while others were read: what was read then belongs to no one state. */
  #isPast(memory: IndexMemory, segments: readonly unknown[]): boolean {
    return this.#open().memory !== memory || memory.state.segments !== segments;
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

  #open(): Opened {
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
