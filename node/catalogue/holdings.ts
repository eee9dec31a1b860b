import type { SignedEntry } from '../../protocols/heads/index.ts';
import { decodeHolding } from '../../vocab/block.ts';
import type { Holding, Identifier } from '../../vocab/record.ts';
import type { Section } from '../store/index.ts';
import type { ReceivedEntry } from './incoming.ts';
import { identifierRange, movedKey } from './layout.ts';
import type { Place } from './place.ts';
import { placesOf, standingChanges, type StoredChange } from './rows.ts';

const KEY_LENGTH = 20;
/** As many as a node may have had keys. */
const MOST_STEPS = 32;

/** What is held, by key and by identifier: records and tombstones, the node's own and those of the feeds it follows. */
export class Holdings {
  readonly #section: Section;

  constructor(section: Section) {
    this.#section = section;
  }

  async get(key: string): Promise<Holding | undefined> {
    return holdingOf(await this.#standing(key));
  }

  /** What is held together with its origin's latest word on it, both of one moment. */
  async current(key: string): Promise<{ holding: Holding; entry: SignedEntry } | undefined> {
    const change = await this.#standing(key);
    return change === undefined ? undefined : { holding: decodeHolding(change.block), entry: change.entry };
  }

  /** The record's latest change behind a place of its feed, with its block, as its origin signed it: what others can check. */
  async received(key: string, after: number): Promise<ReceivedEntry | undefined> {
    const change = await this.#standing(key);
    return change === undefined || change.entry.seq <= after ? undefined : change;
  }

  /** In the order of the keys, `undefined` for what is not held. */
  async getMany(keys: readonly string[]): Promise<(Holding | undefined)[]> {
    return (await standingChanges(this.#section, keys)).map(holdingOf);
  }

  /** Where the record's latest change stands; cheap, no block is read. */
  async place(key: string): Promise<Place | undefined> {
    const [place] = await placesOf(this.#section, [key]);
    return place;
  }

  /** The record's latest change, as its origin signed it. */
  async entry(key: string): Promise<SignedEntry | undefined> {
    return (await this.#standing(key))?.entry;
  }

  /** Under which key a record is held, where its node has had other keys than when that was its key. */
  async movedTo(key: string): Promise<string | undefined> {
    let at = key;
    for (let steps = 0; steps < MOST_STEPS; steps += 1) {
      const next = await this.#section.get(movedKey(at));
      if (next === undefined) break;
      at = Buffer.from(next).toString();
    }
    if (at === key) return undefined;
    const place = await this.place(at);
    return place === undefined || place.kind === 'dropped' ? undefined : at;
  }

  /** Keys of the holdings that carry the identifier, at most `limit`, in the order of keys. */
  async withIdentifier(scheme: Identifier['scheme'] | 'oai', value: string, limit = 100): Promise<string[]> {
    const range = identifierRange(scheme, value);
    const found: string[] = [];
    for await (const key of this.#section.keys(range)) {
      // A longer value with the separator in it falls into the range too; its rest is longer than a key.
      const rest = key.slice(range.gt.length);
      if (rest.length === KEY_LENGTH) found.push(rest);
      if (found.length >= limit) break;
    }
    return found;
  }

  async #standing(key: string): Promise<StoredChange | undefined> {
    const [change] = await standingChanges(this.#section, [key]);
    return change;
  }
}

function holdingOf(change: StoredChange | undefined): Holding | undefined {
  return change === undefined ? undefined : decodeHolding(change.block);
}
