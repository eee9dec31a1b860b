import { Duplicates, type Statements } from '../../../node/analysis/duplicates/index.ts';
import type { Change, HarvestedRecord } from '../../../node/catalogue/index.ts';
import { writeBatch, type Operation, type Section } from '../../../node/store/index.ts';
import { recordIri, recordKey } from '../../../vocab/record-key.ts';
import type { Holding, Tombstone } from '../../../vocab/record.ts';
import { aRecord } from '../../support/builders.ts';

export const NODE = '12D3KooWTest';

export const keyOf = (n: number): string => recordKey(NODE, `oai:repository.example:${n}`);

/** What is held under the number's key: a record, a tombstone, or nothing. */
export function aHolding(n: number, parts: Partial<HarvestedRecord> | 'withdrawn'): Holding {
  const place = { id: recordIri('https://node.example', keyOf(n)), node: NODE };
  const { titles, identifiers, oaiIdentifier, sets, datestamp, ...record } = aRecord({
    oaiIdentifier: `oai:repository.example:${n}`,
    ...(parts === 'withdrawn' ? {} : parts),
  });
  const common = { ...place, titles, identifiers, oaiIdentifier, sets, datestamp };
  if (parts !== 'withdrawn') return { ...common, ...record };
  return { ...common, tombstone: { kind: 'withdrawn', reason: 'Test', at: 0 } } satisfies Tombstone;
}

export interface Step {
  n: number;
  /** `dropped`: the feed that it came with is followed no longer. */
  to: Partial<HarvestedRecord> | 'withdrawn' | 'dropped';
}

interface Options {
  limits?: { block: number; component: number };
  statements?: Statements;
}

/** The reader with its section, given its changes by the test as the runner would: each batch written at once. */
export class DrivenDuplicates {
  readonly section: Section;
  readonly #options: Options;
  reader: Duplicates;
  #position = 0;

  private constructor(section: Section, options: Options) {
    this.section = section;
    this.#options = options;
    this.reader = new Duplicates(options);
  }

  static async over(section: Section, options: Options = {}): Promise<DrivenDuplicates> {
    const driven = new DrivenDuplicates(section, options);
    await driven.#open();
    return driven;
  }

  async apply(steps: readonly Step[]): Promise<Operation[]> {
    const changes = steps.map(({ n, to }): Change => ({
      position: ++this.#position,
      key: keyOf(n),
      holding: to === 'dropped' ? undefined : aHolding(n, to),
    }));
    const operations = await this.reader.apply(changes, this.section);
    await writeBatch(this.section, operations, { durable: true });
    this.reader.applied();
    return operations;
  }

  /** A new reader over what is on disk, as after a restart. */
  async restart(): Promise<void> {
    this.reader = new Duplicates(this.#options);
    await this.#open();
  }

  async #open(): Promise<void> {
    await this.reader.open(this.section);
    await this.reader.settled();
  }

  async works(): Promise<{ id: string; members: string[] }[]> {
    return await this.reader.works({ limit: 100_000 });
  }
}
