import { FoundWorks } from './found-works.ts';

/**
 * The works that the `Duplicates` of another process has found, for one that only reads: which records are of one work, and not why. A
 * record that is held and was not compared yet is a work by itself. Counts are as of the last time when it was opened.
 */
export class StoredWorks extends FoundWorks {
  readonly #stands: (key: string) => Promise<boolean>;

  /** @param options.stands whether a record is held under a key, and is no tombstone */
  constructor(options: { stands: (key: string) => Promise<boolean> }) {
    super();
    this.#stands = options.stands;
  }

  protected override stands(key: string): Promise<boolean> {
    return this.#stands(key);
  }
}
