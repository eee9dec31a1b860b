import type { Logger } from 'pino';
import type { Operation, Section } from '../../../store/index.ts';
import type { DocumentTable } from '../documents/document-table.ts';
import { deathRange, documentKey, numberAtEnd } from '../layout.ts';
import { writtenTo, type IndexState } from './index-state.ts';
import { segmentsToMerge } from './merge-choice.ts';
import type { RecentPostings } from './recent-postings.ts';
import type { SegmentTerms } from './segment-terms.ts';
import { Merging, RecentWriting, type SegmentWriting } from './segment-writing.ts';

export interface Maintained {
  operations: Operation[];
  state: IndexState;
  /** The ripe postings are in a segment. */
  isWritten: boolean;
}

const DEATHS_SWEPT_AT_ONCE = 500;

/**
 * Keeps the index in few parts: writes ripe postings to a segment, merges segments, takes away what the dead left.
 * Each batch of changes brings all of it on by a bounded step, whose operations go into the same write.
 */
export class Maintenance {
  readonly #section: Section;
  readonly #terms: SegmentTerms;
  readonly #unit: number;
  readonly #log: Logger | undefined;
  #writing: RecentWriting | undefined;
  #merging: Merging | undefined;
  #mayMerge = true;
  #maySweep = true;

  /** @param unit the postings of a segment of the first size */
  constructor(options: { section: Section; terms: SegmentTerms; unit: number; log: Logger | undefined }) {
    const { section, terms, unit, log } = options;
    this.#section = section;
    this.#terms = terms;
    this.#unit = unit;
    this.#log = log;
  }

  /** One step. With `ripe` begins to write them, unless that is under way. */
  async step(options: {
    state: IndexState;
    table: DocumentTable;
    ripe: RecentPostings | undefined;
    /** The number of the first document that is not in `ripe`. */
    ripeTo: number;
    budget: number;
    /** Whether the ripe postings must be written to their end now, at whatever cost. */
    isUrgent: boolean;
  }): Promise<Maintained> {
    const { table, ripe, ripeTo, budget, isUrgent } = options;
    let { state } = options;
    let operations = await this.#sweep(state);
    let left = budget;
    let isWritten = false;

    // What this step writes is not on disk yet, so it is merged in a later one.
    if (this.#merging === undefined && this.#mayMerge) {
      const inputs = segmentsToMerge(state.segments, table, this.#unit);
      this.#mayMerge = inputs.length > 0;
      if (inputs.length > 0) {
        this.#merging = new Merging(state.nextSegment, inputs, this.#section, this.#terms);
        state = withUnfinished(state, this.#merging);
      }
    }
    if (ripe !== undefined && this.#writing === undefined) {
      this.#writing = new RecentWriting(state.nextSegment, { from: writtenTo(state), to: ripeTo }, ripe);
      state = withUnfinished(state, this.#writing);
    }
    if (this.#writing !== undefined) {
      const writing = this.#writing;
      const step = await writing.step(isUrgent ? Infinity : left);
      operations = [...operations, ...step.operations];
      left -= step.cost;
      if (step.isLast) {
        this.#terms.take(writing.id, writing.firsts);
        state = withSegment(state, writing, [], table);
        state = { ...state, writtenGeneration: writing.recent.generation };
        isWritten = true;
        this.#writing = undefined;
        this.#mayMerge = true;
        this.#maySweep = true;
      }
    }
    if (this.#merging !== undefined && left > 0) {
      const merging = this.#merging;
      const step = await merging.step(left, table);
      operations = [...operations, ...step.operations];
      if (step.isLast) {
        this.#terms.take(merging.id, merging.firsts);
        const inputs = merging.inputs.map(({ id }) => id);
        state = withSegment(state, merging, inputs, table);
        this.#merging = undefined;
        this.#log?.debug({ inputs, segments: state.segments.length }, 'segments merged');
      }
    }
    return { operations, state, isWritten };
  }

  /** Documents whose death is counted in a segment. */
  async #sweep({ writtenGeneration }: IndexState): Promise<Operation[]> {
    if (!this.#maySweep) return [];
    const range = deathRange(0, writtenGeneration);
    const keys = await this.#section.keys({ ...range, limit: DEATHS_SWEPT_AT_ONCE }).all();
    this.#maySweep = keys.length === DEATHS_SWEPT_AT_ONCE;
    return keys.flatMap((key) => [
      { type: 'del', key },
      { type: 'del', key: documentKey(numberAtEnd(key)) },
    ]);
  }
}

function withUnfinished(state: IndexState, { id }: SegmentWriting): IndexState {
  return { ...state, nextSegment: id + 1, unfinished: [...state.unfinished, id] };
}

/** The state in which the segment stands, in the place of `inputs` or as the newest. */
function withSegment(
  state: IndexState,
  { id, from, to, postings }: SegmentWriting,
  inputs: readonly number[],
  table: DocumentTable,
): IndexState {
  const segment = { id, from, to, postings, documents: table.liveBetween(from, to) };
  const first = state.segments.findIndex((other) => inputs.includes(other.id));
  const segments = state.segments.filter((other) => !inputs.includes(other.id));
  segments.splice(first === -1 ? segments.length : first, 0, segment);
  return {
    ...state,
    segments,
    unfinished: state.unfinished.filter((other) => other !== id),
    garbage: [...state.garbage, ...inputs],
  };
}
