import type { Section } from '../../store/index.ts';
import { citedBlocks } from './blocks.ts';
import type { CitedProfile } from './cited-profile.ts';
import { decodeWork, holderRange, recordOfHolderKey, workKey } from './layout.ts';
import { best, matchByTitle } from './matching.ts';
import type { WorkProfile } from './work-profile.ts';

/** Of titles that begin alike, or records with one identifier, no more are looked at: the first by their keys. */
const MOST_IN_A_BLOCK = 200;
/** What is read for one question stays at hand as long as it is answered, within this. */
const MOST_KEPT = 5_000;

export type Snapshot = ReturnType<Section['snapshot']>;

/** Finds the held works that references are to, as of one moment: a snapshot of the section. */
export class Candidates {
  readonly #section: Section;
  readonly #snapshot: Snapshot;
  readonly #holders = new Map<string, readonly string[]>();
  readonly #works = new Map<string, WorkProfile | undefined>();

  constructor(section: Section, snapshot: Snapshot) {
    this.#section = section;
    this.#snapshot = snapshot;
  }

  /**
   * The records of the work that is cited, sorted; several where copies of it are held. Those with an identifier of the
   * reference, or if there are none, those that its title, authors and year are of. Never the citing record itself.
   */
  async matches(cited: CitedProfile, citing: string): Promise<string[]> {
    const blocks = citedBlocks(cited);
    const named = await this.#holdersOf(blocks.identifiers);
    const byIdentifier = named.filter((record) => record !== citing);
    if (byIdentifier.length > 0) return byIdentifier;
    if (named.length > 0) return [];
    const records = (await this.#holdersOf(blocks.titles)).filter((record) => record !== citing);
    await this.#load(records);
    const found = records.flatMap((record) => {
      const work = this.#works.get(record);
      const match = work === undefined ? undefined : matchByTitle(cited, work);
      return match === undefined ? [] : [{ record, match }];
    });
    return best(found).map(({ record }) => record);
  }

  /** The records that have one of the identifiers. */
  async withIdentifiers(identifiers: readonly string[]): Promise<string[]> {
    return await this.#holdersOf(citedBlocks({ identifiers, letters: '' }).identifiers);
  }

  async work(record: string): Promise<WorkProfile | undefined> {
    await this.#load([record]);
    return this.#works.get(record);
  }

  async #holdersOf(blocks: readonly string[]): Promise<string[]> {
    const found = new Set<string>();
    for (const block of blocks) {
      let records = this.#holders.get(block);
      if (records === undefined) {
        const range = { ...holderRange(block), limit: MOST_IN_A_BLOCK, snapshot: this.#snapshot };
        records = (await this.#section.keys(range).all()).map(recordOfHolderKey);
        if (this.#holders.size >= MOST_KEPT) this.#holders.clear();
        this.#holders.set(block, records);
      }
      for (const record of records) found.add(record);
    }
    return [...found].sort();
  }

  async #load(records: readonly string[]): Promise<void> {
    if (this.#works.size >= MOST_KEPT) this.#works.clear();
    const missing = records.filter((record) => !this.#works.has(record));
    if (missing.length === 0) return;
    const values = await this.#section.getMany(missing.map(workKey), { snapshot: this.#snapshot });
    for (const [i, record] of missing.entries()) {
      const bytes = values[i];
      this.#works.set(record, bytes === undefined ? undefined : decodeWork(bytes));
    }
  }
}
