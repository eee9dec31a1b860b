import type { Change, Reader } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import type { Operation, Section } from '../store/index.ts';
import { isTombstone, type Holding, type NodeId } from '../../vocab/record.ts';
import {
  countKey,
  countRange,
  decodeCount,
  decodeListing,
  encodeCount,
  encodeListing,
  listingKey,
  memberKey,
  memberRange,
  placeOfMemberKey,
  secondOfPlace,
  setOfCountKey,
  type Listing,
  type Span,
} from './layout.ts';
import { ALL, setsOf } from './sets.ts';

/** Seconds never go back, so whoever has read up to one has not missed what came before. */
const SECOND_MS = 1_000;

/** A member of a set, and where it stands in it. */
export interface Member {
  key: string;
  place: string;
  listing: Listing;
}

/**
 * What is held, own and followed, in the order of the seconds in which this node took it in, as a whole and by set: what
 * harvesters ask a provider for. What is gone stays listed as gone, also where a whole feed was dropped.
 *
 * The second is this node's, not the origin's: who harvests here is to see what came late from a peer, too.
 */
export class DatestampIndex implements Reader {
  readonly name = 'publishing';
  readonly version = 1;
  readonly #self: NodeId;
  readonly #clock: Clock;
  #section: Section | undefined;
  #latest = 0;

  constructor(options: { self: NodeId; clock: Clock }) {
    this.#self = options.self;
    this.#clock = options.clock;
  }

  async open(section: Section): Promise<void> {
    this.#section = section;
    this.#latest = 0;
    for await (const key of section.keys({ ...memberRange(ALL), reverse: true, limit: 1 })) {
      this.#latest = secondOfPlace(placeOfMemberKey(ALL, key));
    }
  }

  async apply(changes: readonly Change[], section: Section): Promise<Operation[]> {
    const second = Math.max(this.#latest, Math.floor(this.#clock.now() / SECOND_MS));
    this.#latest = second;
    const operations: Operation[] = [];
    const counts = new Map<string, number>();
    const stored = await section.getMany(changes.map(({ key }) => listingKey(key)));
    for (const [i, { key, holding, position }] of changes.entries()) {
      const bytes = stored[i];
      const before = bytes === undefined ? undefined : decodeListing(bytes);
      const after = this.#listingOf(holding, before, { second, position });
      if (after === undefined) continue;
      for (const set of before?.sets ?? []) {
        if (before !== undefined) operations.push({ type: 'del', key: memberKey(set, before) });
        counts.set(set, (counts.get(set) ?? 0) - 1);
      }
      for (const set of after.sets) {
        operations.push({ type: 'put', key: memberKey(set, after), value: Buffer.from(key) });
        counts.set(set, (counts.get(set) ?? 0) + 1);
      }
      operations.push({ type: 'put', key: listingKey(key), value: encodeListing(after) });
    }
    const changed = [...counts].filter(([, difference]) => difference !== 0);
    const known = await section.getMany(changed.map(([set]) => countKey(set)));
    for (const [i, [set, difference]] of changed.entries()) {
      const count = decodeCount(known[i]) + difference;
      const key = countKey(set);
      operations.push(count > 0 ? { type: 'put', key, value: encodeCount(count) } : { type: 'del', key });
    }
    return operations;
  }

  /** The second from which something is there; undefined where nothing is. */
  async earliest(): Promise<number | undefined> {
    for await (const key of this.#open.keys({ ...memberRange(ALL), limit: 1 })) {
      return secondOfPlace(placeOfMemberKey(ALL, key));
    }
    return undefined;
  }

  /** Members of a set in order, or the last ones first. */
  async members(set: string, options: Span & { limit: number; reverse?: boolean }): Promise<Member[]> {
    const section = this.#open;
    const snapshot = section.snapshot();
    try {
      const { limit, reverse = false, ...span } = options;
      const rows = await section.iterator({ ...memberRange(set, span), limit, reverse, snapshot }).all();
      const keys = rows.map(([, value]) => Buffer.from(value).toString());
      const listings = await section.getMany(keys.map(listingKey), { snapshot });
      return keys.flatMap((key, i) => {
        const bytes = listings[i];
        const place = placeOfMemberKey(set, rows[i]?.[0] ?? '');
        return bytes === undefined ? [] : [{ key, place, listing: decodeListing(bytes) }];
      });
    } finally {
      await snapshot.close();
    }
  }

  /** Members of all of the sets: those of the smallest, of which the others are asked. */
  async common(
    sets: readonly string[],
    options: Span & { limit: number; reverse?: boolean },
  ): Promise<Member[]> {
    const counts = await Promise.all(sets.map(async (set) => await this.count(set)));
    const smallest = sets[counts.indexOf(Math.min(...counts))] ?? ALL;
    const others = sets.filter((set) => set !== smallest);
    const { limit, reverse = false } = options;
    const found: Member[] = [];
    for (let span: Span = options; found.length < limit;) {
      const members = await this.members(smallest, { ...span, limit, reverse });
      found.push(...members.filter(({ listing }) => others.every((set) => listing.sets.includes(set))));
      const place = members.at(-1)?.place;
      if (members.length < limit || place === undefined) break;
      span = reverse ? { ...span, before: place } : { ...span, after: place };
    }
    return found.slice(0, limit);
  }

  async count(set: string): Promise<number> {
    return decodeCount(await this.#open.get(countKey(set)));
  }

  /** Names of sets in order, behind one. */
  async sets(options: { after?: string; limit: number }): Promise<string[]> {
    const { after = '', limit } = options;
    const keys = await this.#open.keys({ ...countRange(after), limit }).all();
    return keys.map(setOfCountKey);
  }

  async listing(key: string): Promise<Listing | undefined> {
    const bytes = await this.#open.get(listingKey(key));
    return bytes === undefined ? undefined : decodeListing(bytes);
  }

  #listingOf(
    holding: Holding | undefined,
    before: Listing | undefined,
    at: Pick<Listing, 'second' | 'position'>,
  ): Listing | undefined {
    if (holding === undefined) {
      // Its feed was dropped: it is gone from here, whatever it is elsewhere.
      return before === undefined || before.gone ? undefined : { ...before, ...at, gone: true };
    }
    const sets = setsOf(holding, this.#self);
    const gone = isTombstone(holding);
    // What is gone stays in the sets in which it was: who harvests one of them has to learn of it.
    const all = gone ? [...new Set([...sets, ...(before?.sets ?? [])])] : sets;
    const identifier = holding.node === this.#self ? holding.oaiIdentifier : holding.id;
    return { identifier, ...at, sets: all, gone };
  }

  get #open(): Section {
    if (this.#section === undefined) throw new TypeError('the index is not open');
    return this.#section;
  }
}
