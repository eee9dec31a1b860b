import type { Change, Reader } from '../../catalogue/index.ts';
import type { Operation, Section } from '../../store/index.ts';
import { isTombstone, type NodeId } from '../../../vocab/record.ts';
import {
  COUNTS_KEY,
  decodeCounts,
  decodeOutcomes,
  encodeCounts,
  encodeOutcomes,
  isFailure,
  recordOfResultKey,
  resultKey,
  resultRange,
  resultsOnShelf,
  shelfKey,
  shelfOf,
  shelfOfKey,
  shelvesFrom,
  withFailures,
  type StoredCounts,
  type Tally,
} from './layout.ts';
import { Judge } from './judge.ts';
import type { RuleOutcome, RuleSet } from './rule.ts';

/** What the rules and rule sets say of one record, by their ids. */
export type Outcomes = ReadonlyMap<string, RuleOutcome>;

/** How the own records stand. */
export interface Standing {
  /** The own records that are there. */
  records: number;
  /** Of a rule or a rule set. */
  tally(criterion: string): Tally;
}

/** A part of a list in the order of keys. */
interface Part {
  /** The key behind which it begins. */
  after?: string | undefined;
  limit: number;
}

const NONE: Tally = { passed: 0, failed: 0, inapplicable: 0 };

/**
 * Holds the node's own records against the rule sets, each as it comes: what each record passes and fails, which records
 * fail something, and how many do. Records of other institutions are theirs to judge.
 */
export class MetadataAssessment implements Reader {
  readonly name = 'metadata-assessment';
  readonly version: number;
  readonly #self: NodeId;
  readonly #judge: Judge;
  #section: Section | undefined;

  constructor({ self, ruleSets }: { self: NodeId; ruleSets?: readonly RuleSet[] }) {
    this.#self = self;
    this.#judge = new Judge(ruleSets);
    this.version = this.#judge.version;
  }

  get ruleSets(): readonly RuleSet[] {
    return this.#judge.ruleSets;
  }

  async open(section: Section): Promise<void> {
    this.#section = section;
  }

  async apply(changes: readonly Change[], section: Section): Promise<Operation[]> {
    const names = [...new Set(changes.map(({ key }) => shelfOf(key)))];
    const [[stored, ...known], marks] = await Promise.all([
      section.getMany([COUNTS_KEY, ...changes.map(({ key }) => resultKey(key))]),
      section.getMany(names.map(shelfKey)),
    ]);
    const counts = decodeCounts(stored);
    const shelves = new Map(names.map((name, i) => [name, marks[i]]));
    const operations: Operation[] = [];
    for (const [i, { key, holding }] of changes.entries()) {
      const bytes = known[i];
      const before = bytes === undefined ? undefined : decodeOutcomes(bytes);
      const isOwn = holding !== undefined && holding.node === this.#self && !isTombstone(holding);
      const after = isOwn ? [...this.#judge.outcomesOf(holding).values()] : undefined;
      operations.push(...replace(key, before, after));
      this.#count(before, after, counts);
      if (after !== undefined) shelves.set(shelfOf(key), withFailures(shelves.get(shelfOf(key)), after));
    }
    for (const [i, name] of names.entries()) {
      const value = shelves.get(name);
      if (value !== undefined && value !== marks[i])
        operations.push({ type: 'put', key: shelfKey(name), value });
    }
    if (operations.length > 0) {
      operations.push({ type: 'put', key: COUNTS_KEY, value: encodeCounts(counts) });
    }
    return operations;
  }

  async standing(): Promise<Standing> {
    const { records, tallies } = decodeCounts(await this.#open.get(COUNTS_KEY));
    return { records, tally: (criterion) => tallies[criterion] ?? NONE };
  }

  /** Undefined where it is no record of this node's own, or was not judged yet. */
  async outcomesOf(key: string): Promise<Outcomes | undefined> {
    const bytes = await this.#open.get(resultKey(key));
    return bytes === undefined ? undefined : this.#named(bytes);
  }

  /** Keys of records that fail a rule or a rule set, in order. */
  async failing(criterion: string, { after = '', limit }: Part): Promise<string[]> {
    const place = this.#judge.criteria.indexOf(criterion);
    const section = this.#open;
    const snapshot = section.snapshot();
    try {
      const { tallies } = decodeCounts(await section.get(COUNTS_KEY, { snapshot }));
      const found: string[] = [];
      const most = Math.min(limit, tallies[criterion]?.failed ?? 0);
      if (most === 0) return found;
      for await (const [shelf, marks] of section.iterator({ ...shelvesFrom(shelfOf(after)), snapshot })) {
        if (!isFailure(marks, place)) continue;
        const range = resultsOnShelf(shelfOfKey(shelf), after);
        for await (const [key, letters] of section.iterator({ ...range, snapshot })) {
          if (isFailure(letters, place)) found.push(recordOfResultKey(key));
          if (found.length === most) return found;
        }
      }
      return found;
    } finally {
      await snapshot.close();
    }
  }

  /** All own records with what is said of them. */
  async judged({ after, limit }: Part): Promise<{ key: string; outcomes: Outcomes }[]> {
    const rows = await this.#open.iterator({ ...resultRange(after), limit }).all();
    return rows.map(([key, value]) => ({ key: recordOfResultKey(key), outcomes: this.#named(value) }));
  }

  #count(
    before: readonly RuleOutcome[] | undefined,
    after: readonly RuleOutcome[] | undefined,
    counts: StoredCounts,
  ): void {
    counts.records += (after === undefined ? 0 : 1) - (before === undefined ? 0 : 1);
    for (const [i, criterion] of this.#judge.criteria.entries()) {
      const was = before?.[i];
      const is = after?.[i];
      if (was === is) continue;
      const tally = (counts.tallies[criterion] ??= { ...NONE });
      if (was !== undefined) tally[was] -= 1;
      if (is !== undefined) tally[is] += 1;
    }
  }

  #named(bytes: Uint8Array): Outcomes {
    const outcomes = decodeOutcomes(bytes);
    return new Map(this.#judge.criteria.map((criterion, i) => [criterion, outcomes[i] ?? 'inapplicable']));
  }

  get #open(): Section {
    if (this.#section === undefined) throw new TypeError('the assessment is not open');
    return this.#section;
  }
}

function replace(
  key: string,
  before: readonly RuleOutcome[] | undefined,
  after: readonly RuleOutcome[] | undefined,
): Operation[] {
  if (after !== undefined) return [{ type: 'put', key: resultKey(key), value: encodeOutcomes(after) }];
  return before === undefined ? [] : [{ type: 'del', key: resultKey(key) }];
}
