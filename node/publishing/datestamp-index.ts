import type { Change, Reader } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import type { Operation, Section } from '../store/index.ts';
import { commonPlaces } from './common-places.ts';
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
  memberKeyAt,
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
/** Keys that are read to find what several sets have in common, before the walk is to be asked to go on. */
const MOST_STEPS = 20_000;

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
  readonly version = 2;
  readonly #self: NodeId;
  readonly #clock: Clock;
  readonly #mostSteps: number;
  #section: Section | undefined;
  #latest = 0;

  constructor(options: { self: NodeId; clock: Clock; mostSteps?: number }) {
    this.#self = options.self;
    this.#clock = options.clock;
    this.#mostSteps = options.mostSteps ?? MOST_STEPS;
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

  /**
   * Members of all of the sets in order, or the last ones first; of none, all members. Where so much was looked at that the
   * rest is for another question, `reached` is the place behind which that goes on; what is found may be little then.
   */
  async common(
    sets: readonly string[],
    options: Span & { limit: number; reverse?: boolean },
  ): Promise<{ members: Member[]; reached?: string }> {
    const section = this.#open;
    const { limit, reverse = false, ...span } = options;
    const [set = ALL, ...others] = sets;
    const snapshot = section.snapshot();
    try {
      if (others.length === 0) {
        const rows = await section.iterator({ ...memberRange(set, span), limit, reverse, snapshot }).all();
        const places = rows.map(([key]) => placeOfMemberKey(set, key));
        const keys = rows.map(([, value]) => value);
        return { members: await this.#membersOf(places, keys, snapshot) };
      }
      const walk = { ...span, limit, reverse, steps: this.#mostSteps, snapshot };
      const { places, reached } = await commonPlaces(section, sets, walk);
      const rows = places.map((place) => memberKeyAt(set, place));
      const members = await this.#membersOf(places, await section.getMany(rows, { snapshot }), snapshot);
      return { members, ...(reached !== undefined && { reached }) };
    } finally {
      await snapshot.close();
    }
  }

  async #membersOf(
    places: readonly string[],
    values: readonly (Uint8Array | undefined)[],
    snapshot: ReturnType<Section['snapshot']>,
  ): Promise<Member[]> {
    const keys = values.map((value) => (value === undefined ? '' : Buffer.from(value).toString()));
    const listings = await this.#open.getMany(keys.map(listingKey), { snapshot });
    return places.flatMap((place, i) => {
      const bytes = listings[i];
      return bytes === undefined ? [] : [{ key: keys[i] ?? '', place, listing: decodeListing(bytes) }];
    });
  }

  async count(set: string): Promise<number> {
    return decodeCount(await this.#open.get(countKey(set)));
  }

  /** Names of sets that others may ask for, in order, behind one. */
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
