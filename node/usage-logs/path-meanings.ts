import { meaningOf, type PathMeaning, type PathRule } from '../../protocols/access-log/index.ts';
import type { Found } from './item-index.ts';
import { UsageLogError } from './errors.ts';
import { RecentMap } from './recent-map.ts';
import { within } from './time-limit.ts';

/** In which the rules have to be done with the new paths of a piece of a log: a hundred times as long as it takes. */
const RULES_MS = 500;

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
  readonly #areRulesTrusted: boolean;
  readonly #siteUrl: string | undefined;
  readonly #known = new RecentMap<Meaning>();
  #generation = -1;

  constructor(options: {
    finder: ItemFinder;
    rules: readonly PathRule[];
    /** Whether they are known to take no long time over any path; those that an operator wrote are not. */
    areRulesTrusted: boolean;
    /** Without a slash at its end. */
    siteUrl: string | undefined;
  }) {
    this.#finder = options.finder;
    this.#rules = options.rules;
    this.#areRulesTrusted = options.areRulesTrusted;
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

  /** In the order of the paths. @throws UsageLogError `USAGE_LOG_SLOW_RULE` · `USAGE_SITE_SILENT` */
  async find(paths: readonly string[]): Promise<Meaning[]> {
    const generation = this.#finder.generation;
    const ruled = this.#ruled(paths);
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

  /** An expression may take for ever over a path that somebody asks for to that end (`(a+)+$`), and nothing else is done meanwhile. */
  #ruled(paths: readonly string[]): (PathMeaning | undefined)[] {
    const ruled = (): (PathMeaning | undefined)[] =>
      paths.map((path) => meaningOf(path, this.#rules, this.#siteUrl));
    // A second time, as it was perhaps the machine that stood still.
    const meant = this.#areRulesTrusted ? ruled() : (within(RULES_MS, ruled) ?? within(RULES_MS, ruled));
    if (meant !== undefined) return meant;
    throw new UsageLogError('USAGE_LOG_SLOW_RULE', 'The rules of a log take too long over a path.', {
      remedy: 'Write the rules under usage.logs without a repetition within a repetition, such as (a+)+.',
    });
  }
}
