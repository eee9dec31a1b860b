import * as dagCbor from '@ipld/dag-cbor';
import {
  entryBytes,
  type EntryVerifier,
  type SignedEntry,
  type SignedHead,
} from '../../protocols/heads/index.ts';
import { digestOf } from '../../vocab/block.ts';
import { hasMoreItems } from '../../vocab/cbor-size.ts';
import { isTombstone, type Holding } from '../../vocab/record.ts';
import { keyOfIri, recordKey } from '../../vocab/record-key.ts';
import { checkHolding } from '../../vocab/record-schema.ts';
import type { Section } from '../store/index.ts';
import { FeedError } from './errors.ts';
import type { PreparedChange } from './feed-batch.ts';
import { placeKey } from './layout.ts';
import { decodePlace } from './place.ts';

/** An entry of a peer's feed with the block it speaks of, as any holder may have sent it. */
export interface ReceivedEntry {
  entry: SignedEntry;
  block: Uint8Array;
}

/** In a block: ten times what a record of 5,000 authors has. */
const MAX_ITEMS = 500_000;

/** A received entry after all checks. */
export interface CheckedEntry extends ReceivedEntry {
  key: string;
  /** Of the entry, as `entryBytes` makes them. */
  bytes: Uint8Array;
  holding: Holding;
}

/**
 * Checks what a peer gave us against the feed's origin: the origin's signature on the entry, the entry's digest on the
 * block, and that the origin speaks for its own record only. Who carried it does not matter.
 *
 * @param head the origin's head, its signature checked already
 * @throws FeedError `FEED_FOREIGN_ENTRY`, `FEED_BAD_SIGNATURE`, `FEED_BAD_DIGEST` or `FEED_BAD_BLOCK`
 */
export async function checkEntry(
  head: SignedHead,
  received: ReceivedEntry,
  verifier: EntryVerifier,
): Promise<CheckedEntry> {
  const { entry, block } = received;
  const key = keyOfIri(entry.record);
  if (entry.node !== head.node || key === undefined || entry.record !== `${head.base}/records/${key}`) {
    throw refusal('FEED_FOREIGN_ENTRY', entry, 'it is not of this feed');
  }
  const bytes = entryBytes(entry);
  if (!(await verifier.verify(entry.node, bytes, entry.signature)))
    throw refusal('FEED_BAD_SIGNATURE', entry, 'its signature is wrong');
  if (digestOf(block) !== entry.digest) throw refusal('FEED_BAD_DIGEST', entry, 'its block was altered');
  const holding = readBlock(entry, block);
  const ownsRecord =
    holding.node === entry.node &&
    holding.id === entry.record &&
    recordKey(entry.node, holding.oaiIdentifier) === key;
  if (!ownsRecord) throw refusal('FEED_FOREIGN_ENTRY', entry, 'the node does not own the record');
  const isGone = entry.kind === 'withdrawn' || entry.kind === 'deleted';
  if (isTombstone(holding) ? holding.tombstone.kind !== entry.kind : isGone) {
    throw refusal('FEED_BAD_BLOCK', entry, `its block is not one of a record ${entry.kind}`);
  }
  return { entry, bytes, block, key, holding };
}

/** Those that say something newer of their record than is known; of several for one record the last. */
export async function fresherThanKnown(
  section: Section,
  checked: readonly CheckedEntry[],
): Promise<PreparedChange[]> {
  const places = await section.getMany(checked.map(({ key }) => placeKey(key)));
  const newest = new Map<string, PreparedChange>();
  for (const [i, { key, entry, bytes, holding, block }] of checked.entries()) {
    const placeBytes = places[i];
    const previous = placeBytes === undefined ? undefined : decodePlace(placeBytes);
    const known = newest.get(key)?.entry.seq ?? (previous?.kind === 'dropped' ? 0 : (previous?.seq ?? 0));
    if (entry.seq <= known) continue;
    newest.delete(key);
    newest.set(key, { key, entry, bytes, holding, block: { bytes: block, digest: entry.digest }, previous });
  }
  return [...newest.values()];
}

function readBlock(entry: SignedEntry, block: Uint8Array): Holding {
  if (hasMoreItems(block, MAX_ITEMS))
    throw refusal('FEED_BAD_BLOCK', entry, `its block has more than ${MAX_ITEMS} items`);
  let value: unknown;
  try {
    value = dagCbor.decode(block);
  } catch (cause) {
    throw refusal('FEED_BAD_BLOCK', entry, `its block is not DAG-CBOR: ${(cause as Error).message}`);
  }
  const checked = checkHolding(value);
  if ('problem' in checked) throw refusal('FEED_BAD_BLOCK', entry, checked.problem);
  return checked.holding;
}

function refusal(code: string, entry: SignedEntry, why: string): FeedError {
  return new FeedError(code, `Entry ${entry.seq} of the feed of ${entry.node} is refused: ${why}.`, {
    remedy: 'Nothing to do here: the peer that sent it is scored down, and the feed is taken from another.',
    details: { node: entry.node, seq: entry.seq },
  });
}
