import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { Operation, Section } from '../../../store/index.ts';
import type { DocumentTable } from '../documents/document-table.ts';
import { mergeRuns } from '../postings/merge-runs.ts';
import type { Segment } from './index-state.ts';
import type { RecentPostings } from './recent-postings.ts';
import { SegmentPacking } from './segment-packing.ts';
import { SegmentScan } from './segment-scan.ts';
import type { SegmentTerms } from './segment-terms.ts';

/** One step of writing a segment. */
export interface Step {
  operations: Operation[];
  /** What it cost, in units of about one small block. */
  cost: number;
  isLast: boolean;
}

/** A segment in the making, written over several batches. */
export interface SegmentWriting {
  readonly id: number;
  readonly from: number;
  readonly to: number;
  readonly postings: number;
  /** The first terms of the packs so far. */
  readonly firsts: readonly string[];
  /** Goes on until `budget` is used or the segment is whole. */
  step(budget: number, table: DocumentTable): Promise<Step>;
}

const BYTES_A_UNIT = 64;
const TERMS_AT_A_STRETCH = 1_000;

const costOf = (run: Uint8Array): number => 1 + Math.floor(run.length / BYTES_A_UNIT);

/** Writes the ripe postings. */
export class RecentWriting implements SegmentWriting {
  readonly id: number;
  readonly from: number;
  readonly to: number;
  readonly recent: RecentPostings;
  readonly #terms: readonly string[];
  readonly #packing: SegmentPacking;
  #next = 0;

  constructor(id: number, range: { from: number; to: number }, recent: RecentPostings) {
    this.id = id;
    this.from = range.from;
    this.to = range.to;
    this.recent = recent;
    this.#terms = [...recent.terms].sort();
    this.#packing = new SegmentPacking(id);
  }

  get postings(): number {
    return this.recent.size;
  }

  get firsts(): readonly string[] {
    return this.#packing.firsts;
  }

  async step(budget: number): Promise<Step> {
    const operations: Operation[] = [];
    for (let cost = 0; cost < budget;) {
      const term = this.#terms[this.#next];
      if (term === undefined) {
        this.#packing.end(operations);
        return { operations, cost, isLast: true };
      }
      this.#next += 1;
      const run = this.recent.block(term);
      const count = this.recent.count(term);
      cost += costOf(run);
      if (run.length > 0 || count !== 0) this.#packing.add(term, count, run, operations);
      if (this.#next % TERMS_AT_A_STRETCH === 0) await yieldToOthers();
    }
    return { operations, cost: budget, isLast: false };
  }
}

/** Merges adjoining segments into one without their dead documents. */
export class Merging implements SegmentWriting {
  readonly id: number;
  readonly inputs: readonly Segment[];
  readonly from: number;
  readonly to: number;
  readonly #scans: readonly SegmentScan[];
  readonly #packing: SegmentPacking;
  #postings: number;
  #isBegun = false;

  constructor(id: number, inputs: readonly Segment[], section: Section, terms: SegmentTerms) {
    this.id = id;
    this.inputs = inputs;
    this.from = inputs[0]?.from ?? 0;
    this.to = inputs.at(-1)?.to ?? 0;
    this.#scans = inputs.map((input) => new SegmentScan(section, input.id, terms.packs(input.id)));
    this.#packing = new SegmentPacking(id);
    this.#postings = inputs.reduce((sum, { postings }) => sum + postings, 0);
  }

  get postings(): number {
    return this.#postings;
  }

  get firsts(): readonly string[] {
    return this.#packing.firsts;
  }

  async step(budget: number, table: DocumentTable): Promise<Step> {
    if (!this.#isBegun) for (const scan of this.#scans) await scan.enterPack();
    this.#isBegun = true;
    const hasDead = table.liveBetween(this.from, this.to) < this.to - this.from;
    const operations: Operation[] = [];
    let cost = 0;
    while (cost < budget) {
      const scans = this.#atFirstTerm();
      const term = scans[0]?.term;
      if (term === undefined) {
        this.#packing.end(operations);
        return { operations, cost, isLast: true };
      }
      const runs = scans.map(({ run }) => run);
      const count = scans.reduce((sum, scan) => sum + scan.count, 0);
      const { run, dropped } = mergeRuns(runs, hasDead ? table.isLive : undefined);
      this.#postings -= dropped;
      cost += runs.reduce((sum, input) => sum + costOf(input), 0);
      if (run.length > 0 || count !== 0) this.#packing.add(term, count, run, operations);
      for (const scan of scans) if (!scan.advance()) await scan.enterPack();
    }
    return { operations, cost, isLast: false };
  }

  /** The scans that stand at the first of all terms, in the order of the segments. */
  #atFirstTerm(): SegmentScan[] {
    let scans: SegmentScan[] = [];
    let first: string | undefined;
    for (const scan of this.#scans) {
      const { term } = scan;
      if (term === undefined) continue;
      if (term === first) scans.push(scan);
      else if (first === undefined || term < first) {
        first = term;
        scans = [scan];
      }
    }
    return scans;
  }
}
