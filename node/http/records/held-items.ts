import { isTombstone, type Holding, type Record as NgrRecord } from '../../../vocab/record.ts';
import type { Catalogue } from '../../catalogue/index.ts';
import type { Institution, Institutions } from '../peers/institutions.ts';

/** A holding, and whose it is. */
export interface HeldItem {
  key: string;
  holding: Holding;
  institution: Institution;
}

/** A record that is held, and no tombstone. */
export interface HeldRecord extends HeldItem {
  holding: NgrRecord;
}

/** Reads what is held under some keys, with the institution that holds each. */
export class HeldItems {
  readonly #holdings: Pick<Catalogue['holdings'], 'getMany'>;
  readonly #institutions: Institutions;

  constructor({
    holdings,
    institutions,
  }: {
    holdings: Pick<Catalogue['holdings'], 'getMany'>;
    institutions: Institutions;
  }) {
    this.#holdings = holdings;
    this.#institutions = institutions;
  }

  /** In the order of the keys; those under which nothing is held any more are left out. */
  async of(keys: readonly string[]): Promise<HeldItem[]> {
    const holdings = await this.#holdings.getMany(keys);
    return keys.flatMap((key, i) => {
      const holding = holdings[i];
      return holding === undefined
        ? []
        : [{ key, holding, institution: this.#institutions.of(holding.node) }];
    });
  }

  /** The same without tombstones. */
  async recordsOf(keys: readonly string[]): Promise<HeldRecord[]> {
    return (await this.of(keys)).filter((item) => isHeldRecord(item));
  }
}

function isHeldRecord(item: HeldItem): item is HeldRecord {
  return !isTombstone(item.holding);
}
