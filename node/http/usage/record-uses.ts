import { workNames } from '../../../protocols/usage-summary/index.ts';
import type { Holding } from '../../../vocab/record.ts';
import type { WorkTotals } from '../../analysis/regional-usage/index.ts';
import type { MonthMetrics, MonthRange } from '../../analysis/usage/index.ts';
import type { Clock } from '../../clock.ts';
import type { HeldWork, HeldWorks } from '../works/held-works.ts';
import type { Site } from '../site.ts';
import { periodOf, type AskedPeriod } from './period.ts';
import type { OwnUse, RegionalUse } from './sources.ts';

/** What is known of the use of one record. */
export interface RecordUse {
  /** Counted by this node, so for its own records only; ascending. */
  months: readonly MonthMetrics[] | undefined;
  /** What nodes tell of the copies of its work. */
  work: WorkTotals;
}

/** Finds the use of single records: the own counts, and those of every copy in the region. */
export class RecordUses {
  readonly #own: Pick<OwnUse, 'item'>;
  readonly #region: Pick<RegionalUse, 'work'>;
  readonly #works: Pick<HeldWorks, 'of'>;
  readonly #site: Pick<Site, 'node'>;
  readonly #clock: Clock;

  constructor(parts: {
    usage: Pick<OwnUse, 'item'>;
    regionalUsage: Pick<RegionalUse, 'work'>;
    works: Pick<HeldWorks, 'of'>;
    site: Pick<Site, 'node'>;
    clock: Clock;
  }) {
    this.#own = parts.usage;
    this.#region = parts.regionalUsage;
    this.#works = parts.works;
    this.#site = parts.site;
    this.#clock = parts.clock;
  }

  /** The own counts of an own record. */
  async own(key: string, holding: Holding, asked: AskedPeriod): Promise<RecordUse['months']> {
    return holding.node === this.#site.node ? await this.#own.item(key, this.#range(asked)) : undefined;
  }

  /** @param known the record's work, where it has been read already */
  async copies(
    key: string,
    holding: Holding,
    asked: AskedPeriod,
    known?: Pick<HeldWork, 'records'>,
  ): Promise<WorkTotals> {
    const work = known ?? (await this.#works.of(key));
    const records = (work?.records ?? []).map((copy) => ({
      key: copy.key,
      identifiers: copy.holding.identifiers,
    }));
    const names = workNames([{ key, identifiers: holding.identifiers }, ...records]);
    return await this.#region.work(names, this.#range(asked));
  }

  #range(asked: AskedPeriod): MonthRange {
    const { from, to } = periodOf(asked, this.#clock.now());
    return { from, to };
  }
}
