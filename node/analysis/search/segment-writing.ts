import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { Operation, Section } from '../../store/index.ts';
import type { DocumentTable } from './document-table.ts';
import type { Segment } from './index-state.ts';
import { postingKey } from './layout.ts';
import { mergePostings, type PostingBlock } from './postings.ts';
import type { RecentPostings } from './recent-postings.ts';
import { isBefore, SegmentScan } from './segment-scan.ts';
import { isSpelled, TermListWriter } from './term-list.ts';

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
  /** Goes on until `budget` is used or the segment is whole. */
  step(budget: number, table: DocumentTable): Promise<Step>;
}

const BYTES_A_UNIT = 64;
const BLOCKS_AT_A_STRETCH = 1_000;

const costOf = (block: PostingBlock | undefined): number =>
  1 + (block === undefined ? 0 : Math.floor(block.length / BYTES_A_UNIT));

/** Writes the ripe postings. */
export class RecentWriting implements SegmentWriting {
  readonly id: number;
  readonly from: number;
  readonly to: number;
  readonly recent: RecentPostings;
  readonly #terms: readonly string[];
  readonly #lists: TermListWriter;
  #next = 0;

  constructor(id: number, range: { from: number; to: number }, recent: RecentPostings) {
    this.id = id;
    this.from = range.from;
    this.to = range.to;
    this.recent = recent;
    this.#terms = [...recent.terms].sort();
    this.#lists = new TermListWriter(id);
  }

  get postings(): number {
    return this.recent.size;
  }

  async step(budget: number): Promise<Step> {
    const operations: Operation[] = [];
    for (let cost = 0; cost < budget;) {
      const term = this.#terms[this.#next];
      if (term === undefined) {
        this.#lists.end(operations);
        return { operations, cost, isLast: true };
      }
      this.#next += 1;
      const block = this.recent.block(term);
      cost += costOf(block);
      if (block === undefined) continue;
      if (isSpelled(term)) this.#lists.add(term, this.recent.count(term), operations);
      operations.push({ type: 'put', key: postingKey(this.id, term), value: block });
      if (operations.length % BLOCKS_AT_A_STRETCH === 0) await yieldToOthers();
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
  readonly #lists: TermListWriter;
  #postings = 0;
  #isBegun = false;

  constructor(id: number, inputs: readonly Segment[], section: Section) {
    this.id = id;
    this.inputs = inputs;
    this.from = inputs[0]?.from ?? 0;
    this.to = inputs.at(-1)?.to ?? 0;
    this.#scans = inputs.map((input) => new SegmentScan(section, input.id));
    this.#lists = new TermListWriter(id);
  }

  get postings(): number {
    return this.#postings;
  }

  async step(budget: number, table: DocumentTable): Promise<Step> {
    if (!this.#isBegun) for (const scan of this.#scans) await scan.advance();
    this.#isBegun = true;
    const operations: Operation[] = [];
    let cost = 0;
    while (cost < budget) {
      const term = this.#firstTerm();
      if (term === undefined) {
        this.#lists.end(operations);
        return { operations, cost, isLast: true };
      }
      const scans = this.#scans.filter((scan) => scan.term === term);
      const blocks = scans.flatMap(({ block }) => (block === undefined ? [] : [block]));
      const { block, count, postings } = mergePostings(blocks, table.isLive);
      this.#postings += postings;
      cost += blocks.reduce((sum, input) => sum + costOf(input), 0);
      if (block !== undefined) {
        operations.push({ type: 'put', key: postingKey(this.id, term), value: block });
        if (isSpelled(term)) this.#lists.add(term, count, operations);
      }
      for (const scan of scans) await scan.advance();
    }
    return { operations, cost, isLast: false };
  }

  #firstTerm(): string | undefined {
    let first: string | undefined;
    for (const { term } of this.#scans) {
      if (term !== undefined && (first === undefined || isBefore(term, first))) first = term;
    }
    return first;
  }
}
