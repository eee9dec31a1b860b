import type { Section } from '../store/index.ts';
import { memberKeyAt, memberRange, placeOfMemberKey, type Span } from './layout.ts';

type Snapshot = ReturnType<Section['snapshot']>;

/** Keys that are read at once: few behind a jump, more where a set is walked step by step. */
const FEWEST = 16;
const MOST = 1_000;

/** Of one set, in order. */
interface Keys {
  nextv(size: number): Promise<string[]>;
  seek(target: string): void;
  close(): Promise<void>;
}

export interface CommonPlaces {
  /** In order. */
  places: string[];
  /** The last place that was looked at, where the walk was ended because of its steps. */
  reached?: string;
}

/**
 * The places that several sets have in common. A record stands in all its sets at the same place, so the sets are walked
 * side by side, and each goes to where another one is.
 *
 * @param options.limit places that are looked for
 * @param options.steps keys that are read for them, of all sets together; a few hundred more may be
 */
export async function commonPlaces(
  section: Section,
  sets: readonly string[],
  options: Span & { limit: number; reverse: boolean; steps: number; snapshot: Snapshot },
): Promise<CommonPlaces> {
  const { limit, reverse, steps, snapshot, ...span } = options;
  const isBefore = (one: string, other: string): boolean => (reverse ? one > other : one < other);
  const walks = sets.map((set) => {
    const keys = section.keys({ ...memberRange(set, span), reverse, snapshot });
    return new Walk(set, keys, isBefore);
  });
  const places: string[] = [];
  try {
    for (let place = await walks[0]?.next(); place !== undefined;) {
      let furthest = place;
      for (const walk of walks) {
        const head = await walk.goTo(place);
        if (head === undefined) return { places };
        if (isBefore(furthest, head)) furthest = head;
      }
      const isCommon = furthest === place;
      if (isCommon) places.push(place);
      if (places.length === limit) break;
      const read = walks.reduce((sum, walk) => sum + walk.read, 0);
      if (read >= steps) return { places, reached: place };
      place = isCommon ? await walks[0]?.next() : furthest;
    }
    return { places };
  } finally {
    await Promise.all(walks.map((walk) => walk.close()));
  }
}

/** A way through the places of one set. */
class Walk {
  readonly #set: string;
  readonly #keys: Keys;
  readonly #isBefore: (one: string, other: string) => boolean;
  #places: string[] = [];
  #at = -1;
  #size = FEWEST;
  #stops = 0;
  /** Keys so far. */
  read = 0;

  constructor(set: string, keys: Keys, isBefore: (one: string, other: string) => boolean) {
    this.#set = set;
    this.#keys = keys;
    this.#isBefore = isBefore;
  }

  /** The place behind the one where it stands; undefined at the end. */
  async next(): Promise<string | undefined> {
    this.#at += 1;
    if (this.#at >= this.#places.length) await this.#fill();
    return this.#here();
  }

  /** The place that is asked for, or the first behind it; undefined at the end. */
  async goTo(place: string): Promise<string | undefined> {
    if (this.#at === -1) this.#at = 0;
    while (this.#at < this.#places.length && this.#isBefore(this.#places[this.#at] ?? '', place))
      this.#at += 1;
    if (this.#at === this.#places.length) {
      this.#keys.seek(memberKeyAt(this.#set, place));
      await this.#fill();
    }
    return this.#here();
  }

  #here(): string | undefined {
    this.#stops += 1;
    return this.#places[this.#at];
  }

  async #fill(): Promise<void> {
    // Where most of what was read was jumped over, less is read.
    this.#size = 2 * this.#stops >= this.#places.length ? Math.min(2 * this.#size, MOST) : FEWEST;
    const keys = await this.#keys.nextv(this.#size);
    this.#places = keys.map((key) => placeOfMemberKey(this.#set, key));
    this.#at = 0;
    this.#stops = 0;
    this.read += keys.length;
  }

  async close(): Promise<void> {
    await this.#keys.close();
  }
}
