import { meaningOf, type PathRule } from '../../protocols/access-log/index.ts';
import type { Found } from './item-index.ts';
import { RecentMap } from './recent-map.ts';

/** What a path is: a use of a record; of no item by the rules; or of one that is not known. */
export type Meaning =
  | { key: string; kind: 'investigation' | 'request' }
  | 'no-item'
  | 'unknown'
  | 'ambiguous';

/** Who knows the items: the index, and where it does not the repository itself. */
export interface ItemFinder {
  readonly generation: number;
  find(lists: readonly (readonly string[])[]): Promise<Found[]>;
}

/**
 * What the paths of one log mean. Logs ask for the same paths again and again: what was found out is remembered, until the
 * records have changed.
 */
export class PathMeanings {
  readonly #finder: ItemFinder;
  readonly #rules: readonly PathRule[];
  readonly #siteUrl: string | undefined;
  readonly #known = new RecentMap<Meaning>();
  #generation = -1;

  constructor(options: {
    finder: ItemFinder;
    rules: readonly PathRule[];
    /** Without a slash at its end. */
    siteUrl: string | undefined;
  }) {
    this.#finder = options.finder;
    this.#rules = options.rules;
    this.#siteUrl = options.siteUrl;
  }

  /** What a path is known to mean; undefined where that has to be found out. */
  known(path: string): Meaning | undefined {
    if (this.#generation !== this.#finder.generation) {
      this.#known.clear();
      this.#generation = this.#finder.generation;
    }
    return this.#known.get(path);
  }

  /** In the order of the paths. */
  async find(paths: readonly string[]): Promise<Meaning[]> {
    const generation = this.#finder.generation;
    const ruled = paths.map((path) => meaningOf(path, this.#rules, this.#siteUrl));
    const items = ruled.filter((meaning) => meaning !== undefined);
    const found = items.length === 0 ? [] : await this.#finder.find(items.map(({ names }) => names));
    let at = 0;
    const meanings = ruled.map((meaning): Meaning => {
      if (meaning === undefined) return 'no-item';
      const item = found[at] ?? 'unknown';
      at += 1;
      return typeof item === 'string' ? item : { key: item.key, kind: meaning.kind };
    });
    // Where records changed in between, the answer may be one from before: it is good for this once.
    if (generation === this.#generation && generation === this.#finder.generation)
      for (const [i, path] of paths.entries()) this.#known.set(path, meanings[i] ?? 'unknown');
    return meanings;
  }
}
