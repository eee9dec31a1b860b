import {
  encodeEntry,
  EntryVerifier,
  verifyHead,
  type SignatureVerifier,
  type SignedHead,
} from '../../../protocols/heads/index.ts';
import {
  digestIn,
  segmentDigest,
  SegmentReader,
  verifyManifest,
  versionOf,
  workKeys,
  type SignedManifest,
  type WorkKey,
} from '../../../protocols/holdings-filter/index.ts';
import {
  limits,
  type KnownRecord,
  type LookupClient,
  type LookupError,
} from '../../../protocols/lookup/index.ts';
import type { EntryWithBlock } from '../../../protocols/replication/index.ts';
import { decodeHolding } from '../../../vocab/block.ts';
import { isTombstone } from '../../../vocab/record.ts';
import { checkEntry } from '../../catalogue/index.ts';
import { isFull } from './answers.ts';
import { refusal } from './errors.ts';
import type { CheckedCopy } from './looked-up-records.ts';

/** What came of a question, after all checks. */
export interface Found {
  copies: CheckedCopy[];
  /** Whether there may be more. */
  isFull: boolean;
}

/** Questions to one node, whose answers are believed as far as they are signed and were asked for, and no further. */
export class Asking {
  readonly #client: LookupClient;
  readonly #known: SignedHead;
  readonly #verifier: SignatureVerifier;
  readonly #entryVerifier: EntryVerifier;
  readonly #signal: AbortSignal;

  /** @param options.head the newest one that is known of the node, its signature checked */
  constructor(options: {
    client: LookupClient;
    head: SignedHead;
    verifier: SignatureVerifier;
    signal: AbortSignal;
  }) {
    this.#client = options.client;
    this.#known = options.head;
    this.#verifier = options.verifier;
    this.#entryVerifier = new EntryVerifier(options.verifier);
    this.#signal = options.signal;
  }

  /** What the node says of its filter; undefined where it has none yet. */
  async manifest(): Promise<SignedManifest | undefined> {
    const answer = await this.#client.ask({ type: 'filter' }, ['filter', 'absent'], this.#signal);
    if (answer.type === 'absent') return undefined;
    const { manifest } = answer;
    const { node } = this.#known;
    if (manifest.node !== node || !(await verifyManifest(manifest, this.#verifier)))
      throw refusal('FILTER_BAD_SIGNATURE', `${node} sent a filter that it has not signed.`);
    return manifest;
  }

  /** Those segments of a filter, each as its manifest says. @returns undefined where the filter is another by now */
  async segments(
    manifest: SignedManifest,
    wanted: readonly number[],
    mostBytes: number,
  ): Promise<Map<number, Uint8Array> | undefined> {
    const found = new Map<number, Uint8Array>();
    let bytes = 0;
    let keys = 0;
    for (let at = 0; at < wanted.length;) {
      const asked = wanted.slice(at, at + limits.segments);
      const request = { type: 'segments', version: versionOf(manifest), segments: asked } as const;
      const answer = await this.#client.ask(request, ['segments', 'absent'], this.#signal);
      if (answer.type === 'absent') return undefined;
      for (const [i, segment] of answer.segments.slice(0, asked.length).entries()) {
        const number = asked[i] ?? 0;
        if (segmentDigest(segment) !== digestIn(manifest, number)) return undefined;
        // Throws for what is none.
        const reader = new SegmentReader(segment);
        bytes += segment.length;
        keys += reader.keys;
        if (bytes > mostBytes || keys > manifest.keys)
          throw refusal(
            'FILTER_TOO_LARGE',
            `The filter of ${manifest.node} is larger than it says or than may be.`,
          );
        found.set(number, segment);
      }
      at += answer.segments.length;
    }
    return found;
  }

  /** The node's records under any of these keys, 256 at the most. */
  async records(keys: readonly WorkKey[]): Promise<Found> {
    const answer = await this.#client.ask({ type: 'records', keys }, ['records'], this.#signal);
    const found = await this.#checked(answer);
    const asked = new Set(keys);
    const isAsked = ({ workKeys }: CheckedCopy): boolean => workKeys.some((key) => asked.has(key));
    if (!found.copies.every(isAsked)) throw this.#unasked();
    return found;
  }

  /** The node's newer word on these records, 256 at the most; what is not among it stands as it is known. */
  async current(records: readonly KnownRecord[]): Promise<Found> {
    const request = { type: 'current', records } as const;
    const found = await this.#checked(await this.#client.ask(request, ['records'], this.#signal));
    const asked = new Map(records.map(({ key, seq }) => [key, seq]));
    const isAsked = ({ key, seq }: CheckedCopy): boolean =>
      seq > (asked.get(key) ?? Number.POSITIVE_INFINITY);
    if (!found.copies.every(isAsked)) throw this.#unasked();
    return found;
  }

  end(): void {
    this.#client.end();
  }

  async #checked({
    head,
    records,
  }: {
    head: SignedHead;
    records: readonly EntryWithBlock[];
  }): Promise<Found> {
    const { node, base, seq } = this.#known;
    if (head.node !== node || head.base !== base || !(await verifyHead(head, this.#verifier)))
      throw refusal('LOOKUP_BAD_HEAD', `${node} answered under a head that is not its own.`);
    if (head.seq < seq)
      throw refusal('LOOKUP_STALE', `${node} answered under a head that it has left behind.`);
    const copies: CheckedCopy[] = [];
    for (const received of records) {
      const { key, seq } = await checkEntry(head, received, this.#entryVerifier);
      const { entry, block } = received;
      if (seq > head.seq)
        throw refusal('LOOKUP_BAD_HEAD', `${node} answered with more than its head tells of.`);
      const holding = decodeHolding(block);
      copies.push({
        key,
        node,
        name: head.name,
        seq,
        entry: encodeEntry(entry),
        block,
        workKeys: isTombstone(holding) ? [] : workKeys(holding),
      });
    }
    return { copies, isFull: isFull(records) };
  }

  #unasked(): LookupError {
    return refusal('LOOKUP_UNASKED', `${this.#known.node} answered with what it was not asked for.`);
  }
}
