import { isTombstone } from '../../../vocab/record.ts';
import {
  decodeProfile,
  defaultBits,
  encodeProfile,
  judge,
  NEEDED_BITS,
  workProfile,
  type IsHeading,
  type WorkProfile,
} from '../../../vocab/same-work/index.ts';
import type { Change } from '../../catalogue/index.ts';
import type { Operation, Section } from '../../store/index.ts';
import { blocksOf } from './blocking.ts';
import { Blocks } from './blocks.ts';
import { candidatesOf, isHeadingIn, moveInBlocks, numberPair } from './candidates.ts';
import { worksAmong } from './clustering.ts';
import { findComponents } from './components.ts';
import { placeOf } from './entry.ts';
import { headingsBy } from './headings.ts';
import {
  COUNTS_KEY,
  CROWD,
  decodeLinks,
  encodeCounts,
  encodeLinks,
  endsOf,
  linksKey,
  memberKey,
  openPairKey,
  openPairRange,
  pairOf,
  profileKey,
  toBytes,
  toText,
  type Counts,
  type Links,
} from './layout.ts';
import { linkUp } from './linking.ts';
import { assignWorks, countsAfter, workOperations } from './membership.ts';
import { pairUp, stateOf, type Pairing, type PairState } from './pairing.ts';
import type { MemoryIndex } from './memory-index.ts';
import { patternOperations, type Patterns, type PatternsAfter } from './patterns.ts';
import { Roll, type Move } from './roll.ts';
import { Rows } from './rows.ts';
import type { Says, Statements } from './statements.ts';

/** Below this a pair that is not linked keeps the groups of its two records apart. */
const APART_BELOW = NEEDED_BITS - 1;

/** How many records a block, and how many a chain of links, may have. */
export interface Limits {
  block: number;
  component: number;
}

/** What one batch leads to. */
export interface Resolved {
  operations: Operation[];
  counts: Counts;
  patterns: PatternsAfter;
  /** Makes it the state of what is held in memory, when the operations are on disk. */
  take(): void;
}

/**
 * One batch of changes, from the records to the works: profiles, blocks, pairs, patterns, links, works. It reads and writes what
 * the changes touch, and nothing else.
 */
export class Resolving {
  readonly #section: Section;
  readonly #statements: Statements;
  readonly #patterns: Patterns;
  readonly #limits: Limits;
  readonly #profiles: Rows<WorkProfile>;
  readonly #blocks: Blocks;
  readonly #roll: Roll;
  readonly #links: Rows<Links>;
  readonly #memberships: Rows<string>;
  readonly #stated = new Map<string, Says>();
  /** As of the end of the batch: asked when the blocks are settled. */
  readonly #isHeading: IsHeading;

  constructor(options: {
    section: Section;
    index: MemoryIndex;
    statements: Statements;
    patterns: Patterns;
    limits: Limits;
  }) {
    const { section } = options;
    this.#section = section;
    this.#statements = options.statements;
    this.#patterns = options.patterns;
    this.#limits = options.limits;
    const roll = new Roll(options.index.register);
    this.#roll = roll;
    this.#profiles = new Rows(section, {
      ...profileRows,
      keyOf: (record) => {
        const number = roll.numberOf(record);
        return number === undefined ? undefined : profileKey(number);
      },
    });
    this.#blocks = new Blocks(options.index.postings, options.limits.block);
    this.#isHeading = headingsBy((block) => isHeadingIn(block, this.#blocks, roll, 'now'));
    this.#links = new Rows(section, linkRows);
    this.#memberships = new Rows(section, memberRows);
  }

  /** @param reconsidered records of which the manager said something since */
  async run(
    changes: readonly Change[],
    reconsidered: ReadonlySet<string>,
    counts: Counts,
  ): Promise<Resolved> {
    const moves = await this.#moves(changes);
    const where = { blocks: this.#blocks, roll: this.#roll, profiles: this.#profiles };
    const { touched, oversize } = moveInBlocks(moves, where);
    const pairing = await pairUp(moves, touched, where);
    const patterns = this.#patterns.after(pairing.patterns);
    const moved = moves.map(({ record }) => record);
    const pairs = new Map([
      ...pairing.pairs,
      ...(await this.#turned(patterns, pairing)),
      ...(await this.#reconsidered([...moved, ...reconsidered], reconsidered, pairing.pairs)),
    ]);
    await this.#ask(new Set([...pairs.keys()].flatMap(endsOf)));
    const isSame = (pattern: string): boolean => this.#patterns.isSame(pattern, patterns.shifts);
    const linked = await linkUp(pairs, { links: this.#links, stated: this.#stated, isSame });
    const works = await this.#works(new Set([...moved, ...linked, ...pairing.retitled, ...reconsidered]));
    const records = moves.reduce(
      (sum, { from, to }) => sum + Number(to !== undefined) - Number(from !== undefined),
      0,
    );
    const after = countsAfter(counts, this.#memberships, works, { records, oversize });
    return {
      counts: after,
      patterns,
      operations: [
        ...this.#roll.operations(),
        ...this.#profiles.operations(),
        ...this.#blocks.operations(),
        ...pairing.operations,
        ...patternOperations(patterns),
        ...this.#links.operations(),
        ...this.#memberships.operations(),
        ...workOperations(works),
        { type: 'put', key: COUNTS_KEY, value: encodeCounts(after) },
      ],
      take: () => {
        this.#roll.take();
        this.#blocks.take();
        this.#patterns.take(patterns);
      },
    };
  }

  async #moves(changes: readonly Change[]): Promise<Move[]> {
    const latest = new Map(changes.map(({ key, holding }) => [key, holding]));
    await this.#profiles.load(latest.keys());
    const moves: Omit<Move, 'number'>[] = [];
    for (const [record, holding] of latest) {
      const from = this.#profiles.stored(record);
      const to = holding === undefined || isTombstone(holding) ? undefined : workProfile(holding);
      if (
        from === to ||
        (from !== undefined && to !== undefined && encodeProfile(from) === encodeProfile(to))
      )
        continue;
      this.#profiles.set(record, to);
      moves.push({ record, from: from && placeOf(from), to: to && placeOf(to) });
    }
    // What was not held has no links and is of no work.
    const fresh = moves.flatMap(({ record, from }) => (from === undefined ? [record] : []));
    this.#links.assumeNone(fresh);
    this.#memberships.assumeNone(fresh);
    return this.#roll.move(moves);
  }

  /** The pairs of patterns of which the decision is another one now. */
  async #turned({ turned }: PatternsAfter, { operations }: Pairing): Promise<Map<string, PairState>> {
    const pairs = new Map<string, PairState>();
    if (turned.length === 0) return pairs;
    const isGone = new Map(operations.map(({ type, key }) => [key, type === 'del']));
    for (const pattern of turned) {
      const prefix = openPairKey(pattern, '');
      const written = [...isGone].flatMap(([key, gone]) => (!gone && key.startsWith(prefix) ? [key] : []));
      for (const key of [...(await this.#section.keys(openPairRange(pattern)).all()), ...written]) {
        if (isGone.get(key) === true) continue;
        pairs.set(key.slice(prefix.length), stateOfPattern(pattern));
      }
    }
    return pairs;
  }

  /** Asks what the manager says of the records. @returns the pairs on which that has a bearing */
  async #reconsidered(
    records: readonly string[],
    reconsidered: ReadonlySet<string>,
    known: ReadonlyMap<string, PairState | undefined>,
  ): Promise<Map<string, PairState | undefined>> {
    const wanted = await this.#ask(records);
    // A statement that was taken back is about two of these, and says nothing any more.
    for (const a of reconsidered) for (const b of reconsidered) if (a < b) wanted.add(pairOf(a, b));
    const states = new Map<string, PairState | undefined>();
    if (wanted.size === 0) return states;
    await this.#profiles.load([...wanted].flatMap(endsOf));
    for (const pair of wanted) {
      const [a, b] = endsOf(pair);
      const [profile, other] = [this.#profiles.get(a), this.#profiles.get(b)];
      if (known.has(pair)) states.set(pair, known.get(pair));
      else if (profile === undefined || other === undefined) states.set(pair, undefined);
      else
        states.set(
          pair,
          (await this.#isCandidate(a, profile, b))
            ? stateOf(pair, (key) => this.#profiles.get(key), this.#isHeading)
            : undefined,
        );
    }
    return states;
  }

  /** Learns what the manager says of the records. @returns the pairs of which she says something */
  async #ask(records: Iterable<string>): Promise<Set<string>> {
    const said = new Map<string, Says>();
    for (const record of records)
      for (const { other, says } of await this.#statements.of(record)) said.set(pairOf(record, other), says);
    await this.#profiles.load([...said.keys()].flatMap(endsOf));
    // A statement stands while a record is away, and holds again when it comes back.
    const isHeld = (record: string): boolean => this.#profiles.get(record) !== undefined;
    for (const [pair, says] of said) if (endsOf(pair).every(isHeld)) this.#stated.set(pair, says);
    return new Set(said.keys());
  }

  async #isCandidate(record: string, profile: WorkProfile, other: string): Promise<boolean> {
    const [a, b] = [this.#roll.numberOf(record), this.#roll.numberOf(other)];
    if (a === undefined || b === undefined) return false;
    const where = { blocks: this.#blocks, roll: this.#roll };
    const candidates = await candidatesOf([[a, blocksOf(profile)]], where, 'now');
    return candidates.has(numberPair(a, b));
  }

  async #works(touched: ReadonlySet<string>): Promise<ReturnType<typeof assignWorks>> {
    // Those that a record is no longer linked to are touched themselves: each link is kept at both ends.
    await this.#profiles.load(touched);
    const seeds = new Set([...touched].filter((record) => this.#profiles.get(record) !== undefined));
    const { components, crowd } = await findComponents(seeds, {
      links: this.#links,
      limit: this.#limits.component,
      isCrowded: async (records) => {
        await this.#memberships.load(records);
        return new Set(records.filter((record) => this.#memberships.stored(record) === CROWD));
      },
    });
    const works: string[][] = [];
    for (const component of components)
      if (component.length === 1) works.push(component);
      else works.push(...(await this.#worksOf(component)));
    const gone = [...touched].filter((record) => this.#profiles.get(record) === undefined);
    await this.#memberships.load([...components.flat(), ...crowd, ...gone]);
    return assignWorks({ works, crowd, gone }, this.#memberships);
  }

  async #worksOf(component: readonly string[]): Promise<string[][]> {
    await this.#profiles.load(component);
    await this.#ask(component);
    return worksAmong(component, {
      linksOf: (record) => this.#links.get(record),
      areSaidApart: (a, b) => this.#stated.get(pairOf(a, b)) === 'different',
      areApart: (a, b) => {
        const [one, other] = endsOf(pairOf(a, b)).map((record) => this.#profiles.get(record));
        if (one === undefined || other === undefined) return true;
        const { bits, vetoes } = judge(one, other, this.#isHeading);
        return vetoes.length > 0 || bits < APART_BELOW;
      },
    });
  }
}

const stateOfPattern = (pattern: string): PairState => ({
  pattern,
  bits: defaultBits(pattern),
  isForbidden: false,
});

/** How each kind of row lies in the section. */
export const profileRows = {
  encode: (profile: WorkProfile): Uint8Array => toBytes(encodeProfile(profile)),
  decode: (bytes: Uint8Array): WorkProfile => decodeProfile(toText(bytes)),
};
const linkRows = { keyOf: linksKey, encode: encodeLinks, decode: decodeLinks };
const memberRows = { keyOf: memberKey, encode: toBytes, decode: toText };
