import type { Holding, NodeId } from '../../vocab/record.ts';
import { isRecordKey, keyOfIri, recordKey } from '../../vocab/record-key.ts';
import type { ContentIndex } from './content-index.ts';
import { ContentError } from './errors.ts';
import { isPlace, placeOf, type ContentOrder, type Standing } from './layout.ts';
import { CONTENT_STATES, TEXT_STATES, type ContentState, type TextState } from './states.ts';

/** Of what words find, as many can be looked at, best first; and as many are ordered and filtered, which has them all read. */
const MOST_FOUND = 10_000;
const MOST_ORDERED = 1_000;

/** What a manager wants to see. */
export interface ContentQuery {
  /** Words, a record's key or address, or its OAI identifier; none for all records. */
  words: string;
  state?: ContentState | undefined;
  text?: TextState | undefined;
  /** Without it, by relevance where there are words, else the latest change first. */
  order?: ContentOrder | undefined;
  /** Titles go from A to Z, and dates from the latest, unless it is turned round. */
  isTurned?: boolean | undefined;
  /** Where the page begins: `next` of the one before. */
  after?: string | undefined;
  limit: number;
}

export interface ContentItem {
  key: string;
  holding: Holding;
  /** How many copies other institutions have. */
  copies: number;
}

interface ContentPage {
  items: ContentItem[];
  total: number;
  /** More were found than are listed: other words find fewer. */
  isCut: boolean;
  next: string | undefined;
}

interface ContentListOptions {
  node: NodeId;
  index: ContentIndex;
  holdings: {
    getMany(keys: readonly string[]): Promise<(Holding | undefined)[]>;
  };
  text: {
    search(query: {
      query: string;
      limit: number;
      offset: number;
      filters: { origin: readonly NodeId[] };
    }): Promise<{ total: number; hits: readonly { key: string }[] }>;
  };
  works: {
    worksOf(keys: readonly string[]): Promise<readonly ({ members: readonly unknown[] } | undefined)[]>;
  };
}

/** The institution's own records as a manager goes through them: found, filtered and ordered, a page at a time. */
export class ContentList {
  readonly #parts: ContentListOptions;

  constructor(parts: ContentListOptions) {
    this.#parts = parts;
  }

  /** @throws ContentError `CONTENT_NO_PLACE` where `after` is no place in the list */
  async page(asked: ContentQuery): Promise<ContentPage> {
    const words = asked.words.trim();
    const { keys, ...page } = words === '' ? await this.#inOrder(asked) : await this.#found(words, asked);
    return { ...page, items: await this.#itemsOf(keys) };
  }

  /** All that is on the pages, in the same order. */
  async *all(asked: Omit<ContentQuery, 'after' | 'limit'>): AsyncGenerator<ContentItem> {
    let after: string | undefined;
    do {
      const page = await this.page({ ...asked, after, limit: 200 });
      yield* page.items;
      after = page.next;
    } while (after !== undefined);
  }

  async #inOrder(asked: ContentQuery): Promise<Keys> {
    const { order = 'changed', after, limit } = asked;
    if (after !== undefined && !isPlace(after)) throw noPlace();
    const selection = selectionOf(asked);
    const page = { order, reverse: isReverse(order, asked), after, limit };
    const [{ keys, next }, total] = await Promise.all([
      this.#parts.index.page(selection, page),
      this.#parts.index.count(selection),
    ]);
    return { keys, next, total, isCut: false };
  }

  async #found(words: string, asked: ContentQuery): Promise<Keys> {
    const { limit, after = '0' } = asked;
    if (!/^\d{1,4}$/.test(after)) throw noPlace();
    const from = Number(after);
    const named = await this.#named(words);
    const isPlain = asked.order === undefined && asked.state === undefined && asked.text === undefined;
    if (named.length === 0 && isPlain) return await this.#best(words, { from, limit });
    const { keys, isCut } = named.length > 0 ? { keys: named, isCut: false } : await this.#matching(words);
    const standings = await this.#parts.index.standings(keys);
    const selection = selectionOf(asked);
    const rows = keys.flatMap((key, i) => {
      const standing = standings[i];
      const fits =
        standing !== undefined && selection.states.has(standing.state) && selection.texts.has(standing.text);
      return fits ? [{ key, standing }] : [];
    });
    const ordered = inOrder(rows, asked);
    const next = from + limit < ordered.length ? String(from + limit) : undefined;
    const shown = ordered.slice(from, from + limit).map(({ key }) => key);
    return { keys: shown, next, total: ordered.length, isCut };
  }

  /** A page of what words find, the best first. */
  async #best(words: string, { from, limit }: { from: number; limit: number }): Promise<Keys> {
    const { text, node } = this.#parts;
    const filters = { origin: [node] };
    const { hits, total } = await text.search({ query: words, limit, offset: from, filters });
    const next = from + limit < Math.min(total, MOST_FOUND) ? String(from + limit) : undefined;
    return { keys: hits.map(({ key }) => key), next, total, isCut: total > MOST_FOUND };
  }

  async #matching(words: string): Promise<{ keys: string[]; isCut: boolean }> {
    const { text, node } = this.#parts;
    const filters = { origin: [node] };
    const { hits, total } = await text.search({ query: words, limit: MOST_ORDERED, offset: 0, filters });
    return { keys: hits.map(({ key }) => key), isCut: total > hits.length };
  }

  /** The one record whose name the words are, also where it is gone and no words lead to it. */
  async #named(words: string): Promise<string[]> {
    const { holdings, node } = this.#parts;
    const named = [recordKey(node, words), isRecordKey(words) ? words : keyOfIri(words)];
    const keys = named.filter((key) => key !== undefined);
    const held = await holdings.getMany(keys);
    return keys.filter((_, i) => held[i]?.node === node);
  }

  async #itemsOf(keys: readonly string[]): Promise<ContentItem[]> {
    const [holdings, works] = await Promise.all([
      this.#parts.holdings.getMany(keys),
      this.#parts.works.worksOf(keys),
    ]);
    return keys.flatMap((key, i) => {
      const holding = holdings[i];
      if (holding === undefined) return [];
      return [{ key, holding, copies: Math.max(0, (works[i]?.members.length ?? 1) - 1) }];
    });
  }
}

interface Keys extends Omit<ContentPage, 'items'> {
  keys: string[];
}

function selectionOf({ state, text }: ContentQuery): { states: Set<string>; texts: Set<string> } {
  return {
    states: new Set(state === undefined ? CONTENT_STATES : [state]),
    texts: new Set(text === undefined ? TEXT_STATES : [text]),
  };
}

function isReverse(order: ContentOrder, { isTurned = false }: ContentQuery): boolean {
  return (order !== 'title') !== isTurned;
}

function inOrder<Row extends { key: string; standing: Standing }>(rows: Row[], asked: ContentQuery): Row[] {
  const { order } = asked;
  if (order === undefined) return rows;
  const sign = isReverse(order, asked) ? -1 : 1;
  const placed = rows.map((row) => ({ row, place: placeOf(order, row.standing, row.key) }));
  placed.sort((a, b) => (a.place < b.place ? -sign : sign));
  return placed.map(({ row }) => row);
}

function noPlace(): ContentError {
  return new ContentError('CONTENT_NO_PLACE', 'The list has no such place.', {
    remedy: 'Begin at the first page.',
  });
}
