import type { Operation, Section } from '../../../store/index.ts';
import { numberAtEnd, pageKey, pageRange } from '../layout.ts';
import type { FacetNumbers } from './facet-values.ts';

export const PAGE_SIZE = 512;
const DOCUMENT_BYTES = 21;

/**
 * What ranking, filters and facets must know of each of 512 documents, in columns: 21 bytes a document, in memory and on disk (there in
 * the machine's byte order, little-endian wherever Node runs).
 */
export class DocumentPage {
  /** Where the key stands among keys, by its first six characters (`rankOf`). */
  readonly ranks: Uint32Array;
  /** 0 for a dead document or none; else twice the node's number (from 1), and 1 more for a tombstone. */
  readonly owners: Uint32Array;
  /** When it was published (`dateNumber`). */
  readonly dates: Uint32Array;
  /** Sum of the weights of the document's content. */
  readonly lengths: Uint16Array;
  /** Of these the numbers that `FacetValues` gives them. */
  readonly types: Uint16Array;
  readonly languages: Uint16Array;
  readonly licences: Uint16Array;
  readonly access: Uint8Array;
  readonly bytes: Uint8Array;

  constructor(bytes?: Uint8Array) {
    this.bytes = new Uint8Array(PAGE_SIZE * DOCUMENT_BYTES);
    if (bytes !== undefined) this.bytes.set(bytes);
    const { buffer } = this.bytes;
    this.ranks = new Uint32Array(buffer, 0, PAGE_SIZE);
    this.owners = new Uint32Array(buffer, PAGE_SIZE * 4, PAGE_SIZE);
    this.dates = new Uint32Array(buffer, PAGE_SIZE * 8, PAGE_SIZE);
    this.lengths = new Uint16Array(buffer, PAGE_SIZE * 12, PAGE_SIZE);
    this.types = new Uint16Array(buffer, PAGE_SIZE * 14, PAGE_SIZE);
    this.languages = new Uint16Array(buffer, PAGE_SIZE * 16, PAGE_SIZE);
    this.licences = new Uint16Array(buffer, PAGE_SIZE * 18, PAGE_SIZE);
    this.access = new Uint8Array(buffer, PAGE_SIZE * 20, PAGE_SIZE);
  }

  get isEmpty(): boolean {
    return this.owners.every((owner) => owner === 0);
  }
}

/** All live documents by number. A table does not change: `edit` makes another one that shares the pages that stay. */
export class DocumentTable {
  readonly pages: readonly (DocumentPage | undefined)[];
  /** Live documents, and the sum of their lengths. */
  readonly count: number;
  readonly totalLength: number;

  constructor(pages: readonly (DocumentPage | undefined)[], count: number, totalLength: number) {
    this.pages = pages;
    this.count = count;
    this.totalLength = totalLength;
  }

  static async load(section: Section): Promise<DocumentTable> {
    const pages: (DocumentPage | undefined)[] = [];
    let count = 0;
    let totalLength = 0;
    for await (const [key, value] of section.iterator(pageRange)) {
      const page = new DocumentPage(value);
      pages[numberAtEnd(key)] = page;
      for (let i = 0; i < PAGE_SIZE; i += 1) {
        if (page.owners[i] === 0) continue;
        count += 1;
        totalLength += page.lengths[i] ?? 0;
      }
    }
    return new DocumentTable(pages, count, totalLength);
  }

  /** Of the contents; never 0. */
  get averageLength(): number {
    return Math.max(1, this.totalLength) / Math.max(1, this.count);
  }

  /** A method that can be passed on. */
  readonly isLive = (document: number): boolean => this.#owner(document) !== 0;

  /** `rankOf` its key. */
  rank(document: number): number {
    return this.#page(document)?.ranks[document % PAGE_SIZE] ?? 0;
  }

  isTombstone(document: number): boolean {
    return (this.#owner(document) & 1) === 1;
  }

  /** What orders documents of the same score. */
  describe(document: number): { tombstone: boolean; rank: number } {
    return { tombstone: this.isTombstone(document), rank: this.rank(document) };
  }

  /** How many of the documents from `from` up to (not including) `to` are live. */
  liveBetween(from: number, to: number): number {
    let live = 0;
    for (let document = from; document < to; document += 1) if (this.isLive(document)) live += 1;
    return live;
  }

  edit(): DocumentTableEdit {
    return new DocumentTableEdit(this);
  }

  #owner(document: number): number {
    return this.#page(document)?.owners[document % PAGE_SIZE] ?? 0;
  }

  #page(document: number): DocumentPage | undefined {
    return this.pages[Math.floor(document / PAGE_SIZE)];
  }
}

/** The next table in the making, and what is to be written of it. */
export class DocumentTableEdit {
  readonly #table: DocumentTable;
  readonly #pages = new Map<number, DocumentPage>();
  #count: number;
  #totalLength: number;

  constructor(table: DocumentTable) {
    this.#table = table;
    this.#count = table.count;
    this.#totalLength = table.totalLength;
  }

  add(
    document: number,
    {
      key,
      tombstone,
      length,
      facets,
    }: { key: string; tombstone: boolean; length: number; facets: FacetNumbers },
  ): void {
    const page = this.#page(document);
    const slot = document % PAGE_SIZE;
    page.ranks[slot] = rankOf(key);
    page.owners[slot] = facets.origin * 2 + (tombstone ? 1 : 0);
    page.dates[slot] = facets.date;
    page.lengths[slot] = length;
    page.types[slot] = facets.type;
    page.languages[slot] = facets.language;
    page.licences[slot] = facets.licence;
    page.access[slot] = facets.access;
    this.#count += 1;
    this.#totalLength += length;
  }

  remove(document: number): void {
    const page = this.#page(document);
    page.owners[document % PAGE_SIZE] = 0;
    this.#count -= 1;
    this.#totalLength -= page.lengths[document % PAGE_SIZE] ?? 0;
  }

  operations(): Operation[] {
    return [...this.#pages].map(([number, page]) =>
      page.isEmpty
        ? { type: 'del', key: pageKey(number) }
        : { type: 'put', key: pageKey(number), value: page.bytes },
    );
  }

  table(): DocumentTable {
    const pages = [...this.#table.pages];
    for (const [number, page] of this.#pages) pages[number] = page.isEmpty ? undefined : page;
    return new DocumentTable(pages, this.#count, this.#totalLength);
  }

  #page(document: number): DocumentPage {
    const number = Math.floor(document / PAGE_SIZE);
    let page = this.#pages.get(number);
    if (page === undefined) {
      page = new DocumentPage(this.#table.pages[number]?.bytes);
      this.#pages.set(number, page);
    }
    return page;
  }
}

const KEY_CHARACTERS = '234567abcdefghijklmnopqrstuvwxyz';
const RANKED_CHARACTERS = 6;

/**
 * A number that orders keys as their text does, by the first 30 of their 100 bits: what tells two documents of the same
 * score apart without reading their keys.
 */
export function rankOf(key: string): number {
  let rank = 0;
  for (let i = 0; i < RANKED_CHARACTERS; i += 1) {
    rank = rank * 32 + Math.max(0, KEY_CHARACTERS.indexOf(key[i] ?? ''));
  }
  return rank;
}
