import { SetDigest, type SignedHead } from '../../protocols/heads/index.ts';
import { decodePageItem } from '../../protocols/replication/index.ts';
import { decodeHolding } from '../../vocab/block.ts';
import { keyOfIri } from '../../vocab/record-key.ts';
import type { NodeId } from '../../vocab/record.ts';
import type { Section } from '../store/index.ts';
import type { CheckedPage } from './checking/index.ts';
import { copyNotWhole } from './errors.ts';
import { identifiersOf, membersOf } from './feed-batch.ts';
import type { FeedState } from './feed-state.ts';
import { entryRange, metaKey } from './layout.ts';
import { placesOf, StoredChange } from './rows.ts';
import type { UnsignedChange } from './sign-own.ts';

/** How the own feed came to be whole again. `signed anew`: two histories were made one. */
export type Recovery = 'caught up' | 'signed anew';

/** The own feed's pages behind a place, as another node has them, checked. */
export type OwnPages = (after: number) => AsyncIterable<CheckedPage>;

/** What recovery writes with: nothing of it signs a head. */
export interface OwnFeed {
  state(): FeedState;
  take(page: CheckedPage): Promise<unknown>;
  /** Leaves the places up to `seq` to what others have of them. */
  skipTo(seq: number): Promise<void>;
  /** Signs and writes the changes at the next places. */
  append(changes: readonly UnsignedChange[]): Promise<void>;
}

const BATCH = 200;

/**
 * Brings the own feed up to a head that this node signed and has lost, from another node's copy (docs/decisions/0013).
 *
 * Where the data are merely old, what came since is taken from the copy, and with it the feed is what the head says. Where
 * the node has gone on by itself from the old data, there are two histories behind one place. Then all that stands here,
 * and what only the copy has, is signed anew behind both: whoever has either then comes to the same. Before that the copy is
 * held against its head: what somebody leaves out of it is not to be signed away.
 *
 * It can be broken off anywhere and begun again.
 * @throws FeedError `FEED_DIVERGED` where the copy is not what its head says
 */
export async function recoverOwnFeed(
  section: Section,
  feed: OwnFeed,
  head: SignedHead,
  pages: OwnPages,
): Promise<Recovery> {
  let newest = head;
  for await (const page of pages(feed.state().seq)) {
    await feed.take(page);
    if (page.head.seq > newest.seq) newest = page.head;
  }
  const { node, seq, digest } = feed.state();
  if (seq === newest.seq && digest.digest() === newest.setDigest) return 'caught up';

  if (!(await isWhole(pages(0), newest))) throw copyNotWhole();
  await feed.skipTo(Math.max(seq, newest.seq));
  for await (const { changes } of pages(0)) {
    const places = await placesOf(
      section,
      changes.map(({ key }) => key),
    );
    const missing = changes.filter((_, i) => places[i] === undefined);
    await feed.append(missing.map(unsigned));
  }
  for await (const changes of standing(section, node, seq)) await feed.append(changes);
  return 'signed anew';
}

/** Whether all that stands in a copy is what the head says. */
async function isWhole(copy: AsyncIterable<CheckedPage>, { setDigest }: SignedHead): Promise<boolean> {
  const members = SetDigest.empty();
  for await (const { changes } of copy) members.addAll(membersOf(changes));
  return members.digest() === setDigest;
}

/**
 * Goes on without what nobody gave back: all that stands here is signed anew, behind every place that the lost head speaks of.
 * @param lost the place of that head
 */
export async function signOwnAnew(section: Section, feed: OwnFeed, lost: number): Promise<void> {
  const { node, seq } = feed.state();
  await feed.skipTo(Math.max(seq, lost));
  for await (const changes of standing(section, node, seq)) await feed.append(changes);
}

/** Keeps how far the network has the own feed, should what is missing never come. */
export async function noteLost(section: Section, seq: number): Promise<void> {
  const known = await lostPlace(section);
  if (seq > known) await section.put(metaKey('lost'), Buffer.from(String(seq)));
}

/** The highest place of the own feed that any other node has told of in a recovery; 0 where there was none. */
export async function lostPlace(section: Section): Promise<number> {
  const stored = await section.get(metaKey('lost'));
  return stored === undefined ? 0 : Number(Buffer.from(stored).toString());
}

/** A change that another node has, as one that has no place here yet. */
function unsigned({ key, kind, identifiers, encoded }: CheckedPage['changes'][number]): UnsignedChange {
  const { entry, block } = decodePageItem(encoded);
  return { key, kind, identifiers, block: { bytes: block, digest: entry.digest }, previous: undefined };
}

/** All that stands of a feed up to a place, some changes at a time. */
async function* standing(section: Section, node: NodeId, upTo: number): AsyncGenerator<UnsignedChange[]> {
  for (let after = 0; ;) {
    const values = await section.values({ ...entryRange(node, after, upTo), limit: BATCH }).all();
    const changes = values.map((value) => new StoredChange(value));
    const last = changes.at(-1);
    if (last === undefined) return;
    const keys = changes.map(({ entry }) => keyOfIri(entry.record) ?? '');
    const places = await placesOf(section, keys);
    yield changes.flatMap(({ entry, block }, i): UnsignedChange[] => {
      const [key = '', previous] = [keys[i], places[i]];
      if (previous === undefined) return [];
      const identifiers = identifiersOf(decodeHolding(block));
      return [
        { key, kind: entry.kind, identifiers, block: { bytes: block, digest: entry.digest }, previous },
      ];
    });
    after = last.entry.seq;
  }
}
