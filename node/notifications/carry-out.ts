import { patterns, type CoarNotification } from '../../protocols/coar-notify/index.ts';
import { announcementOf } from './announcement.ts';
import type { Case, Verdict } from './judgement.ts';
import type { Batch } from './ledger.ts';
import { roleOf, type StoredNotification } from './stored-notification.ts';

/** Puts into a batch what follows from a notification that came, beside itself. */
export function carryOut(batch: Batch, row: StoredNotification, verdict: Verdict, one: Case): void {
  const { notification, conversation, earlier, items, base } = one;
  const { pattern, id: iri } = notification;
  const { id, at, party, records } = row;
  if (patterns[pattern].role === 'offer' && party !== undefined) {
    const moves = [{ pattern, by: 'offerer' as const, notification: id, at }];
    batch.begin({ offer: iri, pattern, side: 'offered', state: 'offered', party, records, moves });
  }
  if (verdict.moves === true && conversation !== undefined) {
    const by = conversation.side === 'offerer' ? 'offered' : 'offerer';
    batch.move(conversation, { pattern, by, notification: id, at });
  }
  if (verdict.shows === true) {
    showAnnouncement(batch, row, notification, { base, at, isContext: items.isContext });
  }
  if (earlier === undefined) return;
  if (verdict.complains === true) {
    batch.put({ ...earlier, complaint: notification.summary ?? '' }, earlier);
  } else if (verdict.undoes === true) takeBack(batch, earlier, at);
}

/** Shows what a notification announces with the records that it is about. */
export function showAnnouncement(
  batch: Batch,
  { id, records }: Pick<StoredNotification, 'id' | 'records'>,
  notification: CoarNotification,
  { base, at, isContext }: { base: string; at: number; isContext: boolean },
): void {
  const iri = `${base}/inbox/${id}`;
  batch.show(records, id, announcementOf(notification, { id: iri, at, isContext }));
}

/** What its sender takes back: an Offer is not to be answered any more, an announcement not to be shown. */
export function takeBack(batch: Batch, earlier: StoredNotification, at: number): void {
  batch.put({ ...earlier, state: 'undone', why: 'by-sender' }, earlier);
  if (earlier.state === 'accepted' && roleOf(earlier) === 'announcement') batch.hide(earlier, at);
}
