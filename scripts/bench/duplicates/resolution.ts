import { Duplicates } from '../../../node/analysis/duplicates/index.ts';
import { openStore, writeBatch, type Section, type Store } from '../../../node/store/index.ts';
import { withDirectory } from '../processes.ts';
import { changeTo, type Described } from './described.ts';
import { pairsIn } from './pairs.ts';

/** Changes a batch, as `ReaderRunner` hands them over. */
const BATCH = 200;

/** The reader over a store of its own, given records as the node gives them. */
export class Resolution {
  readonly #store: Store;
  readonly #section: Section;
  readonly #duplicates = new Duplicates();
  #position = 0;
  #cpuMicroseconds = 0;

  private constructor(store: Store) {
    this.#store = store;
    this.#section = store.section(this.#duplicates.name);
  }

  static async open(directory: string): Promise<Resolution> {
    const resolution = new Resolution(await openStore(directory));
    await resolution.#section.open();
    await resolution.#duplicates.open(resolution.#section);
    return resolution;
  }

  /** How many records were taken in. */
  get records(): number {
    return this.#position;
  }

  /** Seconds of processor time that taking them in took, with what the database does meanwhile in its own thread. */
  get cpuSeconds(): number {
    return this.#cpuMicroseconds / 1e6;
  }

  async takeIn(records: readonly Described[]): Promise<void> {
    for (let at = 0; at < records.length; at += BATCH) {
      const changes = records.slice(at, at + BATCH).map((record) => changeTo(record, ++this.#position));
      const begun = process.cpuUsage();
      const operations = await this.#duplicates.apply(changes, this.#section);
      await writeBatch(this.#section, operations, { durable: false });
      this.#duplicates.applied();
      const { user, system } = process.cpuUsage(begun);
      this.#cpuMicroseconds += user + system;
    }
  }

  /** The keys of the records of each work that has two or more. */
  async works(): Promise<string[][]> {
    const works: string[][] = [];
    for (let after: string | undefined; ;) {
      const page = await this.#duplicates.works({ limit: 1_000, ...(after !== undefined && { after }) });
      works.push(...page.map(({ members }) => members));
      after = page.at(-1)?.id;
      if (after === undefined) return works;
    }
  }

  async close(): Promise<void> {
    await this.#store.close();
  }
}

/** The pairs of records that come to lie in one work where these records are held. */
export async function pairsFoundIn(records: readonly Described[]): Promise<Set<string>> {
  return await withDirectory(async (directory) => {
    const resolution = await Resolution.open(directory);
    await resolution.takeIn(records);
    const pairs = pairsIn(await resolution.works());
    await resolution.close();
    return pairs;
  });
}
