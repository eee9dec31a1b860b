/** Where holdings of similar text come from: best first, never the one that is asked for, never a tombstone. */
export interface TextAlike {
  similarTo(key: string, limit: number): Promise<{ key: string; score: number; terms: string[] }[]>;
}

/** Which work a record is a copy or version of. */
export interface Works {
  workOf(key: string): Promise<string | undefined>;
}

export interface RelatedItem {
  key: string;
  score: number;
  /** The words both have that tell most. */
  reason: string[];
}

const MOST_ITEMS = 100;
const MOST_CANDIDATES = 1_000;
const CANDIDATES_AN_ITEM = 3;

/**
 * What to read next: for a record the works most like it in title, abstract and subjects.
 *
 * Never another copy of the same work, and of each other work one copy, the one most alike. What the duplicates have
 * not read yet counts as a work of its own.
 */
export class RelatedItems {
  readonly #text: TextAlike;
  readonly #works: Works;

  constructor({ text, works }: { text: TextAlike; works: Works }) {
    this.#text = text;
    this.#works = works;
  }

  /** At most `limit` items (and 100), best first. None for a tombstone or an unknown key. */
  async related(key: string, limit: number): Promise<RelatedItem[]> {
    const wanted = Math.min(limit, MOST_ITEMS);
    const own = await this.#works.workOf(key);
    for (let asked = wanted * CANDIDATES_AN_ITEM; ; asked *= CANDIDATES_AN_ITEM) {
      const candidates = await this.#text.similarTo(key, Math.min(asked, MOST_CANDIDATES));
      const items = await this.#oneOfEachWork(candidates, new Set([own ?? key]), wanted);
      if (items.length === wanted || candidates.length < asked) return items;
    }
  }

  async #oneOfEachWork(
    candidates: Awaited<ReturnType<TextAlike['similarTo']>>,
    seen: Set<string>,
    wanted: number,
  ): Promise<RelatedItem[]> {
    const items: RelatedItem[] = [];
    for (const { key, score, terms } of candidates) {
      if (items.length === wanted) break;
      const work = (await this.#works.workOf(key)) ?? key;
      if (seen.has(work)) continue;
      seen.add(work);
      items.push({ key, score, reason: terms });
    }
    return items;
  }
}
