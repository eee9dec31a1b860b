import type { Reference } from '../../../vocab/record.ts';
import type { Section } from '../../store/index.ts';
import { citedBlocks } from './blocks.ts';
import type { Snapshot } from './candidates.ts';
import { citedProfile } from './cited-profile.ts';
import { Graph } from './graph.ts';
import {
  citationKey,
  citationRange,
  citingRange,
  decodeCitation,
  numberOfCitationKey,
  recordOfCitingKey,
} from './layout.ts';
import { referenceNames } from './reference-names.ts';

/** How another record stands to a work in the citation graph. */
export interface CitationNeighbour {
  record: string;
  /** Whether the work cites it. */
  isCited: boolean;
  /** Whether it cites the work. */
  isCiting: boolean;
  /** References that both have (bibliographic coupling, Kessler 1963), whether or not their works are held. */
  sharedReferences: number;
  /** Records that cite both (co-citation, Small 1973). */
  citedTogether: number;
  /** Both by how few have them in common (Adamic and Adar 2003): each adds 1 / log2(2 + how many). */
  coupling: number;
  cocitation: number;
}

/*
 * A question looks at no more than this, the first by the order of the store: it is asked for every page of a record, and
 * what there is beyond tells of a survey or of a classic.
 */
const MOST_REFERENCES = 100;
const MOST_CITING = 12;
const MOST_EXAMINED = 200;
const MOST_CITED_BY_ONE = 60;
/** A reference that as many have tells of a field, not of two works. */
const COMMON = 64;

/** What is near a work in the citation graph, as of one moment. The work is given by its records. */
export class CitationNeighbours {
  readonly #section: Section;
  readonly #snapshot: Snapshot;
  readonly #graph: Graph;
  readonly #found = new Map<string, CitationNeighbour>();

  constructor(section: Section, snapshot: Snapshot) {
    this.#section = section;
    this.#snapshot = snapshot;
    this.#graph = new Graph(section, snapshot);
  }

  async of(records: readonly string[]): Promise<CitationNeighbour[]> {
    await this.#cited(records);
    await this.#coupled(records);
    await this.#citing(records);
    for (const record of records) this.#found.delete(record);
    return [...this.#found.values()].sort((a, b) => (a.record < b.record ? -1 : 1));
  }

  async #cited(records: readonly string[]): Promise<void> {
    let left = MOST_REFERENCES;
    for await (const { works } of this.#graph.cites(records)) {
      for (const work of works) this.#at(work).isCited = true;
      left -= 1;
      if (left === 0) return;
    }
  }

  async #coupled(records: readonly string[]): Promise<void> {
    const seen = new Set<string>();
    for (const reference of await this.#referencesOf(records)) {
      const names = new Set(referenceNames(reference));
      if (names.size === 0 || [...names].some((name) => seen.has(name))) continue;
      for (const name of names) seen.add(name);
      const others = await this.#havingReference(reference, names);
      for (const record of records) others.delete(record);
      for (const record of others) {
        const neighbour = this.#at(record);
        neighbour.sharedReferences += 1;
        neighbour.coupling += share(others.size);
      }
    }
  }

  async #citing(records: readonly string[]): Promise<void> {
    let examined = 0;
    let citing = 0;
    for await (const { record, cites } of this.#graph.citing(records)) {
      examined += 1;
      if (cites) {
        this.#at(record).isCiting = true;
        if (citing < MOST_CITING) await this.#citedTogether(record, records);
        citing += 1;
      }
      if (examined === MOST_EXAMINED) return;
    }
  }

  async #citedTogether(citing: string, records: readonly string[]): Promise<void> {
    const together = new Set<string>();
    let listed = 0;
    for await (const { works } of this.#graph.cites([citing])) {
      for (const work of works) if (!records.includes(work)) together.add(work);
      listed += 1;
      if (listed === MOST_CITED_BY_ONE) break;
    }
    for (const record of together) {
      const neighbour = this.#at(record);
      neighbour.citedTogether += 1;
      neighbour.cocitation += share(listed);
    }
  }

  async #referencesOf(records: readonly string[]): Promise<Reference[]> {
    const references: Reference[] = [];
    for (const record of records) {
      const range = { ...citationRange(record), limit: MOST_REFERENCES, snapshot: this.#snapshot };
      for (const value of await this.#section.values(range).all()) {
        const { kind, reference } = decodeCitation(value);
        if (kind === 'cites' && references.length < MOST_REFERENCES) references.push(reference);
      }
    }
    return references;
  }

  /** The records that have it in their lists too; none where nearly all have it. */
  async #havingReference(reference: Reference, names: ReadonlySet<string>): Promise<Set<string>> {
    const { identifiers, titles } = citedBlocks(citedProfile(reference));
    const rows: string[] = [];
    for (const block of [...identifiers, ...titles]) {
      const range = { ...citingRange(block, undefined), limit: COMMON, snapshot: this.#snapshot };
      const keys = await this.#section.keys(range).all();
      if (keys.length < COMMON) rows.push(...keys);
    }
    const unique = [...new Map(rows.map((row) => [citationOfRow(row), row])).entries()];
    const values = await this.#section.getMany(
      unique.map(([key]) => key),
      { snapshot: this.#snapshot },
    );
    const having = new Set<string>();
    for (const [i, [, row]] of unique.entries()) {
      const bytes = values[i];
      if (bytes === undefined) continue;
      const other = referenceNames(decodeCitation(bytes).reference);
      if (other.some((name) => names.has(name))) having.add(recordOfCitingKey(row));
    }
    return having;
  }

  #at(record: string): CitationNeighbour {
    const known = this.#found.get(record);
    if (known !== undefined) return known;
    const neighbour = {
      record,
      isCited: false,
      isCiting: false,
      sharedReferences: 0,
      citedTogether: 0,
      coupling: 0,
      cocitation: 0,
    };
    this.#found.set(record, neighbour);
    return neighbour;
  }
}

const share = (others: number): number => 1 / Math.log2(2 + others);

const citationOfRow = (row: string): string => citationKey(recordOfCitingKey(row), numberOfCitationKey(row));
