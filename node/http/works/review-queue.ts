import { originSet } from '../../publishing/index.ts';
import type { HttpParts } from '../parts.ts';

/** Two records that are linked as of one work. */
export interface LinkedPair {
  /** Their keys, the own one first. */
  records: readonly [string, string];
  /** What speaks for it. */
  bits: number;
  /** Whether both are own records. */
  isWithin: boolean;
}

interface Options {
  index: Pick<HttpParts['index'], 'common'>;
  duplicates: Pick<HttpParts['duplicates'], 'linksOf'>;
  /** This node's id. */
  self: string;
  clock: HttpParts['clock'];
  log: Pick<HttpParts['log'], 'error'>;
}

/** As many as a person looks through before the list is made anew. */
export const MOST_PAIRS = 1_000;
const AT_A_TIME = 1_000;
const FRESH_MS = 600_000;

/**
 * The links of own records with the least that speaks for them: what is most likely wrong. They are found by one walk over the
 * own records, of which the outcome is kept for ten minutes; while it is made anew the one before is shown.
 */
export class ReviewQueue {
  readonly #options: Options;
  #pairs: readonly LinkedPair[] | undefined;
  #madeAt = -Infinity;
  #making: Promise<readonly LinkedPair[]> | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  /** The least certain first. */
  async pairs(): Promise<readonly LinkedPair[]> {
    const { clock, log } = this.#options;
    if (clock.steady() - this.#madeAt < FRESH_MS) return this.#pairs ?? [];
    this.#making ??= this.#make().finally(() => (this.#making = undefined));
    if (this.#pairs === undefined) return await this.#making;
    this.#making.catch((error: unknown) => log.error({ err: error }, 'no new list of duplicates'));
    return this.#pairs;
  }

  async #make(): Promise<readonly LinkedPair[]> {
    const madeAt = this.#options.clock.steady();
    const own = new Set<string>();
    let weakest: Omit<LinkedPair, 'isWithin'>[] = [];
    for await (const keys of this.#ownKeys()) {
      const links = await this.#options.duplicates.linksOf(keys);
      for (const [i, key] of keys.entries()) {
        own.add(key);
        for (const [other, bits] of links[i] ?? []) weakest.push({ records: [key, other], bits });
      }
      if (weakest.length > 4 * MOST_PAIRS) weakest = theWeakest(weakest, 2 * MOST_PAIRS);
    }
    // A link within the own records was met from both its ends.
    const pairs = theWeakest(weakest, 2 * MOST_PAIRS)
      .map((pair): LinkedPair => ({ ...pair, isWithin: own.has(pair.records[1]) }))
      .filter(({ records: [one, other], isWithin }) => !isWithin || one < other)
      .slice(0, MOST_PAIRS);
    this.#pairs = pairs;
    this.#madeAt = madeAt;
    return pairs;
  }

  async *#ownKeys(): AsyncGenerator<string[]> {
    const { index, self } = this.#options;
    for (let after: string | undefined; ;) {
      const { members } = await index.common([originSet(self)], {
        limit: AT_A_TIME,
        ...(after !== undefined && { after }),
      });
      yield members.map(({ key }) => key);
      after = members.at(-1)?.place;
      if (members.length < AT_A_TIME) return;
    }
  }
}

/** Of pairs with as much evidence the order is that of their keys, so that it is the same each time. */
function theWeakest<Pair extends Omit<LinkedPair, 'isWithin'>>(pairs: Pair[], most: number): Pair[] {
  return pairs
    .sort((a, b) => a.bits - b.bits || (a.records.join('') < b.records.join('') ? -1 : 1))
    .slice(0, most);
}
