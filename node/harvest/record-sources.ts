import type { OtherSource } from './deletions.ts';
import { HarvestError } from './errors.ts';
import type { SourceHarvest } from './source-harvest.ts';
import type { SourceItem } from './sources/index.ts';

/** Which source has which record. */
export class RecordSources {
  readonly #harvests: () => readonly SourceHarvest[];

  /** @param harvests of all sources, as they are by then */
  constructor(harvests: () => readonly SourceHarvest[]) {
    this.#harvests = harvests;
  }

  /** Name of the source that has a record. */
  async of(oaiIdentifier: string): Promise<string | undefined> {
    for (const { name, seen } of this.#harvests()) {
      const [has] = await seen.has([oaiIdentifier]);
      if (has === true) return name;
    }
    return undefined;
  }

  /** Those of the records that other sources have or are about to have, too, with the first of these sources. */
  async besides(source: string, identifiers: readonly string[]): Promise<Map<string, OtherSource>> {
    const held = new Map<string, OtherSource>();
    if (identifiers.length === 0) return held;
    let isFirst = true;
    for (const { name, seen, source: other } of this.#harvests()) {
      if (name === source) {
        isFirst = false;
        continue;
      }
      const wasComing = identifiers.map((identifier) => seen.isComing(identifier));
      const has = await seen.has(identifiers);
      for (const [i, identifier] of identifiers.entries()) {
        const isComing = wasComing[i] === true || seen.isComing(identifier);
        if (held.has(identifier) || (has[i] !== true && !isComing)) continue;
        held.set(identifier, { name, url: other.url, isFirst, isComing });
      }
    }
    return held;
  }

  /**
   * A record as each source has it now. Those that have had it come first; one that has not may have it now.
   *
   * @throws HarvestError `HARVEST_UNKNOWN_RECORD` behind the last, for whoever found nothing of use
   */
  async *copiesOf(
    oaiIdentifier: string,
    signal: AbortSignal,
  ): AsyncGenerator<{ harvest: SourceHarvest; item: SourceItem }, never> {
    const all = this.#harvests();
    const has = await Promise.all(all.map(({ seen }) => seen.has([oaiIdentifier])));
    for (const wanted of [true, false]) {
      for (const [i, harvest] of all.entries()) {
        if ((has[i]?.[0] ?? false) !== wanted) continue;
        const item = await harvest.source.one(oaiIdentifier, signal);
        if (item !== undefined) yield { harvest, item };
      }
    }
    throw new HarvestError(
      'HARVEST_UNKNOWN_RECORD',
      `No source has the record ${oaiIdentifier} (any longer).`,
      {
        remedy: 'Look whether the repository still has it, and under this OAI identifier.',
      },
    );
  }
}
