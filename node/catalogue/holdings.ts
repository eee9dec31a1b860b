import { decodeEntry, type SignedEntry } from '../../protocols/heads/index.ts';
import { decodeHolding } from '../../vocab/block.ts';
import type { Holding, Identifier } from '../../vocab/record.ts';
import type { Section } from '../store/index.ts';
import type { ReceivedEntry } from './incoming.ts';
import { blockKey, entryKey, identifierRange, movedKey, placeKey } from './layout.ts';
import { decodePlace, type Place } from './place.ts';

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
    const bytes = await this.#section.get(blockKey(key));
    return bytes === undefined ? undefined : decodeHolding(bytes);
  }

  /** What is held together with its origin's latest word on it, both of one moment. */
  async current(key: string): Promise<{ holding: Holding; entry: SignedEntry } | undefined> {
    const snapshot = this.#section.snapshot();
    try {
      const [block, placeBytes] = await this.#section.getMany([blockKey(key), placeKey(key)], { snapshot });
      if (block === undefined || placeBytes === undefined) return undefined;
      const { node, seq } = decodePlace(placeBytes);
      const entry = await this.#section.get(entryKey(node, seq), { snapshot });
      return entry === undefined ? undefined : { holding: decodeHolding(block), entry: decodeEntry(entry) };
    } finally {
      await snapshot.close();
    }
  }

  /** The record's latest change behind a place of its feed, with its block, as its origin signed it: what others can check. */
  async received(key: string, after: number): Promise<ReceivedEntry | undefined> {
    const snapshot = this.#section.snapshot();
    try {
      const placeBytes = await this.#section.get(placeKey(key), { snapshot });
      const place = placeBytes === undefined ? undefined : decodePlace(placeBytes);
      if (place === undefined || place.kind === 'dropped' || place.seq <= after) return undefined;
      const rows = [entryKey(place.node, place.seq), blockKey(key)];
      const [entry, block] = await this.#section.getMany(rows, { snapshot });
      return entry === undefined || block === undefined ? undefined : { entry: decodeEntry(entry), block };
    } finally {
      await snapshot.close();
    }
  }

  /** In the order of the keys, `undefined` for what is not held. */
  async getMany(keys: readonly string[]): Promise<(Holding | undefined)[]> {
    const blocks = await this.#section.getMany(keys.map(blockKey));
    return blocks.map((bytes) => (bytes === undefined ? undefined : decodeHolding(bytes)));
  }

  /** Where the record's latest change stands; cheap, no block is read. */
  async place(key: string): Promise<Place | undefined> {
    const bytes = await this.#section.get(placeKey(key));
    return bytes === undefined ? undefined : decodePlace(bytes);
  }

  /** The record's latest change, as its origin signed it. */
  async entry(key: string): Promise<SignedEntry | undefined> {
    const place = await this.place(key);
    if (place === undefined || place.kind === 'dropped') return undefined;
    const bytes = await this.#section.get(entryKey(place.node, place.seq));
    return bytes === undefined ? undefined : decodeEntry(bytes);
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
}
