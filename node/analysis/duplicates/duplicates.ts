import { judge, weighedLevels, levelsIn, type WorkProfile } from '../../../vocab/same-work/index.ts';
import type { Change, Reader } from '../../catalogue/index.ts';
import { writeBatch, type Operation, type Section } from '../../store/index.ts';
import { isClustered, sumsOf, type Work } from './membership.ts';
import {
  COUNTS_KEY,
  decodeCounts,
  decodeKeys,
  decodeLinks,
  linksKey,
  memberKey,
  NO_COUNTS,
  profileKey,
  toText,
  VERSION,
  workId,
  workKey,
  workRange,
} from './layout.ts';
import type { BlockId } from './block-id.ts';
import { headingsBy, isHeading } from './headings.ts';
import { emptyIndex, readIndex, type MemoryIndex } from './memory-index.ts';
import { Patterns } from './patterns.ts';
import { profileRows, Resolving, type Limits, type Resolved } from './resolving.ts';
import { noStatements, type Statements } from './statements.ts';
import { saidSince, takenInOperations } from './taken-in.ts';
import { Turns } from './turns.ts';
import { evidenceOf, type Why } from './why.ts';

const LIMITS: Limits = { block: 200, component: 1_000 };

/**
 * Which records are of the same work, across all repositories whose records are held.
 *
 * Records are compared where they meet in a block; what they agree and differ in adds up to evidence, in bits, for or against
 * their being of one work (Fellegi & Sunter 1969); what has enough of it and no veto is linked; and records that hang together
 * by links are of one work as far as none of them contradict one another.
 *
 * Works are a function of the set of records held, and of what the manager of this node says of them: not of the order in
 * which records came. Each batch of changes works out anew what it touches, and nothing else.
 */
export class Duplicates implements Reader {
  readonly name = 'duplicates';
  readonly version = VERSION;
  readonly #limits: Limits;
  readonly #statements: Statements;
  readonly #patterns = new Patterns();
  readonly #turns = new Turns();
  /** Records of which the manager said something that is not taken in yet. */
  readonly #said = new Set<string>();
  #section: Section | undefined;
  /** Read while the node serves already: who needs it waits until it is whole. */
  #index: Promise<MemoryIndex> = Promise.resolve(emptyIndex());
  #counts = NO_COUNTS;
  #resolved: Resolved | undefined;
  #settling: Promise<void> = Promise.resolve();

  /** @param options.limits from which size on records in one block, and records that hang together, are too many */
  constructor({
    limits = LIMITS,
    statements = noStatements,
  }: { limits?: Limits; statements?: Statements } = {}) {
    this.#limits = limits;
    this.#statements = statements;
    statements.onChange((records) => this.#hear(records));
  }

  async open(section: Section): Promise<void> {
    this.#section = section;
    const bytes = await section.get(COUNTS_KEY);
    this.#counts = bytes === undefined ? NO_COUNTS : decodeCounts(bytes);
    await this.#patterns.open(section);
    this.#index = readIndex(section);
    // Where it fails, that is told to those who need it; the next change among them, upon which it is read again.
    this.#index.catch(() => undefined);
    this.#resolved = undefined;
    this.#turns.end();
    const since = await saidSince(section, this.#statements);
    if (since.size > 0) this.#hear(since);
  }

  /** Until `applied` or `open` is called nothing else is worked out. */
  async apply(changes: readonly Change[], section: Section): Promise<Operation[]> {
    await this.#turns.begin();
    try {
      return await this.#resolve(changes, section);
    } catch (error) {
      this.#turns.end();
      throw error;
    }
  }

  applied(): void {
    this.#take();
    this.#turns.end();
  }

  /** Resolves when what the manager said so far is taken in. */
  async settled(): Promise<void> {
    await this.#settling;
  }

  /** The id of the work that a record is of, alone or with others; undefined where no record stands under the key. */
  async workOf(key: string): Promise<string | undefined> {
    const mark = await this.#opened().get(memberKey(key));
    const work = mark === undefined ? undefined : toText(mark);
    if (isClustered(work)) return work;
    const { register } = await this.#index;
    return register.numberOf(key) === undefined ? undefined : workId([key]);
  }

  /** The works that records are of, in the order of the keys; undefined where no record stands under a key. */
  async worksOf(keys: readonly string[]): Promise<(Work | undefined)[]> {
    const section = this.#opened();
    const snapshot = section.snapshot();
    try {
      const marks = await section.getMany(keys.map(memberKey), { snapshot });
      const ids = marks.map((mark) => (mark === undefined ? undefined : toText(mark)));
      const clustered = [...new Set(ids.filter(isClustered))];
      const rows = await section.getMany(clustered.map(workKey), { snapshot });
      const works = new Map(clustered.map((id, i): [string, Uint8Array | undefined] => [id, rows[i]]));
      const { register } = await this.#index;
      return keys.map((key, i): Work | undefined => {
        const id = ids[i];
        const row = id === undefined ? undefined : works.get(id);
        if (id !== undefined && row !== undefined) return { id, members: decodeKeys(row) };
        return register.numberOf(key) === undefined ? undefined : { id: workId([key]), members: [key] };
      });
    } finally {
      await snapshot.close();
    }
  }

  async work(id: string): Promise<Work | undefined> {
    const members = await this.#opened().get(workKey(id));
    if (members !== undefined) return { id, members: decodeKeys(members) };
    const only = id.slice(1);
    return (await this.workOf(only)) === id ? { id, members: [only] } : undefined;
  }

  /** The other records of the record's work, sorted. */
  async copiesOf(key: string): Promise<string[]> {
    const [work] = await this.worksOf([key]);
    return work?.members.filter((member) => member !== key) ?? [];
  }

  /** What each record is linked to, in the order of the keys: by the key of the other what speaks for it, in bits by the default weights. */
  async linksOf(keys: readonly string[]): Promise<ReadonlyMap<string, number>[]> {
    const rows = await this.#opened().getMany(keys.map(linksKey));
    return rows.map((bytes) => (bytes === undefined ? new Map() : decodeLinks(bytes)));
  }

  /** Works of two or more records, by id. */
  async works({ after, limit }: { after?: string; limit: number }): Promise<Work[]> {
    const found = await this.#opened()
      .iterator({ ...workRange(after), limit })
      .all();
    return found.map(([key, members]) => ({
      id: key.slice(workKey('').length),
      members: decodeKeys(members),
    }));
  }

  /** `works`: all, those of one record too. `clusters`: those of two or more. */
  counts(): { works: number; clusters: number } {
    return sumsOf(this.#counts);
  }

  /**
   * What was too much to be looked at in whole. `crowded`: records that stand alone because they hang together with too many
   * others. `oversize`: blocks that no author, year or page parts any further, whose records are compared only where they
   * meet in other blocks.
   */
  bounds(): { crowded: number; oversize: number } {
    const { crowded, oversize } = this.#counts;
    return { crowded, oversize };
  }

  /** Why two records are of one work, or are not; undefined where one of them does not stand, or they are one record. */
  async why(a: string, b: string): Promise<Why | undefined> {
    const [one, other] = await Promise.all([this.#profile(a), this.#profile(b)]);
    if (one === undefined || other === undefined || a === b) return undefined;
    const [work, otherWork, said] = await Promise.all([
      this.workOf(a),
      this.workOf(b),
      this.#statements.of(a),
    ]);
    const { register, postings } = await this.#index;
    const places = {
      membersOf: (block: BlockId) => postings.of(block),
      outlineOf: (record: number) => register.outlineOf(record),
    };
    const judgement = judge(
      one,
      other,
      headingsBy((block) => isHeading(block, places)),
    );
    const { bits, added } = this.#patterns.weigh(judgement.pattern);
    const bitsOf = levelsIn(judgement.pattern).map(
      (level, i) => (weighedLevels[i]?.[level]?.bits ?? 0) + (added[i] ?? 0),
    );
    const statement = said.find(({ other: key }) => key === b)?.says;
    const path = work === otherWork ? await this.#path(a, b) : undefined;
    return {
      verdict: work === otherWork ? 'same' : 'different',
      ...evidenceOf(judgement, [one, other], { bits, bitsOf }),
      ...(statement !== undefined && { statement }),
      ...(path !== undefined && path.length > 2 && { path }),
    };
  }

  async #resolve(changes: readonly Change[], section: Section): Promise<Operation[]> {
    const index = await this.#index;
    const said = new Set(this.#said);
    // Kept as they are now: what is said of them from here on is heard of again.
    this.#said.clear();
    const resolving = new Resolving({
      section,
      index,
      statements: this.#statements,
      patterns: this.#patterns,
      limits: this.#limits,
    });
    try {
      const takenIn = await takenInOperations(said, this.#statements);
      const resolved = await resolving.run(changes, said, this.#counts);
      this.#resolved = resolved;
      return [...resolved.operations, ...takenIn];
    } catch (error) {
      for (const record of said) this.#said.add(record);
      throw error;
    }
  }

  #take(): void {
    if (this.#resolved === undefined) return;
    const resolved = this.#resolved;
    this.#resolved = undefined;
    this.#counts = resolved.counts;
    resolved.take();
  }

  #hear(records: Iterable<string>): void {
    for (const record of records) this.#said.add(record);
    // Where it fails the records are still there to be taken in with the next change.
    this.#settling = this.#settling.then(() => this.#settle()).catch(() => undefined);
  }

  async #settle(): Promise<void> {
    const section = this.#section;
    if (section === undefined || this.#said.size === 0) return;
    await this.#turns.begin();
    const said = new Set(this.#said);
    try {
      await writeBatch(section, await this.#resolve([], section), { durable: true });
      this.#take();
    } catch (error) {
      for (const record of said) this.#said.add(record);
      throw error;
    } finally {
      this.#turns.end();
    }
  }

  /** The links that lead from one record to another of its work, as few as there are. */
  async #path(from: string, to: string): Promise<string[]> {
    const work = await this.workOf(from);
    const members = new Set((work === undefined ? undefined : await this.work(work))?.members);
    const cameFrom = new Map<string, string>([[from, '']]);
    for (const record of cameFrom.keys()) {
      const bytes = await this.#opened().get(linksKey(record));
      for (const other of bytes === undefined ? [] : decodeLinks(bytes).keys())
        if (members.has(other) && !cameFrom.has(other)) cameFrom.set(other, record);
      if (cameFrom.has(to)) break;
    }
    const path: string[] = [];
    for (let at = cameFrom.has(to) ? to : ''; at !== ''; at = cameFrom.get(at) ?? '') path.unshift(at);
    return path;
  }

  async #profile(key: string): Promise<WorkProfile | undefined> {
    const number = (await this.#index).register.numberOf(key);
    const bytes = number === undefined ? undefined : await this.#opened().get(profileKey(number));
    return bytes === undefined ? undefined : profileRows.decode(bytes);
  }

  #opened(): Section {
    if (this.#section === undefined) throw new TypeError('the reader has not been started');
    return this.#section;
  }
}
