import type { Logger } from 'pino';
import type { NodeId } from '../../../vocab/record.ts';
import type { Change, Reader } from '../../catalogue/index.ts';
import { writeBatch, type Operation, type Section } from '../../store/index.ts';
import { BestHits, type ScoredDocument } from './best-hits.ts';
import { inText, keyOfDocument } from './document.ts';
import { batchDocuments, hasFullText, storedDocument, type FullTextWords } from './document-batch.ts';
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
/** Descriptions that are indexed at once, and how many of them a full text stands for. */
const PORTION = 200;
const FULL_TEXT = 20;

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
    this.version = options.fullText === undefined ? 1 : 2;
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

  /**
   * What has all words of the query in title, abstract, subjects, creators or full text; where nothing has, what has any
   * of them. Best first, records before tombstones. Of the query the first 32 terms count; the first 10,000 hits can be had.
   */
  async search({ query, limit, offset, origin }: SearchQuery): Promise<SearchResult> {
    const all = [...new Set(tokensOf(query, MOST_QUERY_TOKENS).map(({ term }) => term))];
    const terms = all.slice(0, MOST_QUERY_TERMS);
    const { table, ranked } = await this.#rankedTerms(terms);
    const node = origin === undefined ? undefined : this.#open().memory.nodes.of(origin);
    if (terms.length === 0 || (origin !== undefined && node === undefined)) return { total: 0, hits: [] };

    const end = Math.min(MOST_HITS, offset + limit);
    const withAll = new BestHits(table, end);
    const withAny = new BestHits(table, end);
    const allBits = 2 ** terms.length - 1;
    scoreDocuments(table, ranked, 'all', (document, score, matched) => {
      if (node !== undefined && table.nodeOf(document) !== node) return;
      (matched === allBits ? withAll : withAny).offer(document, score, matched);
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
    const ranked = telling.map(({ blocks, weight }, bit) => ({
      cursor: new PostingCursor(blocks),
      weight,
      bit,
    }));
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

  async #apply(changes: readonly Change[], section: Section): Promise<Operation[]> {
    const { memory, maintenance } = this.#open();
    for (const segment of memory.state.garbage) await section.clear(segmentRange(segment));
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
      budget: this.#recentPostings / 100 + batch.size / 2,
      isUrgent: inMemory >= this.#recentPostings * 2,
    });
    this.#commit = () => memory.commit({ state, table: batch.table, changes: batch.changes, isWritten });
    return [...batch.operations, ...operations, stateOperation(state)];
  }

  /** The terms of a query, each with what tells it in descriptions and in full texts. */
  async #rankedTerms(terms: readonly string[]): Promise<{ table: DocumentTable; ranked: RankedTerm[] }> {
    const marked = this.#fullText === undefined ? [] : terms.map(inText);
    const { table, postings } = await this.#postings([...terms, ...marked]);
    const ranked = terms.flatMap((_, bit): RankedTerm[] => {
      const described = new PostingCursor(postings[bit] ?? []);
      const weight = inverseFrequency(table.count, described.count);
      const term: RankedTerm = { cursor: described, weight, bit };
      if (this.#fullText === undefined) return [term];
      const cursor = new PostingCursor(postings[terms.length + bit] ?? []);
      const weightInText = inverseFrequency(table.count, described.count + cursor.count);
      return [term, { cursor, weight: weightInText, bit, isInText: true }];
    });
    return { table, ranked };
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
