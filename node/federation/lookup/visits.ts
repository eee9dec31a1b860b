import type { SignedHead } from '../../../protocols/heads/index.ts';
import {
  digestIn,
  MAX_WORK_KEYS,
  segmentRange,
  type SegmentReader,
  type SignedManifest,
  type WorkKey,
} from '../../../protocols/holdings-filter/index.ts';
import { limits } from '../../../protocols/lookup/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import type { Clock } from '../../clock.ts';
import type { Asking } from './asking.ts';
import { refusal } from './errors.ts';
import { MOST_BYTES_A_NODE, type HeldFilters } from './held-filters.ts';
import type { LookedUpRecords } from './looked-up-records.ts';
import type { Promises } from './promises.ts';
import type { WorkKeyIndex } from './work-key-index.ts';

/** In one visit; the next one goes on behind the last. */
const MOST_KEYS_ASKED = 4_096;

/**
 * A visit to one node, once a day: what of its filter has changed is fetched, the own records' keys are held against it,
 * and the node is asked for the records under those that it may hold, and for the latest word on those it gave before.
 */
export class Visits {
  readonly #index: WorkKeyIndex;
  readonly #filters: HeldFilters;
  readonly #records: LookedUpRecords;
  readonly #promises: Promises;
  readonly #clock: Clock;

  constructor(options: {
    index: WorkKeyIndex;
    filters: HeldFilters;
    records: LookedUpRecords;
    promises: Promises;
    clock: Clock;
  }) {
    this.#index = options.index;
    this.#filters = options.filters;
    this.#records = options.records;
    this.#promises = options.promises;
    this.#clock = options.clock;
  }

  /** @throws LookupError, FilterError or what the stream throws; what was learnt before it is kept */
  async visit(head: SignedHead, asking: Asking): Promise<void> {
    if (!(await this.#fetch(head, asking))) return;
    const { hits, tested, next } = await this.#ownKeysAt(head.node);
    const left = await this.#askForKnown(head.node, hits, asking);
    const unkept = await this.#askFor(left, asking);
    await this.#filters.asked(head.node, next);
    if (!this.#promises.note(head.node, tested, unkept)) return;
    await this.#filters.forget(head.node);
    throw refusal(
      'LOOKUP_EMPTY_PROMISES',
      `The filter of ${head.node} promises what the node has not: ${unkept} of ${tested} keys. It is ignored for a day.`,
    );
  }

  /** The node's newer word on what it gave before: a withdrawal above all. */
  async renew(node: NodeId, asking: Asking): Promise<void> {
    const known = await this.#records.of(node);
    const records = known.filter(({ workKeys }) => workKeys.length > 0);
    for (let at = 0; at < records.length; at += limits.records) {
      const { copies } = await asking.current(records.slice(at, at + limits.records));
      await this.#records.put(copies, this.#clock.now());
    }
  }

  /** Brings the filter here up to the node's own. @returns whether there is one that is whole */
  async #fetch(head: SignedHead, asking: Asking): Promise<boolean> {
    const { node } = head;
    const manifest = await asking.manifest();
    if (manifest === undefined) return false;
    const before = this.#filters.of(node);
    if (before !== undefined && manifest.seq < before.seq)
      throw refusal('FILTER_STALE', `${node} gave a filter that is older than the one it gave before.`);
    if (manifest.keys > head.live * MAX_WORK_KEYS)
      throw refusal('FILTER_TOO_LARGE', `The filter of ${node} has more keys than its records can have.`);
    const known = before === undefined ? undefined : await this.#filters.manifest(node);
    const changed = changedSegments(manifest, known);
    const segments = await asking.segments(manifest, changed, MOST_BYTES_A_NODE);
    if (segments === undefined) return false;
    await this.#filters.put(manifest, segments, this.#clock.now());
    return true;
  }

  /** The own keys that the node may hold something under, from where the last visit ended, and how many were tried. */
  async #ownKeysAt(node: NodeId): Promise<{ hits: WorkKey[]; tested: number; next: WorkKey }> {
    const { bits = 0, next: first = '' } = this.#filters.of(node) ?? {};
    const count = 2 ** bits;
    const begin = first === '' ? 0 : Number.parseInt(first.slice(0, 4), 16) >> (16 - bits);
    const hits: WorkKey[] = [];
    let tested = 0;
    for (let i = 0; i < count; i++) {
      const segment = (begin + i) % count;
      const reader: SegmentReader | undefined = await this.#filters.segment(node, segment);
      const range = segmentRange(segment, bits);
      const keys = await this.#index.keysIn(i === 0 && first > range.gte ? { ...range, gte: first } : range);
      for (const key of keys) {
        tested += 1;
        if (reader?.has(key) !== true) continue;
        if (hits.length === MOST_KEYS_ASKED) return { hits, tested, next: key };
        hits.push(key);
      }
    }
    return { hits, tested, next: '' };
  }

  /** What is known already and still promised is only asked for news. @returns the keys that nothing is known under */
  async #askForKnown(node: NodeId, hits: readonly WorkKey[], asking: Asking): Promise<WorkKey[]> {
    const promised = new Set(hits);
    const known = (await this.#records.of(node)).filter(({ workKeys }) =>
      workKeys.some((key) => promised.has(key)),
    );
    for (let at = 0; at < known.length; at += limits.records) {
      const some = known.slice(at, at + limits.records);
      const { copies, isFull } = await asking.current(some);
      const now = this.#clock.now();
      await this.#records.put(copies, now);
      const news = new Set(copies.map(({ key }) => key));
      if (!isFull)
        await this.#records.confirm(
          some.map(({ key }) => key).filter((key) => !news.has(key)),
          now,
        );
    }
    const covered = new Set(known.flatMap(({ workKeys }) => workKeys));
    return hits.filter((key) => !covered.has(key));
  }

  /** @returns for how many of the keys the node gave nothing */
  async #askFor(keys: readonly WorkKey[], asking: Asking): Promise<number> {
    const waiting = [...keys];
    let unkept = 0;
    while (waiting.length > 0) {
      const some = waiting.splice(0, limits.keys);
      const { copies, isFull } = await asking.records(some);
      await this.#records.put(copies, this.#clock.now());
      const given = new Set(copies.flatMap(({ workKeys }) => workKeys));
      const missing = some.filter((key) => !given.has(key));
      // Where the answer was cut off the rest is asked again; each time at least one key is done with.
      if (isFull && missing.length < some.length) waiting.unshift(...missing);
      else unkept += missing.length;
    }
    return unkept;
  }
}

function changedSegments(manifest: SignedManifest, known: SignedManifest | undefined): number[] {
  const segments = Array.from({ length: 2 ** manifest.bits }, (_, segment) => segment);
  if (known?.bits !== manifest.bits) return segments;
  return segments.filter((segment) => digestIn(manifest, segment) !== digestIn(known, segment));
}
