import { Citations } from '../../../node/analysis/citations/index.ts';
import type { Change, HarvestedRecord } from '../../../node/catalogue/index.ts';
import { writeBatch, type Section } from '../../../node/store/index.ts';
import { recordIri, recordKey } from '../../../vocab/record-key.ts';
import type { Holding, Reference, Tombstone } from '../../../vocab/record.ts';
import { aRecord } from '../../support/builders.ts';

const NODE = '12D3KooWTest';

export const keyOf = (n: number): string => recordKey(NODE, `oai:repository.example:${n}`);

/** What is held under the number's key: a record, a tombstone, or nothing since its feed was dropped. */
export type Held = Partial<HarvestedRecord> | 'withdrawn' | 'dropped';

function aHolding(n: number, parts: Exclude<Held, 'dropped'>): Holding {
  const place = { id: recordIri('https://node.example', keyOf(n)), node: NODE };
  const { titles, identifiers, oaiIdentifier, sets, datestamp, ...record } = aRecord({
    oaiIdentifier: `oai:repository.example:${n}`,
    ...(parts === 'withdrawn' ? {} : parts),
  });
  const common = { ...place, titles, identifiers, oaiIdentifier, sets, datestamp };
  if (parts !== 'withdrawn') return { ...common, ...record };
  return { ...common, tombstone: { kind: 'withdrawn', reason: 'Test', at: 0 } } satisfies Tombstone;
}

/** The reader with its section, given its changes by the test as the runner would: each batch written at once. */
export class DrivenCitations {
  readonly section: Section;
  reader: Citations;
  #position = 0;

  private constructor(section: Section, reader: Citations) {
    this.section = section;
    this.reader = reader;
  }

  static async over(section: Section, reader = new Citations()): Promise<DrivenCitations> {
    await section.open();
    await reader.open(section);
    return new DrivenCitations(section, reader);
  }

  async apply(steps: readonly (readonly [n: number, to: Held])[]): Promise<void> {
    const changes = steps.map(([n, to]): Change => ({
      position: ++this.#position,
      key: keyOf(n),
      holding: to === 'dropped' ? undefined : aHolding(n, to),
    }));
    const operations = await this.reader.apply(changes, this.section);
    await writeBatch(this.section, operations, { durable: false });
  }

  /** The held works that each reference of a record leads to. */
  async cited(n: number): Promise<string[][]> {
    const { works } = await this.reader.cites([keyOf(n)], { limit: 1_000 });
    return works.map((work) => work.works);
  }

  async citing(...ns: number[]): Promise<string[]> {
    return (await this.reader.citedBy(ns.map(keyOf), { limit: 1_000 })).records;
  }

  /** Every row, in order. */
  async rows(): Promise<string[]> {
    const rows = await this.section.iterator().all();
    return rows.map(([key, value]) => `${key} ${Buffer.from(value).toString('hex')}`);
  }
}

/** A reference that says what a well-made list says. */
export function aReference(parts: {
  author?: string;
  year?: string;
  title: string;
  behind?: string;
}): Reference {
  const { author = 'Knoth, P.', year = '2016', title, behind = 'Journal of Tests 3(2), 1–9.' } = parts;
  return { text: `${author} (${year}). ${title}. ${behind}`, title, year };
}
