import { defaultBits, levelsIn, NEEDED_BITS } from '../../../vocab/same-work/index.ts';
import type { Operation, Section } from '../../store/index.ts';
import { counted, countedPatterns, estimateShifts, type CountedPattern } from './estimation.ts';
import { patternKey, patternRange, toBytes, toText } from './layout.ts';

/** No pair is moved further by the node's own weights than this: what lies further from the bar is decided by the shipped ones. */
const REACH = 1.5;

/** Whether pairs of the pattern, where nothing forbids it, are of one work whatever the node's own records say. */
export function decided(pattern: string): 'same' | 'different' | undefined {
  const bits = defaultBits(pattern);
  if (bits >= NEEDED_BITS + REACH) return 'same';
  return bits < NEEDED_BITS - REACH ? 'different' : undefined;
}

/**
 * How many candidate pairs agree and differ in which way, the weights that follow from that, and what these decide.
 * What a batch adds is kept apart until it is on disk.
 */
export class Patterns {
  readonly #histogram = new Map<string, number>();
  #counted: readonly CountedPattern[] = [];
  #shifts: Shifts = estimateShifts([]);

  async open(section: Section): Promise<void> {
    this.#histogram.clear();
    for await (const [key, value] of section.iterator(patternRange))
      this.#histogram.set(key.slice(patternKey('').length), Number(toText(value)));
    this.#counted = countedPatterns([], this.#histogram);
    this.#shifts = estimateShifts(this.#counted);
  }

  /** The sum of a pattern's weights with what the node's own records add, and that addition by feature. */
  weigh(pattern: string, shifts: Shifts = this.#shifts): { bits: number; added: number[] } {
    const added = levelsIn(pattern).map((level, i) => (level < 0 ? 0 : (shifts[i]?.[level] ?? 0)));
    const sum = added.reduce((total, bits) => total + bits, 0);
    const scale = Math.abs(sum) > REACH ? REACH / Math.abs(sum) : 1;
    return { bits: defaultBits(pattern) + sum * scale, added: added.map((bits) => bits * scale) };
  }

  isSame(pattern: string, shifts: Shifts = this.#shifts): boolean {
    const fixed = decided(pattern);
    return fixed === undefined ? this.weigh(pattern, shifts).bits >= NEEDED_BITS : fixed === 'same';
  }

  /** What follows from so many pairs more or fewer of each pattern. */
  after(changes: ReadonlyMap<string, number>): PatternsAfter {
    const pairs = new Map<string, number>();
    const news = new Map<string, number>();
    for (const [pattern, change] of changes) {
      if (change === 0) continue;
      const before = this.#histogram.get(pattern) ?? 0;
      const now = before + change;
      pairs.set(pattern, now);
      if (counted(before) !== counted(now)) news.set(pattern, now);
    }
    const unmoved = { pairs, counted: this.#counted, shifts: this.#shifts, turned: [] };
    if (news.size === 0) return unmoved;
    const patterns = countedPatterns(this.#counted, news);
    const shifts = estimateShifts(patterns);
    // Mostly the weights, which are rounded, stay as they were.
    if (areEqual(shifts, this.#shifts)) return { ...unmoved, counted: patterns };
    const all = new Set([...this.#histogram.keys(), ...pairs.keys()]);
    const turned = [...all].filter(
      (pattern) => decided(pattern) === undefined && this.isSame(pattern) !== this.isSame(pattern, shifts),
    );
    return { pairs, counted: patterns, shifts, turned };
  }

  /** Takes over what was written. */
  take({ pairs, counted: patterns, shifts }: PatternsAfter): void {
    for (const [pattern, count] of pairs) {
      if (count === 0) this.#histogram.delete(pattern);
      else this.#histogram.set(pattern, count);
    }
    this.#counted = patterns;
    this.#shifts = shifts;
  }
}

/** What is added to the shipped weights, in bits, by feature and level. */
type Shifts = readonly (readonly number[])[];

const areEqual = (a: Shifts, b: Shifts): boolean =>
  a.every((ofLevels, i) => ofLevels.every((bits, level) => bits === b[i]?.[level]));

export interface PatternsAfter {
  /** How many pairs the patterns have now that changed. */
  pairs: ReadonlyMap<string, number>;
  counted: readonly CountedPattern[];
  shifts: Shifts;
  /** Patterns of which the decision is another one now. */
  turned: readonly string[];
}

export function patternOperations({ pairs }: PatternsAfter): Operation[] {
  return [...pairs].map(([pattern, count]): Operation =>
    count === 0
      ? { type: 'del', key: patternKey(pattern) }
      : { type: 'put', key: patternKey(pattern), value: toBytes(String(count)) },
  );
}
