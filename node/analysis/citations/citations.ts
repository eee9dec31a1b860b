import { isTombstone, type Reference } from '../../../vocab/record.ts';
import type { Change, Reader } from '../../catalogue/index.ts';
import type { Operation, Section } from '../../store/index.ts';
import type { Snapshot } from './candidates.ts';
import type { DoiTitles } from './doi-titles.ts';
import { Graph, type CitedWork } from './graph.ts';
import { citationRange, decodeCitation, decodeWork, workKey } from './layout.ts';
import { CitationNeighbours, type CitationNeighbour } from './neighbours.ts';
import { keptOf, rowsOf, type Kept } from './record-rows.ts';

export interface Paging {
  limit: number;
  /** Behind this place, or this record. */
  after?: string;
}

export interface CitationCounts {
  /** Entries of the list of references, and relations of the metadata. */
  references: number;
  /** Those of them whose works are held. */
  cites: number;
}

export type TitlesOfDois = Pick<DoiTitles, 'offer' | 'known'>;

/** So many make about as many rows as all else of a record. */
const REFERENCES_A_CHANGE = 8;

/** One question looks at no more citing records; its page may be short then, and goes on behind the last one. */
const MOST_EXAMINED = 5_000;

/**
 * Which records cite which, across all repositories whose records are held.
 *
 * Nothing of the graph is stored: of each record only what it says itself, once as a work that may be cited and once for
 * each of its references, under blocks in which both meet. A question joins them. So the graph is a function of the set of
 * records held, whatever the order in which they came; a reference waits for a work that comes later, and the links of a
 * withdrawn record go with it.
 */
export class Citations implements Reader {
  readonly name = 'citations';
  readonly version = 1;
  readonly #titles: TitlesOfDois | undefined;
  #section: Section | undefined;

  /** @param options.titles looks up the titles of works that are cited by DOI alone, where the operator wants that */
  constructor(options: { titles?: TitlesOfDois } = {}) {
    this.#titles = options.titles;
  }

  open(section: Section): Promise<void> {
    this.#section = section;
    return Promise.resolve();
  }

  /** A record may have a thousand references, each with several rows. */
  weightOf({ holding }: Change): number {
    if (holding === undefined || isTombstone(holding)) return 1;
    return 1 + (holding.references.length + holding.relations.length) / REFERENCES_A_CHANGE;
  }

  async apply(changes: readonly Change[], section: Section): Promise<Operation[]> {
    const latest = new Map(changes.map(({ key, holding }) => [key, holding]));
    const operations: Operation[] = [];
    const before = await readKept(section, [...latest.keys()]);
    for (const [record, holding] of latest) {
      const kept = keptOf(holding);
      operations.push(...rowChanges(rowsOf(record, before.get(record)), rowsOf(record, kept)));
      for (const { reference } of kept?.citations ?? []) this.#offer(reference);
    }
    return operations;
  }

  /**
   * What a record, or several records of one work, cite: the references of each in their order, those that copies share
   * once; then what only the cited records say.
   */
  async cites(
    records: readonly string[],
    { limit, after }: Paging,
  ): Promise<{ works: CitedWork[]; next?: string }> {
    const page = await this.#ask(async (graph): Promise<{ works: CitedWork[]; next?: string }> => {
      const works: CitedWork[] = [];
      for await (const work of graph.cites(records, after)) {
        const last = works.at(-1);
        if (last !== undefined && works.length === limit) return { works, next: last.place };
        works.push(work);
      }
      return { works };
    });
    return { ...page, works: await this.#named(page.works) };
  }

  /**
   * The records that cite one of the given ones (a record and its copies), in the order of their keys. A page may be short
   * or even empty where much had to be looked at: there is more as long as there is a `next`.
   */
  async citedBy(
    records: readonly string[],
    { limit, after }: Paging,
  ): Promise<{ records: string[]; next?: string }> {
    return await this.#ask(async (graph) => {
      const found: string[] = [];
      let examined = 0;
      let last: string | undefined;
      for await (const { record, cites } of graph.citing(records, after)) {
        if (last !== undefined && (found.length === limit || examined === MOST_EXAMINED)) {
          return { records: found, next: last };
        }
        if (cites) found.push(record);
        examined += 1;
        last = record;
      }
      return { records: found };
    });
  }

  /** How long the list of `cites` is, without making it. */
  async counts(records: readonly string[]): Promise<CitationCounts> {
    return await this.#ask(async (graph) => {
      const counts = { references: 0, cites: 0 };
      for await (const { works } of graph.cites(records)) {
        counts.references += 1;
        counts.cites += Number(works.length > 0);
      }
      return counts;
    });
  }

  /** What is near a work in the graph, by the records of it that are held. Bounded: the first few hundred references count. */
  async neighbours(records: readonly string[]): Promise<CitationNeighbour[]> {
    return await this.#atOneMoment((section, snapshot) =>
      new CitationNeighbours(section, snapshot).of(records),
    );
  }

  /** Adds what the resolver said of works that are not held and of which the reference has no title. */
  async #named(works: readonly CitedWork[]): Promise<CitedWork[]> {
    const dois = works.flatMap((work) => (work.works.length === 0 ? (unnamedDoi(work.reference) ?? []) : []));
    if (this.#titles === undefined || dois.length === 0) return [...works];
    const known = await this.#titles.known(dois);
    return works.map((work) => {
      const doi = work.works.length === 0 ? unnamedDoi(work.reference) : undefined;
      const found = doi === undefined ? undefined : known.get(doi);
      if (doi !== undefined && found === undefined) this.#titles?.offer(doi);
      return found === undefined || work.reference === undefined
        ? work
        : { ...work, reference: { ...found, ...work.reference } };
    });
  }

  #offer(reference: Reference): void {
    const doi = unnamedDoi(reference);
    if (doi !== undefined) this.#titles?.offer(doi);
  }

  async #ask<T>(question: (graph: Graph) => Promise<T>): Promise<T> {
    return await this.#atOneMoment((section, snapshot) => question(new Graph(section, snapshot)));
  }

  async #atOneMoment<T>(question: (section: Section, snapshot: Snapshot) => Promise<T>): Promise<T> {
    if (this.#section === undefined) throw new TypeError('the reader has not been started');
    const snapshot = this.#section.snapshot();
    try {
      return await question(this.#section, snapshot);
    } finally {
      await snapshot.close();
    }
  }
}

/** The DOI of a reference of which nothing else is known. */
function unnamedDoi(reference: Reference | undefined): string | undefined {
  const { identifier, title } = reference ?? {};
  return identifier?.scheme === 'doi' && title === undefined ? identifier.value : undefined;
}

/** What is kept of some records. Of one that is new there is nothing to be looked for but its work. */
async function readKept(section: Section, records: readonly string[]): Promise<Map<string, Kept>> {
  const works = await section.getMany(records.map(workKey));
  const kept = await Promise.all(
    records.map(async (record, i): Promise<[string, Kept][]> => {
      const bytes = works[i];
      if (bytes === undefined) return [];
      const values = await section.values(citationRange(record)).all();
      return [[record, { work: decodeWork(bytes), citations: values.map(decodeCitation) }]];
    }),
  );
  return new Map(kept.flat());
}

function rowChanges(
  before: ReadonlyMap<string, Uint8Array>,
  after: ReadonlyMap<string, Uint8Array>,
): Operation[] {
  const operations: Operation[] = [];
  for (const [key, value] of after) {
    const known = before.get(key);
    if (known === undefined || Buffer.compare(known, value) !== 0)
      operations.push({ type: 'put', key, value });
  }
  for (const key of before.keys()) if (!after.has(key)) operations.push({ type: 'del', key });
  return operations;
}
