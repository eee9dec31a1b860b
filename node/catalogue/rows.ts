import type { SignedEntry } from '../../protocols/heads/index.ts';
import { decodePageItem } from '../../protocols/replication/index.ts';
import type { Section } from '../store/index.ts';
import { entryKey, placeKey } from './layout.ts';
import { decodePlace, type Place } from './place.ts';

/** One moment's view of the store. */
type Snapshot = ReturnType<Section['snapshot']>;

/** A change that is stored: read when it is looked at, and passed on as it lies. */
export class StoredChange {
  /** As it goes over the wire (protocols/replication/page-item.ts). */
  readonly encoded: Uint8Array;
  #decoded: { entry: SignedEntry; block: Uint8Array } | undefined;

  constructor(encoded: Uint8Array) {
    this.encoded = encoded;
  }

  get entry(): SignedEntry {
    return this.#read().entry;
  }

  get block(): Uint8Array {
    return this.#read().block;
  }

  #read(): { entry: SignedEntry; block: Uint8Array } {
    return (this.#decoded ??= decodePageItem(this.encoded));
  }
}

/** The changes that stand at some places of feeds, in their order; undefined where nothing is kept. */
export async function changesAt(
  section: Section,
  places: readonly (Place | undefined)[],
  snapshot?: Snapshot,
): Promise<(StoredChange | undefined)[]> {
  const standing = places.flatMap((place) => (isStanding(place) ? [entryKey(place.node, place.seq)] : []));
  const rows = await section.getMany(standing, { snapshot });
  let next = 0;
  return places.map((place) => {
    const row = isStanding(place) ? rows[next++] : undefined;
    return row === undefined ? undefined : new StoredChange(row);
  });
}

/** Where the latest changes of some records stand, in their order. */
export async function placesOf(
  section: Section,
  keys: readonly string[],
  snapshot?: Snapshot,
): Promise<(Place | undefined)[]> {
  const places = await section.getMany(keys.map(placeKey), { snapshot });
  return places.map((bytes) => (bytes === undefined ? undefined : decodePlace(bytes)));
}

/** The latest changes of some records, in their order, of one moment. */
export async function standingChanges(
  section: Section,
  keys: readonly string[],
): Promise<(StoredChange | undefined)[]> {
  const snapshot = section.snapshot();
  try {
    return await changesAt(section, await placesOf(section, keys, snapshot), snapshot);
  } finally {
    await snapshot.close();
  }
}

function isStanding(place: Place | undefined): place is Place {
  return place !== undefined && place.kind !== 'dropped';
}
