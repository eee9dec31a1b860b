import type { Section } from '../../store/index.ts';
import {
  COUNTS_KEY,
  decodeCounts,
  decodeKeys,
  decodeLinks,
  linksKey,
  memberKey,
  NO_COUNTS,
  toText,
  VERSION,
  workId,
  workKey,
  workRange,
} from './layout.ts';
import { isClustered, sumsOf, type Work } from './membership.ts';

/**
 * The works that were found, as the rows tell them. Of a record that is of no work with others nothing is written, so whether it
 * stands, and is a work by itself, is known elsewhere.
 */
export abstract class FoundWorks {
  readonly name = 'duplicates';
  readonly version = VERSION;
  protected counted = NO_COUNTS;
  protected opened: Section | undefined;

  async open(section: Section): Promise<void> {
    this.opened = section;
    const bytes = await section.get(COUNTS_KEY);
    this.counted = bytes === undefined ? NO_COUNTS : decodeCounts(bytes);
  }

  /** The id of the work that a record is of, alone or with others; undefined where no record stands under the key. */
  async workOf(key: string): Promise<string | undefined> {
    const mark = await this.section.get(memberKey(key));
    const work = mark === undefined ? undefined : toText(mark);
    if (isClustered(work)) return work;
    return (await this.stands(key)) ? workId([key]) : undefined;
  }

  /** The works that records are of, in the order of the keys; undefined where no record stands under a key. */
  async worksOf(keys: readonly string[]): Promise<(Work | undefined)[]> {
    const { section } = this;
    const snapshot = section.snapshot();
    try {
      const marks = await section.getMany(keys.map(memberKey), { snapshot });
      const ids = marks.map((mark) => (mark === undefined ? undefined : toText(mark)));
      const clustered = [...new Set(ids.filter(isClustered))];
      const rows = await section.getMany(clustered.map(workKey), { snapshot });
      const works = new Map(clustered.map((id, i): [string, Uint8Array | undefined] => [id, rows[i]]));
      return await Promise.all(
        keys.map(async (key, i): Promise<Work | undefined> => {
          const id = ids[i];
          const row = id === undefined ? undefined : works.get(id);
          if (id !== undefined && row !== undefined) return { id, members: decodeKeys(row) };
          return (await this.stands(key)) ? { id: workId([key]), members: [key] } : undefined;
        }),
      );
    } finally {
      await snapshot.close();
    }
  }

  async work(id: string): Promise<Work | undefined> {
    const members = await this.section.get(workKey(id));
    if (members !== undefined) return { id, members: decodeKeys(members) };
    const only = id.slice(1);
    return (await this.workOf(only)) === id ? { id, members: [only] } : undefined;
  }

  /** The other records of the record's work, sorted. */
  async copiesOf(key: string): Promise<string[]> {
    const [work] = await this.worksOf([key]);
    return work?.members.filter((member) => member !== key) ?? [];
  }

  /** What each record is linked to, in the order of the keys: by the key of the other what speaks for it, in bits by the default weights. */
  async linksOf(keys: readonly string[]): Promise<ReadonlyMap<string, number>[]> {
    const rows = await this.section.getMany(keys.map(linksKey));
    return rows.map((bytes) => (bytes === undefined ? new Map() : decodeLinks(bytes)));
  }

  /** Works of two or more records, by id. */
  async works({ after, limit }: { after?: string; limit: number }): Promise<Work[]> {
    const found = await this.section.iterator({ ...workRange(after), limit }).all();
    return found.map(([key, members]) => ({
      id: key.slice(workKey('').length),
      members: decodeKeys(members),
    }));
  }

  /** `works`: all, those of one record too. `clusters`: those of two or more. */
  counts(): { works: number; clusters: number } {
    return sumsOf(this.counted);
  }

  /**
   * What was too much to be looked at in whole. `crowded`: records that stand alone because they hang together with too many
   * others. `oversize`: blocks that no author, year or page parts any further, whose records are compared only where they
   * meet in other blocks.
   */
  bounds(): { crowded: number; oversize: number } {
    const { crowded, oversize } = this.counted;
    return { crowded, oversize };
  }

  /** Whether a record stands under a key, and no tombstone. */
  protected abstract stands(key: string): Promise<boolean>;

  protected get section(): Section {
    if (this.opened === undefined) throw new TypeError('the works have not been opened');
    return this.opened;
  }
}
