import type { Record as NgrRecord } from '../../vocab/record.ts';
import type { Why } from '../analysis/duplicates/index.ts';
import type { RelatedItem } from '../analysis/related/index.ts';
import type { LookedUpCopy } from '../federation/index.ts';
import type { HttpParts } from './parts.ts';
import { RecordUses, type RecordUse } from './usage/index.ts';
import { evidenceBeside, strongestEvidence } from './works/evidence.ts';
import type { HeldWork, HeldWorks } from './works/held-works.ts';

/** What stands beside a record on its page. */
export interface RecordBeside {
  /** What joins it to others of its work, by their keys. */
  evidence: ReadonlyMap<string, Why>;
  /** Copies at nodes that are not followed. */
  elsewhere: readonly LookedUpCopy[];
  usage: RecordUse;
  related: readonly Pick<RelatedItem, 'key' | 'reasons'>[];
}

/** What of a record or a work is worked out from more than its rows, by the process that has all of it in memory. */
export interface Beside {
  ofRecord(key: string, record: NgrRecord, work: HeldWork | undefined): Promise<RecordBeside>;
  /** For each record of a work what joins it to the one with which it has most in common. */
  ofWork(work: HeldWork): Promise<ReadonlyMap<string, Why>>;
  /** Where other nodes reach this one. */
  addresses(): Promise<readonly string[]>;
}

const RELATED = 6;
/** Of a work with more records those beyond are listed without what joins them. */
const EXPLAINED = 20;

/** Works it out here. */
export class WorkedOut implements Beside {
  readonly #parts: Pick<HttpParts, 'duplicates' | 'federation' | 'lookups' | 'related'>;
  readonly #uses: RecordUses;

  constructor(
    parts: Pick<
      HttpParts,
      'duplicates' | 'federation' | 'lookups' | 'related' | 'usage' | 'regionalUsage' | 'site' | 'clock'
    > & { works: HeldWorks },
  ) {
    this.#parts = parts;
    this.#uses = new RecordUses(parts);
  }

  async ofRecord(key: string, record: NgrRecord, work: HeldWork | undefined): Promise<RecordBeside> {
    const { duplicates, lookups, related } = this.#parts;
    const [evidence, elsewhere, months, copies, found] = await Promise.all([
      evidenceBeside(duplicates, key, { records: work?.records ?? [], most: EXPLAINED }),
      lookups.copiesOf(key),
      this.#uses.own(key, record, { period: 'all' }),
      this.#uses.copies(key, record, { period: 'last-12' }, work),
      related.related(key, RELATED),
    ]);
    return { evidence, elsewhere, usage: { months, work: copies }, related: found };
  }

  async ofWork(work: HeldWork): Promise<ReadonlyMap<string, Why>> {
    return await strongestEvidence(this.#parts.duplicates, work);
  }

  addresses(): Promise<readonly string[]> {
    return Promise.resolve(this.#parts.federation.multiaddrs);
  }
}
