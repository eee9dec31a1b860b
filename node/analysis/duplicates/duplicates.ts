import { isDeepStrictEqual } from 'node:util';
import { isTombstone } from '../../../vocab/record.ts';
import { evidenceInWords, joins, profileOf, type Profile } from '../../../vocab/same-work/index.ts';
import type { Change, Reader } from '../../catalogue/index.ts';
import type { Operation, Section } from '../../store/index.ts';
import { Blocks } from './blocks.ts';
import { findComponents, type Components } from './components.ts';
import {
  COUNTS_KEY,
  CROWD,
  decodeCounts,
  decodeMembers,
  decodeRow,
  encodeCounts,
  encodeMembers,
  rowKey,
  workId,
  workKey,
  workRange,
  type Counts,
  type Row,
} from './layout.ts';
import { Rows } from './rows.ts';

/** One work: the records of it that are held, its copies and versions. */
export interface Work {
  /** `w` and the smallest of the members' keys. */
  id: string;
  /** Keys of records, sorted. */
  members: string[];
}

const LARGEST_BLOCK = 100;
const LARGEST_WORK = 200;
const NO_COUNTS: Counts = { records: 0, clusters: 0, clustered: 0 };

/**
 * Which records are of the same work, across all repositories whose records are held.
 *
 * Works are the connected components of the records under `joins` (same identifier, or same title, author and year).
 * They are a function of the set of records held and of nothing else: not of the order in which records came, nor of the
 * node. Each batch of changes recomputes the components that it touches, and no others.
 */
export class Duplicates implements Reader {
  readonly name = 'duplicates';
  readonly version = 1;
  readonly #largestBlock: number;
  readonly #largestWork: number;
  #section: Section | undefined;
  #counts = NO_COUNTS;
  #countsToCome = NO_COUNTS;

  /** @param limits from which size on records with the same key, and records that hang together, count as noise */
  constructor(limits: { block: number; work: number } = { block: LARGEST_BLOCK, work: LARGEST_WORK }) {
    this.#largestBlock = limits.block;
    this.#largestWork = limits.work;
  }

  async open(section: Section): Promise<void> {
    this.#section = section;
    const bytes = await section.get(COUNTS_KEY);
    this.#counts = bytes === undefined ? NO_COUNTS : decodeCounts(bytes);
    this.#countsToCome = this.#counts;
  }

  async apply(changes: readonly Change[], section: Section): Promise<Operation[]> {
    const rows = new Rows(section);
    const blocks = new Blocks(section, this.#largestBlock);
    const touched = await takeIn(changes, rows, blocks);
    const seeds = new Set([...touched].filter((record) => rows.get(record) !== undefined));
    const components = await findComponents(seeds, { rows, blocks, limit: this.#largestWork });
    const works = assignWorks(components, rows);
    this.#countsToCome = countsAfter(this.#counts, rows, works);
    return [
      ...rows.operations(),
      ...blocks.operations(),
      ...workOperations(works),
      { type: 'put', key: COUNTS_KEY, value: encodeCounts(this.#countsToCome) },
    ];
  }

  applied(): void {
    this.#counts = this.#countsToCome;
  }

  /** The id of the work that a record is of, alone or with others; undefined where no record stands under the key. */
  async workOf(key: string): Promise<string | undefined> {
    const row = await this.#row(key);
    return row === undefined ? undefined : workIn(row, key);
  }

  async work(id: string): Promise<Work | undefined> {
    const members = await this.#opened().get(workKey(id));
    if (members !== undefined) return { id, members: decodeMembers(members) };
    const only = id.slice(1);
    return (await this.workOf(only)) === id ? { id, members: [only] } : undefined;
  }

  /** The other records of the record's work, sorted. */
  async copiesOf(key: string): Promise<string[]> {
    const id = await this.workOf(key);
    const work = id === undefined ? undefined : await this.work(id);
    return work?.members.filter((member) => member !== key) ?? [];
  }

  /** Works of two or more records, by id. */
  async works({ after, limit }: { after?: string; limit: number }): Promise<Work[]> {
    const found = await this.#opened()
      .iterator({ ...workRange(after), limit })
      .all();
    return found.map(([key, members]) => ({
      id: key.slice(workKey('').length),
      members: decodeMembers(members),
    }));
  }

  /** `works`: all, those of one record too. `clusters`: those of two or more. */
  counts(): { works: number; clusters: number } {
    const { records, clusters, clustered } = this.#counts;
    return { works: records - clustered + clusters, clusters };
  }

  /**
   * What joins two records directly, in words, as `doi:10.1/x` or `title+author+year:open access/knoth/2016`;
   * nothing where they are of different works, or of one only through other records.
   */
  async explain(a: string, b: string): Promise<string[]> {
    const [rowOfA, rowOfB] = await Promise.all([this.#row(a), this.#row(b)]);
    if (rowOfA === undefined || rowOfB === undefined || a === b) return [];
    const shared = [...rowOfA.profile.keys.keys()].filter((block) =>
      joins(block, rowOfA.profile, rowOfB.profile),
    );
    const blocks = new Blocks(this.#opened(), this.#largestBlock);
    await blocks.load(shared);
    return shared
      .filter((block) => blocks.members(block).includes(a))
      .map((block) => evidenceInWords(block, rowOfA.profile, rowOfB.profile));
  }

  async #row(key: string): Promise<Row | undefined> {
    const bytes = await this.#opened().get(rowKey(key));
    return bytes === undefined ? undefined : decodeRow(bytes);
  }

  #opened(): Section {
    if (this.#section === undefined) throw new TypeError('the reader has not been started');
    return this.#section;
  }
}

const aloneFor = (profile: Profile): Row => ({ profile, work: undefined });

function workIn(row: Row, key: string): string {
  return isClustered(row) ? row.work : workId([key]);
}

/** Puts what the changes say into rows and blocks. @returns every record that may have lost or gained a connection */
async function takeIn(changes: readonly Change[], rows: Rows, blocks: Blocks): Promise<Set<string>> {
  const latest = new Map(changes.map(({ key, holding }) => [key, holding]));
  await rows.load(latest.keys());
  const moves: { record: string; from: Row | undefined; to: Row | undefined }[] = [];
  for (const [record, holding] of latest) {
    const from = rows.get(record);
    const to = holding === undefined || isTombstone(holding) ? undefined : aloneFor(profileOf(holding));
    if (!isDeepStrictEqual(from?.profile, to?.profile)) moves.push({ record, from, to });
  }
  const blocksOf = (row: Row | undefined): string[] => [...(row?.profile.keys.keys() ?? [])];
  const affected = new Set(moves.flatMap(({ from, to }) => [...blocksOf(from), ...blocksOf(to)]));
  await blocks.load(affected);
  const touched = new Set(moves.map(({ record }) => record));
  const touchMembers = (): void => {
    for (const block of affected) for (const record of blocks.members(block)) touched.add(record);
  };
  touchMembers();
  for (const { record, from, to } of moves) {
    const before = new Set(blocksOf(from));
    const after = new Set(blocksOf(to));
    for (const block of before) if (!after.has(block)) blocks.leave(block, record);
    for (const block of after) if (!before.has(block)) blocks.join(block, record);
    rows.set(record, to);
  }
  await blocks.settle();
  touchMembers();
  await rows.load(touched);
  return touched;
}

/** Marks each record with its work. @returns the works that stand now, and those that no longer do */
function assignWorks({ works, crowd }: Components, rows: Rows): { standing: Work[]; gone: Set<string> } {
  const mark = (record: string, work: string | undefined): void => {
    const row = rows.get(record);
    if (row !== undefined && row.work !== work) rows.set(record, { ...row, work });
  };
  const standing: Work[] = [];
  for (const members of works) {
    const id = members.length > 1 ? workId(members) : undefined;
    if (id !== undefined) standing.push({ id, members });
    for (const record of members) mark(record, id);
  }
  for (const record of crowd) mark(record, CROWD);
  const gone = new Set<string>();
  for (const { before } of rows.changed()) if (isClustered(before)) gone.add(before.work);
  for (const { id } of standing) gone.delete(id);
  return { standing, gone };
}

function workOperations({ standing, gone }: { standing: Work[]; gone: Set<string> }): Operation[] {
  return [
    ...[...gone].map((id): Operation => ({ type: 'del', key: workKey(id) })),
    ...standing.map(({ id, members }): Operation => ({
      type: 'put',
      key: workKey(id),
      value: encodeMembers(members),
    })),
  ];
}

function countsAfter(
  counts: Counts,
  rows: Rows,
  { standing, gone }: { standing: Work[]; gone: Set<string> },
): Counts {
  // A work's id is its smallest member's, so a work with that id stood before where that member was marked with it.
  const fresh = standing.filter(({ id, members }) => rows.stored(members[0] ?? '')?.work !== id);
  const after = { ...counts, clusters: counts.clusters + fresh.length - gone.size };
  for (const { before, after: row } of rows.changed()) {
    after.records += Number(row !== undefined) - Number(before !== undefined);
    after.clustered += Number(isClustered(row)) - Number(isClustered(before));
  }
  return after;
}

function isClustered(row: Row | undefined): row is Row & { work: string } {
  return row?.work !== undefined && row.work !== CROWD;
}
