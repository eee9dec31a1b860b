import { decodeHolding } from '../../vocab/block.ts';
import { keyOfIri } from '../../vocab/record-key.ts';
import type { Holding } from '../../vocab/record.ts';
import type { Section } from '../store/index.ts';
import { logKey, logRange, positionOfLogKey, readLogged } from './layout.ts';
import { StoredChange } from './rows.ts';

/** The latest change of one record, in this node's own order. */
export interface Change {
  position: number;
  key: string;
  /** Not there where the record was dropped with its feed. */
  holding: Holding | undefined;
}

/**
 * The order in which this node took in changes, its own and its peers': the one log that every reader reads.
 * It is compacted: of each record only the latest change is there.
 */
export class Log {
  readonly #section: Section;

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

  async #read(range: { gt: string; lt: string; limit: number; reverse?: boolean }): Promise<Change[]> {
    const snapshot = this.#section.snapshot();
    try {
      const positions = await this.#section.iterator({ ...range, snapshot }).all();
      const logged = positions.map(([key, value]) => ({
        position: positionOfLogKey(key),
        at: readLogged(value),
      }));
      const standing = logged.flatMap(({ at }) => ('row' in at ? [at.row] : []));
      const rows = await this.#section.getMany(standing, { snapshot });
      let next = 0;
      return logged.flatMap(({ position, at }): Change[] => {
        if ('dropped' in at) return [{ position, key: at.dropped, holding: undefined }];
        const row = rows[next++];
        if (row === undefined) return [];
        const { entry, block } = new StoredChange(row);
        return [{ position, key: keyOfIri(entry.record) ?? '', holding: decodeHolding(block) }];
      });
    } finally {
      await snapshot.close();
    }
  }
}
