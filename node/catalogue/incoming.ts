import {
  leafOf,
  type EntryVerifier,
  type SignedEntry,
  type SignedHead,
} from '../../protocols/heads/index.ts';
import { encodePageItem, type PageItem } from '../../protocols/replication/index.ts';
import { digestOf } from '../../vocab/block.ts';
import { MAX_BLOCK_BYTES } from '../../vocab/block-limits.ts';
import { keyOfIri, recordKey } from '../../vocab/record-key.ts';
import { checkHolding } from '../../vocab/record-schema.ts';
import type { Section } from '../store/index.ts';
import { FeedError } from './errors.ts';
import { identifiersOf, type CheckedChange, type PreparedChange } from './feed-batch.ts';
import { placesOf } from './rows.ts';

/** An entry of a peer's feed with the block it speaks of, as any holder may have sent it. */
export interface ReceivedEntry {
  entry: SignedEntry;
  block: Uint8Array;
}

/** A received entry after all checks, as it is to be stored. */
export interface CheckedEntry extends CheckedChange {
  /** What the set digest counts: see `leafOf`. */
  member: Uint8Array;
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
  const item = { entry, block, encoded: encodePageItem(received), leaf: leafOf(entry) };
  return await checkPageItem(head, item, verifier);
}

/** The same for an entry that was read where it lies. */
export async function checkPageItem(
  head: SignedHead,
  { entry, block, encoded, leaf }: PageItem,
  verifier: EntryVerifier,
): Promise<CheckedEntry> {
  const key = keyOfIri(entry.record);
  if (entry.node !== head.node || key === undefined || entry.record !== `${head.base}/records/${key}`) {
    throw refusal('FEED_FOREIGN_ENTRY', entry, 'it is not of this feed');
  }
  if (!(await verifier.verify(entry.node, leaf, entry.signature)))
    throw refusal('FEED_BAD_SIGNATURE', entry, 'its signature is wrong');
  if (block.length > MAX_BLOCK_BYTES)
    throw refusal('FEED_BAD_BLOCK', entry, `its block has ${block.length} bytes`);
  if (digestOf(block) !== entry.digest) throw refusal('FEED_BAD_DIGEST', entry, 'its block was altered');
  const checked = checkHolding(block);
  if ('problem' in checked) throw refusal('FEED_BAD_BLOCK', entry, checked.problem);
  const { facts } = checked;
  const ownsRecord =
    facts.node === entry.node &&
    facts.id === entry.record &&
    recordKey(entry.node, facts.oaiIdentifier) === key;
  if (!ownsRecord) throw refusal('FEED_FOREIGN_ENTRY', entry, 'the node does not own the record');
  const isGone = entry.kind === 'withdrawn' || entry.kind === 'deleted';
  if (facts.gone === undefined ? isGone : facts.gone !== entry.kind) {
    throw refusal('FEED_BAD_BLOCK', entry, `its block is not one of a record ${entry.kind}`);
  }
  const { seq, kind } = entry;
  return { key, seq, kind, encoded, bytes: block.length, identifiers: identifiersOf(facts), member: leaf };
}

/**
 * Those that say something newer of their record than is known; of several for one record the last. What was known of a
 * record before its feed was dropped counts, too: a withdrawal that was seen here stays seen.
 *
 * @param head under which they stand
 * @throws FeedError `FEED_STALE` where the head is older than what was seen of a record here
 */
export async function fresherThanKnown(
  section: Section,
  head: SignedHead,
  checked: readonly CheckedChange[],
): Promise<PreparedChange[]> {
  const places = await placesOf(
    section,
    checked.map(({ key }) => key),
  );
  const newest = new Map<string, PreparedChange>();
  for (const [i, change] of checked.entries()) {
    const previous = places[i];
    if (previous?.kind === 'dropped' && previous.seq > head.seq) throw stale(head, previous.seq);
    // What was dropped comes again as it was.
    const seen = previous?.kind === 'dropped' ? previous.seq - 1 : (previous?.seq ?? 0);
    if (change.seq <= (newest.get(change.key)?.seq ?? seen)) continue;
    newest.delete(change.key);
    newest.set(change.key, { ...change, previous });
  }
  return [...newest.values()];
}

function stale({ node, seq }: SignedHead, seen: number): FeedError {
  return new FeedError('FEED_STALE', `A head of ${node} at ${seq} is old: ${seen} was seen here.`, {
    remedy: 'Nothing to do here: the feed is taken from a peer that has it as it is now.',
  });
}

function refusal(code: string, entry: SignedEntry, why: string): FeedError {
  return new FeedError(code, `Entry ${entry.seq} of the feed of ${entry.node} is refused: ${why}.`, {
    remedy: 'Nothing to do here: the peer that sent it is scored down, and the feed is taken from another.',
    details: { node: entry.node, seq: entry.seq },
  });
}
