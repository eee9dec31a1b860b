import type { SignedHead } from '../../../protocols/heads/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import { FeedError, type CheckedPage } from '../../catalogue/index.ts';
import type { FeedWindow } from './windows.ts';

const REMEDY =
  'Nothing to do here: the peer that sent it is scored down, and the feed is taken from another.';

/**
 * Whether a page is what was asked for: entries of the feed in their order, within the window, up to its end or the head's.
 *
 * @throws FeedError `FEED_BAD_ORDER` · `FEED_DIVERGED`
 */
export function checkPage(
  { head, changes, more }: CheckedPage,
  feed: NodeId,
  { after, upTo }: Pick<FeedWindow, 'after' | 'upTo'>,
): void {
  let last = after;
  for (const { seq } of changes) {
    if (seq <= last) throw outOfOrder(feed, seq);
    last = seq;
  }
  const isOutside = last > Math.min(head.seq, Math.max(upTo, after));
  if (head.node !== feed || isOutside || (more && last === after)) throw outOfOrder(feed, last);
  // The entry at a head's own place always stands: a page that should reach it and does not has left it out.
  if (!more && after < head.seq && upTo >= head.seq && last < head.seq) throw leftOut(head);
}

function leftOut({ node, seq }: SignedHead): FeedError {
  return new FeedError('FEED_DIVERGED', `A page of the feed of ${node} leaves out its last entry, ${seq}.`, {
    remedy: REMEDY,
  });
}

function outOfOrder(node: NodeId, seq: number): FeedError {
  return new FeedError('FEED_BAD_ORDER', `A page of the feed of ${node} is out of order at ${seq}.`, {
    remedy: REMEDY,
  });
}
