import type { Logger } from 'pino';
import type { NodeId } from '../../../vocab/record.ts';
import type { Change, Reader } from '../../catalogue/index.ts';
import type { Operation, Section } from '../../store/index.ts';
import { BestHits, type ScoredDocument } from './best-hits.ts';
import { keyOfDocument } from './document.ts';
import { batchDocuments, storedDocument } from './document-batch.ts';
import type { DocumentTable } from './document-table.ts';
import { IndexMemory } from './index-memory.ts';
import { stateOperation } from './index-state.ts';
import { documentKey, postingKey, segmentRange } from './layout.ts';
import { Maintenance } from './maintenance.ts';
import { PostingCursor, type PostingBlock } from './postings.ts';
import { inverseFrequency, MOST_QUERY_TERMS, scoreDocuments, type RankedTerm } from './ranking.ts';
import { contentTerms, tellingTerms } from './telling-terms.ts';
import { tokensOf } from './text-normalisation.ts';

export interface SearchQuery {
  query: string;
  limit: number;
  offset: number;
  /** Only what this node is the origin of. */
  origin?: NodeId;
}

export interface SearchResult {
  /** All that match, exactly. */
  total: number;
  hits: { key: string; score: number }[];
}

export interface SimilarItem {
  key: string;
  score: number;
  /** Words that both have, those that tell most first. */
  terms: string[];
}

/** Hits that can be paged through; who looks for more should ask more closely. */
const MOST_HITS = 10_000;
const MOST_QUERY_TOKENS = 1_000;
const MOST_SHARED_TERMS = 6;
const RECENT_POSTINGS = 150_000;

/**
 * The node's index of words over all holdings, its own and its peers', and what is asked of it: search, and the
 * holdings that are alike in text.
 *
 * Ranking is BM25 over exact counts of what is held now, and equal scores stand in the order of keys, so the same
 * holdings give the same answers in the same order, however they came. (Where a page ends between two hits of one score
 * whose keys agree in their first 30 bits, which of them comes first is left to chance.) In memory are ten bytes a
 * document and the postings of the latest changes; all else is in the store (see `layout.ts`).
 */
export class TextIndex implements Reader {
  readonly name = 'search';
  readonly version = 1;
  readonly #log: Logger | undefined;
  readonly #recentPostings: number;
  #opened: { section: Section; memory: IndexMemory; maintenance: Maintenance } | undefined;
  #commit: (() => void) | undefined;

  /** @param options.recentPostings how many postings are kept in memory before they are written to a segment */
  constructor(options: { log?: Logger; recentPostings?: number } = {}) {
    this.#log = options.log;
    this.#recentPostings = options.recentPostings ?? RECENT_POSTINGS;
  }

  async open(section: Section): Promise<void> {
    const memory = await IndexMemory.load(section);
    const maintenance = new Maintenance({ section, unit: this.#recentPostings, log: this.#log });
    this.#opened = { section, memory, maintenance };
    this.#commit = undefined;
  }

  async apply(changes: readonly Change[], section: Section): Promise<Operation[]> {
    const { memory, maintenance } = this.#open();
    for (const segment of memory.state.garbage) await section.clear(segmentRange(segment));
    const ripeTo = memory.state.nextDocument;
    if (memory.ripe === undefined && memory.recent.size >= this.#recentPostings) memory.ripen();

    const batch = await batchDocuments(section, memory, changes);
    const { generation } = memory.recent;
    const inMemory = (memory.ripe?.size ?? 0) + memory.recent.size + batch.size;
    const { operations, state, isWritten } = await maintenance.step({
      state: { ...memory.state, nextDocument: batch.nextDocument, generation, garbage: [] },
      table: batch.table,
      ripe: memory.ripe,
      ripeTo,
      budget: this.#recentPostings / 100 + batch.size / 2,
      isUrgent: inMemory >= this.#recentPostings * 2,
    });
    this.#commit = () => memory.commit({ state, table: batch.table, changes: batch.changes, isWritten });
    return [...batch.operations, ...operations, stateOperation(state)];
  }

  applied(): void {
    this.#commit?.();
    this.#commit = undefined;
  }

  /**
   * What has all words of the query in title, abstract, subjects or creators; where nothing has, what has any of them.
   * Best first, records before tombstones. Of the query the first 32 terms count; the first 10,000 hits can be had.
   */
  async search({ query, limit, offset, origin }: SearchQuery): Promise<SearchResult> {
    const terms = [...new Set(tokensOf(query, MOST_QUERY_TOKENS).map(({ term }) => term))];
    const { table, postings } = await this.#postings(terms.slice(0, MOST_QUERY_TERMS));
    const node = origin === undefined ? undefined : this.#open().memory.nodes.of(origin);
    if (postings.length === 0 || (origin !== undefined && node === undefined)) return { total: 0, hits: [] };

    const end = Math.min(MOST_HITS, offset + limit);
    const withAll = new BestHits(table, end);
    const withAny = new BestHits(table, end);
    const all = 2 ** postings.length - 1;
    const ranked = postings.map((blocks): RankedTerm => {
      const cursor = new PostingCursor(blocks);
      return { cursor, weight: inverseFrequency(table.count, cursor.count) };
    });
    scoreDocuments(table, ranked, 'all', (document, score, matched) => {
      if (node !== undefined && table.nodeOf(document) !== node) return;
      (matched === all ? withAll : withAny).offer(document, score, matched);
    });
    const best = withAll.total > 0 ? withAll : withAny;
    const hits = await this.#withKeys(best.sorted());
    return {
      total: best.total,
      hits: hits.slice(offset, end).map(({ key, score }) => ({ key, score })),
    };
  }

  /** The records whose titles, abstracts and subjects are most like those of one; never itself, never a tombstone. */
  async similarTo(key: string, limit: number): Promise<SimilarItem[]> {
    const seed = await storedDocument(this.#open().section, key);
    if (seed === undefined || seed.tombstone) return [];
    const terms = contentTerms(seed);
    const { table, postings } = await this.#postings(terms.map(({ term }) => term));
    const telling = tellingTerms(terms, postings, table.count);
    const best = new BestHits(table, Math.min(MOST_HITS, limit) + 1);
    const ranked = telling.map(({ blocks, weight }) => ({ cursor: new PostingCursor(blocks), weight }));
    scoreDocuments(table, ranked, 'content', (document, score, matched) => {
      if (!table.isTombstone(document)) best.offer(document, score, matched);
    });
    const hits = await this.#withKeys(best.sorted());
    return hits
      .filter((hit) => hit.key !== key)
      .slice(0, limit)
      .map((hit) => ({
        key: hit.key,
        score: hit.score,
        terms: telling
          .filter((_, i) => (hit.matched & (1 << i)) !== 0)
          .slice(0, MOST_SHARED_TERMS)
          .map(({ word }) => word),
      }));
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
        (a, b) => Number(a.tombstone) - Number(b.tombstone) || b.score - a.score || (a.key < b.key ? -1 : 1),
      );
  }

  #open(): { section: Section; memory: IndexMemory; maintenance: Maintenance } {
    if (this.#opened === undefined) throw new TypeError('the text index is not open');
    return this.#opened;
  }
}
