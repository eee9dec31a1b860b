import { judge, weighedLevels, levelsIn, type WorkProfile } from '../../../vocab/same-work/index.ts';
import type { Change, Reader } from '../../catalogue/index.ts';
import { writeBatch, type Operation, type Section } from '../../store/index.ts';
import type { BlockId } from './block-id.ts';
import { FoundWorks } from './found-works.ts';
import { headingsBy, isHeading } from './headings.ts';
import { profileKey } from './layout.ts';
import { readIndex, type MemoryIndex } from './memory-index.ts';
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
export class Duplicates extends FoundWorks implements Reader {
  readonly #limits: Limits;
  readonly #statements: Statements;
  readonly #patterns = new Patterns();
  readonly #turns = new Turns();
  /** Records of which the manager said something that is not taken in yet. */
  readonly #said = new Set<string>();
  readonly #stands: ((key: string) => Promise<boolean>) | undefined;
  /** Read from the first question or change on, so that no start waits for it: who needs it waits until it is whole. */
  #index: Promise<MemoryIndex> | undefined;
  #isRead = false;
  #couldNotBeRead = false;
  #resolved: Resolved | undefined;
  /** Whether the present turn is of what the runner gave. */
  #isApplying = false;
  #settling: Promise<void> = Promise.resolve();

  /**
   * @param options.limits from which size on records in one block, and records that hang together, are too many
   * @param options.stands whether a record is held under a key, and is no tombstone: asked as long as the index is read, so that no
   *   search has to wait for that
   */
  constructor({
    limits = LIMITS,
    statements = noStatements,
    stands,
  }: { limits?: Limits; statements?: Statements; stands?: (key: string) => Promise<boolean> } = {}) {
    super();
    this.#limits = limits;
    this.#statements = statements;
    this.#stands = stands;
    statements.onChange((records) => this.#hear(records));
  }

  override async open(section: Section): Promise<void> {
    // What was worked out could not be written. A turn of what the manager said is waited for.
    if (this.#isApplying) this.#endApplying();
    await this.#turns.begin();
    try {
      await super.open(section);
      await this.#patterns.open(section);
      this.#index = undefined;
      this.#isRead = false;
      this.#couldNotBeRead = false;
      this.#resolved = undefined;
    } finally {
      this.#turns.end();
    }
    const since = await saidSince(section, this.#statements);
    if (since.size > 0) this.#hear(since);
  }

  /** Until `applied` or `open` is called nothing else is worked out. */
  async apply(changes: readonly Change[], section: Section): Promise<Operation[]> {
    await this.#turns.begin();
    this.#isApplying = true;
    try {
      return await this.#resolve(changes, section);
    } catch (error) {
      this.#endApplying();
      throw error;
    }
  }

  applied(): void {
    this.#take();
    this.#endApplying();
  }

  #endApplying(): void {
    this.#isApplying = false;
    this.#turns.end();
  }

  /** Resolves when what the manager said so far is taken in. */
  async settled(): Promise<void> {
    await this.#settling;
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
    const { register, postings } = await this.#whole();
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
    const index = await this.#whole();
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
      const resolved = await resolving.run(changes, said, this.counted);
      this.#resolved = resolved;
      return [...resolved.operations, ...takenIn];
    } catch (error) {
      for (const record of said) this.#said.add(record);
      throw error;
    }
  }

  protected override async stands(key: string): Promise<boolean> {
    if (this.#isRead || this.#stands === undefined) {
      const { register } = await this.#whole();
      return register.numberOf(key) !== undefined;
    }
    // Where it fails, that is told to those who cannot do without it; it is they who try again, not each search.
    if (!this.#couldNotBeRead) this.#whole().catch(() => undefined);
    return await this.#stands(key);
  }

  async #whole(): Promise<MemoryIndex> {
    const index = (this.#index ??= readIndex(this.section, this.counted.records));
    try {
      const whole = await index;
      if (this.#index === index) this.#isRead = true;
      return whole;
    } catch (error) {
      if (this.#index === index) {
        this.#index = undefined;
        this.#couldNotBeRead = true;
      }
      throw error;
    }
  }

  #take(): void {
    if (this.#resolved === undefined) return;
    const resolved = this.#resolved;
    this.#resolved = undefined;
    this.counted = resolved.counts;
    resolved.take();
  }

  #hear(records: Iterable<string>): void {
    for (const record of records) this.#said.add(record);
    // Where it fails the records are still there to be taken in with the next change.
    this.#settling = this.#settling.then(() => this.#settle()).catch(() => undefined);
  }

  async #settle(): Promise<void> {
    const section = this.opened;
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
      const [links] = await this.linksOf([record]);
      for (const other of links?.keys() ?? [])
        if (members.has(other) && !cameFrom.has(other)) cameFrom.set(other, record);
      if (cameFrom.has(to)) break;
    }
    const path: string[] = [];
    for (let at = cameFrom.has(to) ? to : ''; at !== ''; at = cameFrom.get(at) ?? '') path.unshift(at);
    return path;
  }

  async #profile(key: string): Promise<WorkProfile | undefined> {
    const number = (await this.#whole()).register.numberOf(key);
    const bytes = number === undefined ? undefined : await this.section.get(profileKey(number));
    return bytes === undefined ? undefined : profileRows.decode(bytes);
  }
}
