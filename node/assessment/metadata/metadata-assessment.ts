import type { Change, Reader } from '../../catalogue/index.ts';
import type { Operation, Section } from '../../store/index.ts';
import { isTombstone, type NodeId } from '../../../vocab/record.ts';
import {
  COUNTS_KEY,
  decodeCounts,
  decodeFailures,
  decodeOutcomes,
  encodeCounts,
  encodeFailures,
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
    const [[stored, ...known], failures] = await Promise.all([
      section.getMany([COUNTS_KEY, ...changes.map(({ key }) => resultKey(key))]),
      section.getMany(names.map(shelfKey)),
    ]);
    const counts = decodeCounts(stored);
    const shelves = new Map(names.map((name, i) => [name, decodeFailures(failures[i])]));
    const changed = new Set<string>();
    const operations: Operation[] = [];
    for (const [i, { key, holding }] of changes.entries()) {
      const bytes = known[i];
      const before = bytes === undefined ? undefined : decodeOutcomes(bytes);
      const isOwn = holding !== undefined && holding.node === this.#self && !isTombstone(holding);
      const after = isOwn ? [...this.#judge.outcomesOf(holding).values()] : undefined;
      operations.push(...replace(key, before, after));
      this.#count(before, after, counts);
      const shelf = shelfOf(key);
      if (this.#countFailures(before, after, shelves.get(shelf) ?? [])) changed.add(shelf);
    }
    for (const name of changed) operations.push(shelfOperation(name, shelves.get(name) ?? []));
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
    const found: string[] = [];
    try {
      for await (const [shelf, failures] of section.iterator({ ...shelvesFrom(shelfOf(after)), snapshot })) {
        let left = decodeFailures(failures)[place] ?? 0;
        if (left === 0) continue;
        const range = resultsOnShelf(shelfOfKey(shelf), after);
        for await (const [key, letters] of section.iterator({ ...range, snapshot })) {
          if (!isFailure(letters, place)) continue;
          found.push(recordOfResultKey(key));
          left -= 1;
          if (found.length === limit) return found;
          if (left === 0) break;
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

  /** Whether it made a difference. */
  #countFailures(
    before: readonly RuleOutcome[] | undefined,
    after: readonly RuleOutcome[] | undefined,
    failures: number[],
  ): boolean {
    let isOther = false;
    for (const i of this.#judge.criteria.keys()) {
      const more = (after?.[i] === 'failed' ? 1 : 0) - (before?.[i] === 'failed' ? 1 : 0);
      failures[i] = (failures[i] ?? 0) + more;
      isOther ||= more !== 0;
    }
    return isOther;
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

function shelfOperation(shelf: string, failures: readonly number[]): Operation {
  const key = shelfKey(shelf);
  if (failures.every((count) => count === 0)) return { type: 'del', key };
  return { type: 'put', key, value: encodeFailures(failures) };
}
