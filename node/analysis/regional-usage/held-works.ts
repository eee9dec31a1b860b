import type { Metrics } from '../../../protocols/counter/index.ts';
import {
  PAGES,
  rowOf,
  rowsOf,
  type IdentifierHash,
  type WorksRow,
} from '../../../protocols/usage-summary/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import type { Operation, Section } from '../../store/index.ts';
import {
  encodeWorksHeld,
  nodeOfPageKey,
  pageKey,
  pageOfAllNodes,
  worksHeldKey,
  type WorksHeld,
} from './layout.ts';

/** Pages that are read at a time, of one month. */
const ROWS_AT_ONCE = 1_000;
const BYTES_AT_ONCE = 1024 * 1024;

/** An item's use, as a page of its node and month tells it. */
export interface FoundUse {
  node: NodeId;
  /** The item's number in that month of that node. */
  item: number;
  metrics: Metrics;
}

/** The works of the summaries that are held, in pages, on the disk only. */
export class HeldWorks {
  readonly #section: Section;

  constructor(section: Section) {
    this.#section = section;
  }

  /** What puts a month's works in the place of those that were there. */
  replacing(node: NodeId, month: string, held: WorksHeld, pages: readonly Uint8Array[]): Operation[] {
    return [
      { type: 'put', key: worksHeldKey(node, month), value: encodeWorksHeld(held) },
      ...pages.map((page, number): Operation => {
        const key = pageKey(month, number, node);
        return page.length === 0 ? { type: 'del', key } : { type: 'put', key, value: page };
      }),
    ];
  }

  /** What takes a month's works away. */
  removing(node: NodeId, month: string): Operation[] {
    const pages = Array.from({ length: PAGES }, (_, page) => pageKey(month, page, node));
    return [worksHeldKey(node, month), ...pages].map((key) => ({ type: 'del', key }));
  }

  /** The pages of a month from one on, as many as stay within some bytes, one at least. */
  async pages(node: NodeId, month: string, from: number, maxBytes: number): Promise<Uint8Array[]> {
    const keys = Array.from({ length: PAGES - from }, (_, i) => pageKey(month, from + i, node));
    const pages: Uint8Array[] = [];
    let bytes = 0;
    for (let at = 0; at < keys.length; at += 16) {
      for (const page of await this.#section.getMany(keys.slice(at, at + 16))) {
        bytes += page?.length ?? 0;
        if (pages.length > 0 && bytes > maxBytes) return pages;
        pages.push(page ?? new Uint8Array());
      }
    }
    return pages;
  }

  /** All rows of a month's works, page by page. */
  async *rows(node: NodeId, month: string): AsyncGenerator<WorksRow[]> {
    for (let number = 0; number < PAGES; number++) {
      const page = await this.#section.get(pageKey(month, number, node));
      if (page !== undefined) yield rowsOf(number, page);
    }
  }

  /** What the nodes tell in a month of the items under identifiers whose hashes stand in one page; of an item once. */
  async find(month: string, page: number, hashes: readonly IdentifierHash[]): Promise<FoundUse[]> {
    const range = { ...pageOfAllNodes(month, page), highWaterMarkBytes: BYTES_AT_ONCE };
    const found: FoundUse[] = [];
    const pages = this.#section.iterator(range);
    try {
      for (;;) {
        const rows = await pages.nextv(ROWS_AT_ONCE);
        if (rows.length === 0) return found;
        for (const [key, bytes] of rows) {
          for (const hash of hashes) {
            const row = rowOf(bytes, hash);
            if (row !== undefined) found.push({ node: nodeOfPageKey(key), ...row });
          }
        }
      }
    } finally {
      await pages.close();
    }
  }
}
