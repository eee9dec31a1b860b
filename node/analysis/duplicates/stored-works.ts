import type { Reader } from '../../catalogue/index.ts';
import type { Section } from '../../store/index.ts';
import {
  COUNTS_KEY,
  decodeCounts,
  decodeKeys,
  memberKey,
  NO_COUNTS,
  toText,
  VERSION,
  workId,
  workKey,
} from './layout.ts';
import { isClustered, sumsOf, type Work } from './membership.ts';

/**
 * The works that `Duplicates` has found, as its rows tell them, for a process that only reads: which records are of one work, and not
 * why. A record that is held and was not compared yet is a work by itself.
 */
export class StoredWorks implements Pick<Reader, 'name' | 'version' | 'open'> {
  readonly name = 'duplicates';
  readonly version = VERSION;
  readonly #stands: (key: string) => Promise<boolean>;
  #section: Section | undefined;
  #counts = NO_COUNTS;

  /** @param options.stands whether a record is held under a key, and is no tombstone */
  constructor({ stands }: { stands: (key: string) => Promise<boolean> }) {
    this.#stands = stands;
  }

  async open(section: Section): Promise<void> {
    this.#section = section;
    const bytes = await section.get(COUNTS_KEY);
    this.#counts = bytes === undefined ? NO_COUNTS : decodeCounts(bytes);
  }

  /** As of the last time when it was opened. */
  counts(): { works: number; clusters: number } {
    return sumsOf(this.#counts);
  }

  async workOf(key: string): Promise<string | undefined> {
    const mark = await this.#opened().get(memberKey(key));
    const work = mark === undefined ? undefined : toText(mark);
    if (isClustered(work)) return work;
    return (await this.#stands(key)) ? workId([key]) : undefined;
  }

  async work(id: string): Promise<Work | undefined> {
    const members = await this.#opened().get(workKey(id));
    if (members !== undefined) return { id, members: decodeKeys(members) };
    const only = id.slice(1);
    return (await this.workOf(only)) === id ? { id, members: [only] } : undefined;
  }

  /** The other records of the record's work, sorted. */
  async copiesOf(key: string): Promise<string[]> {
    const id = await this.workOf(key);
    const work = id === undefined ? undefined : await this.work(id);
    return work?.members.filter((member) => member !== key) ?? [];
  }

  #opened(): Section {
    if (this.#section === undefined) throw new TypeError('the works have not been opened');
    return this.#section;
  }
}
