import { decodeHolding } from '../../vocab/block.ts';
import { keyOfIri } from '../../vocab/record-key.ts';
import type { Section } from '../store/index.ts';
import type { Change } from './change.ts';
import { logKey, logRange, positionOfLogKey, readLogged } from './layout.ts';
import { RecentChanges } from './recent-changes.ts';
import { StoredChange } from './rows.ts';

/**
 * The order in which this node took in changes, its own and its peers': the one log that every reader reads.
 * It is compacted: of each record only the latest change is there.
 */
export class Log {
  readonly #section: Section;
  #recent = new RecentChanges();

  constructor(section: Section) {
    this.#section = section;
  }

  /** At most `limit` changes behind `position`, in order, each with what is held now. */
  async after(position: number, limit: number): Promise<Change[]> {
    return await this.#read({ ...logRange(position), limit });
  }

  /** At most `limit` changes before `position` (or the end), newest first. */
  async before(position: number | undefined, limit: number): Promise<Change[]> {
    const { gt, lt } = logRange(0);
    return await this.#read({ gt, lt: position === undefined ? lt : logKey(position), reverse: true, limit });
  }

  /** The last position; 0 where nothing is there yet. */
  async end(): Promise<number> {
    for await (const key of this.#section.keys({ ...logRange(0), reverse: true, limit: 1 })) {
      return positionOfLogKey(key);
    }
    return 0;
  }

  /** To be called where positions may have other changes than before: a database may have lost the last ones. */
  forgetRecent(): void {
    // Another one, so that what is being read now is not kept behind this.
    this.#recent = new RecentChanges();
  }

  async #read(range: { gt: string; lt: string; limit: number; reverse?: boolean }): Promise<Change[]> {
    const recentChanges = this.#recent;
    const snapshot = this.#section.snapshot();
    try {
      const rows = await this.#section.iterator({ ...range, snapshot }).all();
      const logged = rows.map(([key, value]) => {
        const position = positionOfLogKey(key);
        return { position, at: readLogged(value), recent: recentChanges.at(position) };
      });
      const unread = logged.flatMap(({ at, recent }) =>
        recent === undefined && 'row' in at ? [at.row] : [],
      );
      const stored = unread.length === 0 ? [] : await this.#section.getMany(unread, { snapshot });
      let next = 0;
      return logged.flatMap(({ position, at, recent }): Change[] => {
        if (recent !== undefined) return [recent];
        if ('dropped' in at) return [{ position, key: at.dropped, holding: undefined }];
        const row = stored[next++];
        return row === undefined ? [] : [decoded(position, new StoredChange(row), recentChanges)];
      });
    } finally {
      await snapshot.close();
    }
  }
}

function decoded(position: number, { entry, block }: StoredChange, recent: RecentChanges): Change {
  const { record, time } = entry;
  const change = { position, key: keyOfIri(record) ?? '', holding: decodeHolding(block), time };
  recent.keep(change, block.length);
  return change;
}
