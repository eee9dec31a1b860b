import * as dagCbor from '@ipld/dag-cbor';
import { LRUCache } from 'lru-cache';
import {
  manifestFromTuple,
  manifestToTuple,
  segmentOf,
  SegmentReader,
  type ManifestTuple,
  type SignedManifest,
  type WorkKey,
} from '../../../protocols/holdings-filter/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import { writeBatch, type Operation, type Section } from '../../store/index.ts';
import { manifestRange, manifestRow, segmentRow, segmentRowsOf } from './layout.ts';

/** Of one node: some 25 million keys. */
export const MOST_BYTES_A_NODE = 32 * 1024 * 1024;
/** Of all: those of 6,000 nodes with 300 million records are 1.2 GB (docs/scale.md). */
const MOST_BYTES = 4 * 1024 * 1024 * 1024;
const SEGMENTS_IN_MEMORY_BYTES = 16 * 1024 * 1024;
const NODES_AT_ONCE = 64;

/** What is known in memory of a filter on disk. */
interface HeldFilter {
  node: NodeId;
  /** The place in the node's feed up to which it was made. */
  seq: number;
  bits: number;
  bytes: number;
  /** When it was last compared with the node's own; milliseconds since 1970. */
  checkedAt: number;
  /** With which key the next questions to the node begin. */
  next: WorkKey;
}

type Row = [manifest: ManifestTuple, checkedAt: number, next: WorkKey, bytes: number];

/** The holdings filters of other nodes, on disk. In memory: some numbers of each, and a few segments. */
export class HeldFilters {
  readonly #section: Section;
  readonly #mostBytes: number;
  readonly #held = new Map<NodeId, HeldFilter>();
  readonly #segments = new LRUCache<string, SegmentReader>({
    maxSize: SEGMENTS_IN_MEMORY_BYTES,
    // Each key takes some ten bits, and the reader itself a little.
    sizeCalculation: ({ keys }) => Math.ceil(keys * 1.5) + 200,
  });
  #bytes = 0;

  constructor(options: { section: Section; mostBytes?: number }) {
    this.#section = options.section;
    this.#mostBytes = options.mostBytes ?? MOST_BYTES;
  }

  async load(): Promise<void> {
    for await (const value of this.#section.values(manifestRange)) {
      const [tuple, checkedAt, next, bytes] = dagCbor.decode<Row>(value);
      const { node, seq, bits } = manifestFromTuple(tuple);
      this.#note({ node, seq, bits, bytes, checkedAt, next });
    }
  }

  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#held.size;
  }

  of(node: NodeId): HeldFilter | undefined {
    return this.#held.get(node);
  }

  nodes(): NodeId[] {
    return [...this.#held.keys()];
  }

  async manifest(node: NodeId): Promise<SignedManifest | undefined> {
    const row = await this.#section.get(manifestRow(node));
    return row === undefined ? undefined : manifestFromTuple(dagCbor.decode<Row>(row)[0]);
  }

  /**
   * Keeps a filter whose segments were checked against its manifest.
   * @param segments those that are other than before: all, where the filter is cut in another way
   */
  async put(
    manifest: SignedManifest,
    segments: ReadonlyMap<number, Uint8Array>,
    checkedAt: number,
  ): Promise<void> {
    const { node, seq, bits } = manifest;
    const before = this.#held.get(node);
    const operations: Operation[] = [];
    let bytes = 0;
    if (before !== undefined && before.bits !== bits) {
      for await (const key of this.#section.keys(segmentRowsOf(node))) operations.push({ type: 'del', key });
    } else if (before !== undefined) {
      bytes = before.bytes;
      const rows = [...segments.keys()].map((segment) => segmentRow(node, segment));
      for (const old of await this.#section.getMany(rows)) bytes -= old?.length ?? 0;
    }
    for (const [segment, value] of segments) {
      bytes += value.length;
      operations.push({ type: 'put', key: segmentRow(node, segment), value });
    }
    const held: HeldFilter = { node, seq, bits, bytes, checkedAt, next: before?.next ?? '' };
    operations.push(this.#rowOf(manifest, held));
    await writeBatch(this.#section, operations, { durable: false });
    this.#note(held);
    await this.#makeRoom(node);
  }

  /** Notes that the node was asked, and where the next questions to it begin. */
  async asked(node: NodeId, next: WorkKey): Promise<void> {
    const [held, manifest] = [this.#held.get(node), await this.manifest(node)];
    if (held === undefined || manifest === undefined) return;
    const noted = { ...held, next };
    await writeBatch(this.#section, [this.#rowOf(manifest, noted)], { durable: false });
    this.#held.set(node, noted);
  }

  async forget(node: NodeId): Promise<void> {
    const held = this.#held.get(node);
    if (held === undefined) return;
    const keys = await this.#section.keys(segmentRowsOf(node)).all();
    const rows = [manifestRow(node), ...keys];
    await writeBatch(
      this.#section,
      rows.map((key) => ({ type: 'del', key })),
      { durable: false },
    );
    this.#held.delete(node);
    this.#bytes -= held.bytes;
    this.#dropFromMemory(held);
  }

  /** A segment to be read once, past the memory for those that are asked again. */
  async segment(node: NodeId, segment: number): Promise<SegmentReader | undefined> {
    const bytes = await this.#section.get(segmentRow(node, segment));
    return bytes === undefined ? undefined : new SegmentReader(bytes);
  }

  /** Of these keys, those that each node may hold something under; nodes that hold nothing are left out. */
  async mayHold(nodes: readonly NodeId[], keys: readonly WorkKey[]): Promise<Map<NodeId, WorkKey[]>> {
    const hits = new Map<NodeId, WorkKey[]>();
    for (let at = 0; at < nodes.length; at += NODES_AT_ONCE) {
      const questions = nodes.slice(at, at + NODES_AT_ONCE).flatMap((node) => {
        const held = this.#held.get(node);
        return held === undefined
          ? []
          : keys.map((key) => ({ node, key, row: segmentRow(node, segmentOf(key, held.bits)) }));
      });
      await this.#read(questions.map(({ row }) => row));
      for (const { node, key, row } of questions) {
        if (this.#segments.get(row)?.has(key) === true) hits.set(node, [...(hits.get(node) ?? []), key]);
      }
    }
    return hits;
  }

  async #read(rows: readonly string[]): Promise<void> {
    const missing = [...new Set(rows)].filter((row) => !this.#segments.has(row));
    const found = await this.#section.getMany(missing);
    for (const [i, row] of missing.entries()) {
      const bytes = found[i];
      if (bytes !== undefined) this.#segments.set(row, new SegmentReader(bytes));
    }
  }

  #rowOf(manifest: SignedManifest, { checkedAt, next, bytes }: HeldFilter): Operation {
    const row: Row = [manifestToTuple(manifest), checkedAt, next, bytes];
    return { type: 'put', key: manifestRow(manifest.node), value: dagCbor.encode(row) };
  }

  #note(held: HeldFilter): void {
    const before = this.#held.get(held.node);
    this.#bytes += held.bytes - (before?.bytes ?? 0);
    this.#held.set(held.node, held);
    if (before !== undefined) this.#dropFromMemory(before);
  }

  #dropFromMemory({ node, bits }: HeldFilter): void {
    for (let segment = 0; segment < 2 ** bits; segment++) this.#segments.delete(segmentRow(node, segment));
  }

  /** Where all filters together are too large, those that were compared longest ago are let go. */
  async #makeRoom(newest: NodeId): Promise<void> {
    const byAge = [...this.#held.values()].toSorted((a, b) => a.checkedAt - b.checkedAt);
    for (const { node } of byAge) {
      if (this.#bytes <= this.#mostBytes) return;
      if (node !== newest) await this.forget(node);
    }
  }
}
