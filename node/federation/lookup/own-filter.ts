import { setImmediate } from 'node:timers/promises';
import * as dagCbor from '@ipld/dag-cbor';
import {
  digestIn,
  encodeSegment,
  keysIn,
  manifestFromTuple,
  manifestToTuple,
  packDigests,
  packWorkKeys,
  segmentBits,
  segmentDigest,
  segmentOf,
  segmentRange,
  signManifest,
  versionOf,
  type ManifestTuple,
  type SignedManifest,
} from '../../../protocols/holdings-filter/index.ts';
import { limits } from '../../../protocols/lookup/index.ts';
import type { Signer } from '../../../protocols/heads/index.ts';
import type { Catalogue } from '../../catalogue/index.ts';
import type { Clock } from '../../clock.ts';
import { numberOfKey, writeBatch, type Operation, type Section } from '../../store/index.ts';
import { beginningOfChangedRow, changedRange, OWN_MANIFEST_ROW, ownSegmentRow } from './layout.ts';
import type { WorkKeyIndex } from './work-key-index.ts';

type Snapshot = ReturnType<Section['snapshot']>;

const SEGMENTS_AT_ONCE = 16;

/** The node's own holdings filter: of a change, only the segments that it touches are made anew. */
export class OwnFilter {
  readonly #index: WorkKeyIndex;
  readonly #catalogue: Pick<Catalogue, 'position' | 'head'>;
  readonly #signer: Signer;
  readonly #clock: Clock;
  #manifest: SignedManifest | undefined;
  /** Of the log: up to which place the keys are in the filter. */
  #upTo = 0;

  constructor(options: {
    index: WorkKeyIndex;
    catalogue: Pick<Catalogue, 'position' | 'head'>;
    signer: Signer;
    clock: Clock;
  }) {
    this.#index = options.index;
    this.#catalogue = options.catalogue;
    this.#signer = options.signer;
    this.#clock = options.clock;
  }

  async load(): Promise<void> {
    const bytes = await this.#index.section.get(OWN_MANIFEST_ROW);
    if (bytes === undefined) return;
    const [tuple, upTo] = dagCbor.decode<[ManifestTuple, number]>(bytes);
    this.#manifest = manifestFromTuple(tuple);
    this.#upTo = upTo;
  }

  /** What others are told; undefined before the first time it was made. */
  get manifest(): SignedManifest | undefined {
    return this.#manifest;
  }

  /** The first ones of these segments, as many as one answer holds; undefined where the filter is another by now. */
  async segments(version: string, wanted: readonly number[]): Promise<Uint8Array[] | undefined> {
    const isCurrent = (): boolean => this.#manifest !== undefined && versionOf(this.#manifest) === version;
    const found: Uint8Array[] = [];
    let size = 0;
    for (let at = 0; at < wanted.length; at += SEGMENTS_AT_ONCE) {
      if (!isCurrent()) return undefined;
      const rows = wanted.slice(at, at + SEGMENTS_AT_ONCE).map(ownSegmentRow);
      for (const segment of await this.#index.section.getMany(rows)) {
        if (segment === undefined) return undefined;
        size += segment.length;
        if (found.length > 0 && size > limits.answerBytes) return found;
        found.push(segment);
      }
    }
    return isCurrent() ? found : undefined;
  }

  /** Brings the filter up to what the index has read. @returns how many segments were made */
  async refresh(signal: AbortSignal): Promise<number> {
    const { keys, position } = this.#index.counts;
    // Only when the index has read all is it sure that what the head tells of is in it.
    const isWhole = position >= this.#catalogue.position;
    const seq = isWhole ? this.#catalogue.head.seq : (this.#manifest?.seq ?? 0);
    const snapshot = this.#index.section.snapshot();
    try {
      const before = this.#manifest;
      const bits = segmentBits(keys, before?.bits ?? 0);
      const isCutAnew = before === undefined || bits !== before.bits;
      const changed = isCutAnew ? everySegment(bits) : await this.#changed(bits, snapshot);
      if (before !== undefined && changed.length === 0 && before.seq === seq) return 0;
      await this.#make({ bits, seq, position }, changed, isCutAnew ? undefined : before, snapshot, signal);
      return changed.length;
    } finally {
      await snapshot.close();
    }
  }

  async #changed(bits: number, snapshot: Snapshot): Promise<number[]> {
    const segments = new Set<number>();
    for await (const [row, mark] of this.#index.section.iterator({ ...changedRange, snapshot })) {
      const isNew = numberOfKey(Buffer.from(mark).toString()) > this.#upTo;
      if (isNew) segments.add(segmentOf(beginningOfChangedRow(row), bits));
    }
    return [...segments];
  }

  async #make(
    { bits, seq, position }: { bits: number; seq: number; position: number },
    changed: readonly number[],
    before: SignedManifest | undefined,
    snapshot: Snapshot,
    signal: AbortSignal,
  ): Promise<void> {
    const digests =
      before === undefined
        ? Array.from({ length: 2 ** bits }, () => '')
        : everySegment(bits).map((segment) => digestIn(before, segment));
    const operations: Operation[] = [];
    let count = before?.keys ?? 0;
    for (const segment of changed) {
      signal.throwIfAborted();
      const row = ownSegmentRow(segment);
      const old = before === undefined ? undefined : await this.#index.section.get(row, { snapshot });
      const bytes = encodeSegment(
        packWorkKeys(await this.#index.keysIn(segmentRange(segment, bits), snapshot)),
      );
      count += keysIn(bytes) - (old === undefined ? 0 : keysIn(old));
      digests[segment] = segmentDigest(bytes);
      operations.push({ type: 'put', key: row, value: bytes });
      // Others have their turn: a large filter takes seconds.
      await setImmediate();
    }
    for (let segment = 2 ** bits; segment < 2 ** (this.#manifest?.bits ?? 0); segment++) {
      operations.push({ type: 'del', key: ownSegmentRow(segment) });
    }
    const manifest = signManifest(
      {
        node: this.#signer.node,
        seq,
        time: this.#clock.now(),
        keys: count,
        bits,
        digests: packDigests(digests),
      },
      this.#signer,
    );
    const row: Operation = {
      type: 'put',
      key: OWN_MANIFEST_ROW,
      value: dagCbor.encode([manifestToTuple(manifest), position]),
    };
    await writeBatch(this.#index.section, [...operations, row], { durable: false });
    this.#manifest = manifest;
    this.#upTo = position;
  }
}

function everySegment(bits: number): number[] {
  return Array.from({ length: 2 ** bits }, (_, segment) => segment);
}
