import type { Reference } from '../../../vocab/record.ts';
import type { Section } from '../../store/index.ts';
import { workBlocks } from './blocks.ts';
import { Candidates, type Snapshot } from './candidates.ts';
import { citedProfile } from './cited-profile.ts';
import { citingRecords, inGroups, MOST_ROWS, type CitingRows } from './citing-records.ts';
import {
  citationKey,
  citationRange,
  citingRange,
  citingRangeOf,
  claimRange,
  decodeCitation,
  numberOfCitationKey,
} from './layout.ts';
import { lettersWithMarks, withoutMarks } from './letters.ts';
import { referenceNames } from './reference-names.ts';

/** A work that a record cites. */
export interface CitedWork {
  /** Where it stands in the list, for `after`. */
  place: string;
  /** Which of the records that were asked about says so; undefined where it is the cited record that says it. */
  record: string | undefined;
  /** Its place in that record's `references`; undefined for a relation of the metadata. */
  index: number | undefined;
  /** What is said of it; undefined where it is the cited record that says it. */
  reference: Reference | undefined;
  /** The records of the work that are held, sorted: copies of it. None where it is not held. */
  works: string[];
}

/** Places of works that only say themselves that they are cited lie behind the numbers of the list. */
const CLAIMED = '~';
const DIGITS = 4;
/** Under which a work and its copies are looked for, its own first: each is a way through the store. */
const MOST_BLOCKS = 100;
/** Records that a work itself says it is cited by. */
const MOST_CLAIMED = 2_000;

/** Who cites whom, as of one moment. What records say is joined as it is asked for. */
export class Graph {
  readonly #section: Section;
  readonly #snapshot: Snapshot;
  readonly #candidates: Candidates;

  constructor(section: Section, snapshot: Snapshot) {
    this.#section = section;
    this.#snapshot = snapshot;
    this.#candidates = new Candidates(section, snapshot);
  }

  /**
   * What the records of one work cite behind a place: the references of each in their order, without those that another of
   * them has said already; then the works that say so themselves.
   */
  async *cites(records: readonly string[], after?: string): AsyncGenerator<CitedWork> {
    const isClaimed = after?.startsWith(CLAIMED) === true;
    const sorted = records.toSorted();
    if (!isClaimed) yield* this.#listed(sorted, after);
    yield* this.#claimed(sorted, isClaimed ? after.slice(CLAIMED.length) : undefined);
  }

  /** The records, by their keys, that may cite one of the given, and whether they do. */
  async *citing(
    records: readonly string[],
    after?: string,
  ): AsyncGenerator<{ record: string; cites: boolean }> {
    const wanted = new Set(records);
    const works = await Promise.all(records.map((record) => this.#candidates.work(record)));
    const blocks = works.flatMap((work) =>
      work === undefined ? [] : Object.values(workBlocks(work)).flat(),
    );
    const ranges = [...new Set<string>(blocks)]
      .slice(0, MOST_BLOCKS)
      .map((block) => citingRange(block, after));
    const claimed = (await this.#claimedBy(records)).filter(
      (record) => after === undefined || record > after,
    );
    const walked = citingRecords(this.#section, this.#snapshot, ranges);
    for await (const group of inGroups(walked)) {
      const citations = await this.#citationsIn(group);
      for (const [i, { record }] of group.entries()) {
        while (claimed[0] !== undefined && claimed[0] < record)
          yield { record: claimed.shift()!, cites: true };
        if (wanted.has(record)) continue;
        const isClaimed = claimed[0] === record;
        if (isClaimed) claimed.shift();
        yield { record, cites: isClaimed || (await this.#leadsToAny(record, citations[i] ?? [], wanted)) };
      }
    }
    for (const record of claimed) yield { record, cites: true };
  }

  async *#listed(records: readonly string[], after = ''): AsyncGenerator<CitedWork> {
    const said = new Set<string>();
    for (const record of records) {
      const own = new Set<string>();
      const isLast = record === records.at(-1);
      // Of the last one, what was on the pages before need not be read again.
      const from = isLast && after.startsWith(record) ? Number.parseInt(after.slice(-DIGITS), 16) : undefined;
      const rows = this.#section.iterator({ ...citationRange(record, from), snapshot: this.#snapshot });
      for await (const group of inGroups(rows)) {
        const works = group.map(async ([key, value]): Promise<CitedWork[]> => {
          const place = record + key.slice(-DIGITS);
          const { kind, index, reference } = decodeCitation(value);
          if (kind !== 'cites') return [];
          const names = namesInCopies(reference);
          if (!isLast) for (const name of names) own.add(name);
          if (place <= after || names.some((name) => said.has(name))) return [];
          const works = await this.#candidates.matches(citedProfile(reference), record);
          return [{ place, record, index, reference, works }];
        });
        yield* (await Promise.all(works)).flat();
      }
      for (const name of own) said.add(name);
    }
  }

  /** Works that say that one of the records cites them, and which the references of none lead to. */
  async *#claimed(records: readonly string[], after: string | undefined): AsyncGenerator<CitedWork> {
    const works = await Promise.all(records.map((record) => this.#candidates.work(record)));
    const blocks = works.flatMap((work) => (work === undefined ? [] : workBlocks(work).identifiers));
    const ranges = [...new Set(blocks)].slice(0, MOST_BLOCKS).map((block) => claimRange(block, after));
    for await (const { record: cited } of citingRecords(this.#section, this.#snapshot, ranges)) {
      if (records.includes(cited) || (await this.#listIn(records, cited))) continue;
      yield {
        place: CLAIMED + cited,
        record: undefined,
        index: undefined,
        reference: undefined,
        works: [cited],
      };
    }
  }

  async #listIn(records: readonly string[], cited: string): Promise<boolean> {
    for (const record of records) if (await this.#lists(record, cited)) return true;
    return false;
  }

  /** The records that the given ones say they are cited by, sorted; the first that are named where there are many. */
  async #claimedBy(records: readonly string[]): Promise<string[]> {
    const found = new Set<string>();
    for (const record of records) {
      for await (const value of this.#section.values({
        ...citationRange(record),
        snapshot: this.#snapshot,
      })) {
        const { kind, reference } = decodeCitation(value);
        if (kind !== 'citedBy') continue;
        const { identifiers } = citedProfile(reference);
        for (const citing of await this.#candidates.withIdentifiers(identifiers)) found.add(citing);
        if (found.size >= MOST_CLAIMED) break;
      }
      if (found.size >= MOST_CLAIMED) break;
    }
    for (const record of records) found.delete(record);
    return [...found].sort();
  }

  /** Whether one of the record's references is to the other record. */
  async #lists(record: string, cited: string): Promise<boolean> {
    const work = await this.#candidates.work(cited);
    if (work === undefined) return false;
    const rows: string[] = [];
    for (const block of Object.values(workBlocks(work)).flat().slice(0, MOST_BLOCKS)) {
      const range = { ...citingRangeOf(block, record), limit: MOST_ROWS, snapshot: this.#snapshot };
      rows.push(...(await this.#section.keys(range).all()));
    }
    const [citations = []] = await this.#citationsIn([{ record, rows }]);
    return await this.#leadsToAny(record, citations, new Set([cited]));
  }

  /** The references that rows are of, for each of the records. */
  async #citationsIn(group: readonly CitingRows[]): Promise<Reference[][]> {
    const keys = group.map(({ record, rows }) =>
      [...new Set(rows.map(numberOfCitationKey))].map((n) => citationKey(record, n)),
    );
    const values = await this.#section.getMany(keys.flat(), { snapshot: this.#snapshot });
    let at = 0;
    return keys.map((own) =>
      own.flatMap(() => {
        const value = values[at++];
        return value === undefined ? [] : [decodeCitation(value).reference];
      }),
    );
  }

  /** Whether one of a record's references is to one of the wanted records. */
  async #leadsToAny(
    record: string,
    references: readonly Reference[],
    wanted: ReadonlySet<string>,
  ): Promise<boolean> {
    for (const reference of references) {
      const works = await this.#candidates.matches(citedProfile(reference), record);
      if (works.some((work) => wanted.has(work))) return true;
    }
    return false;
  }
}

/** By what a reference is known again in the list of another copy. */
function namesInCopies(reference: Reference): string[] {
  const names = referenceNames(reference);
  return names.length > 0 ? names : [`text=${withoutMarks(lettersWithMarks(reference.text))}`];
}
