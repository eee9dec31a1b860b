import type { NodeId } from '../../vocab/record.ts';
import type { Change, Reader } from '../catalogue/index.ts';
import type { Operation, Section } from '../store/index.ts';
import {
  CONTENT_ORDERS,
  countKey,
  decodeCount,
  decodeStanding,
  drawers,
  encodeCount,
  encodeStanding,
  keyOfPlace,
  memberKey,
  memberRange,
  placeOfMemberKey,
  standingKey,
  standingOf,
  type ContentOrder,
  type Drawer,
  type Standing,
} from './layout.ts';

/** Some of the records that a manager has chosen to see. */
interface Selection {
  states: ReadonlySet<string>;
  texts: ReadonlySet<string>;
}

/**
 * The node's own records in the orders in which a manager looks at them: by date of change, date of publication, title.
 * Each lies in a drawer by who may read it and what became of its text, so whatever is filtered costs a page and no more.
 */
export class ContentIndex implements Reader {
  readonly name = 'content';
  readonly version = 1;
  readonly #self: NodeId;
  #section: Section | undefined;

  constructor({ self }: { self: NodeId }) {
    this.#self = self;
  }

  open(section: Section): Promise<void> {
    this.#section = section;
    return Promise.resolve();
  }

  async apply(changes: readonly Change[], section: Section): Promise<Operation[]> {
    const operations: Operation[] = [];
    const differences = new Map<string, number>();
    const count = (drawer: Drawer, by: number): void => {
      const key = countKey(drawer);
      differences.set(key, (differences.get(key) ?? 0) + by);
    };
    const stored = await section.getMany(changes.map(({ key }) => standingKey(key)));
    for (const [i, { key, holding }] of changes.entries()) {
      const bytes = stored[i];
      const isOwn = holding !== undefined && holding.node === this.#self;
      if (bytes !== undefined) {
        const before = decodeStanding(bytes);
        count(before, -1);
        for (const order of CONTENT_ORDERS)
          operations.push({ type: 'del', key: memberKey(order, before, key) });
        if (!isOwn) operations.push({ type: 'del', key: standingKey(key) });
      }
      if (!isOwn) continue;
      const now = standingOf(holding);
      count(now, 1);
      const value = Buffer.alloc(0);
      for (const order of CONTENT_ORDERS)
        operations.push({ type: 'put', key: memberKey(order, now, key), value });
      operations.push({ type: 'put', key: standingKey(key), value: encodeStanding(now) });
    }
    const changed = [...differences].filter(([, difference]) => difference !== 0);
    const known = await section.getMany(changed.map(([key]) => key));
    for (const [i, [key, difference]] of changed.entries())
      operations.push({ type: 'put', key, value: encodeCount(decodeCount(known[i]) + difference) });
    return operations;
  }

  /** Keys in an order, behind a place or from the start. */
  async page(
    { states, texts }: Selection,
    options: { order: ContentOrder; reverse: boolean; after?: string | undefined; limit: number },
  ): Promise<{ keys: string[]; next: string | undefined }> {
    const { order, reverse, after, limit } = options;
    const chosen = drawers.filter(({ state, text }) => states.has(state) && texts.has(text));
    const found = await Promise.all(
      chosen.map(async (drawer) => {
        const range = memberRange(order, drawer, { after, reverse });
        const keys = await this.#open.keys({ ...range, reverse, limit: limit + 1 }).all();
        return keys.map((key) => placeOfMemberKey(order, drawer, key));
      }),
    );
    const places = found.flat().sort(reverse ? descending : ascending);
    const shown = places.slice(0, limit);
    return {
      keys: shown.map(keyOfPlace),
      next: places.length > limit ? shown.at(-1) : undefined,
    };
  }

  /** How many there are, exactly. */
  async count({ states, texts }: Selection): Promise<number> {
    const chosen = drawers.filter(({ state, text }) => states.has(state) && texts.has(text));
    const counts = await this.#open.getMany(chosen.map(countKey));
    return counts.reduce((sum, bytes) => sum + decodeCount(bytes), 0);
  }

  /** Where records stand; undefined for those that are not the node's own. */
  async standings(keys: readonly string[]): Promise<(Standing | undefined)[]> {
    const stored = await this.#open.getMany(keys.map(standingKey));
    return stored.map((bytes) => (bytes === undefined ? undefined : decodeStanding(bytes)));
  }

  get #open(): Section {
    if (this.#section === undefined) throw new TypeError('the index is not open');
    return this.#section;
  }
}

// As the store orders its keys: by bytes of UTF-8, which is by code points.
const ascending = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
const descending = (a: string, b: string): number => ascending(b, a);
