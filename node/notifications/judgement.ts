import { patterns, type CoarNotification, type Side } from '../../protocols/coar-notify/index.ts';
import { baseOfIri } from '../../vocab/record-key.ts';
import type { Conversation } from './conversations.ts';
import { NotificationError } from './errors.ts';
import { isSameAddress, isSameHost } from './iris.ts';
import type { FoundItems } from './items.ts';
import type { ReasonCode } from './reasons.ts';
import type { Sender } from './services.ts';
import type { Party, StoredNotification } from './stored-notification.ts';

/** What is known when a notification is judged. */
export interface Case {
  notification: CoarNotification;
  sender: Sender;
  items: FoundItems;
  /** The conversation that it says to belong to. */
  conversation: Conversation | undefined;
  /** The notification that it answers or takes back, where that is known here. */
  earlier: StoredNotification | undefined;
  /** The node's own base URL. */
  base: string;
}

/** What becomes of it. */
export interface Verdict {
  state: 'waiting' | 'accepted';
  why: ReasonCode;
  /** Whether it is the next step of the conversation. */
  moves?: boolean;
  /** Whether what it announces is shown. */
  shows?: boolean;
  /** Whether it takes back `earlier`, an Offer or an announcement. */
  undoes?: boolean;
  /** Whether it says what could not be done with `earlier`, which this node sent. */
  complains?: boolean;
}

const waiting = (why: ReasonCode): Verdict => ({ state: 'waiting', why });
const settled: Verdict = { state: 'accepted', why: 'part-of-conversation' };

/**
 * Decides what becomes of a notification: accepted, or left to a person. Nothing is passed over in silence: what is
 * neither is refused by an error whose text the sender gets.
 *
 * @throws NotificationError
 */
export function judge(one: Case): Verdict {
  const { role } = patterns[one.notification.pattern];
  switch (role) {
    case 'offer':
      return waiting(one.sender.service === undefined ? 'unknown-origin' : 'request');
    case 'announcement':
      return judgeAnnouncement(one);
    case 'answer':
      return judgeAnswer(one);
    case 'undo':
      return judgeUndo(one);
    case 'complaint':
      return judgeComplaint(one);
  }
}

function judgeAnnouncement(one: Case): Verdict {
  const { items, sender, conversation, notification, base } = one;
  if (conversation !== undefined) refuseOthers(one, conversation, 'offerer');
  const moves = conversation !== undefined;
  if (items.own.length === 0) {
    refuseElsewhere(items);
    return { ...waiting('no-item'), moves };
  }
  if (sender.service === undefined) return { ...waiting('unknown-origin'), moves };
  if (sender.service.trust !== 'accept') return { ...waiting('asks-first'), moves };
  if (!sender.isConfirmed) return { ...waiting('unconfirmed-sender'), moves };
  if (!isTarget(notification, base)) return { ...waiting('other-target'), moves };
  return { state: 'accepted', why: 'by-rule', shows: true, moves };
}

function judgeAnswer(one: Case): Verdict {
  const { conversation } = one;
  if (conversation === undefined) return waiting('unknown-conversation');
  refuseOthers(one, conversation, 'offerer');
  return { ...settled, moves: true };
}

/** An Offer is taken back by who made it; so is an announcement, though the specification has no pattern for that. */
function judgeUndo(one: Case): Verdict {
  const { conversation, earlier, sender } = one;
  if (conversation !== undefined) {
    refuseOthers(one, conversation, 'offered');
    return { ...settled, moves: true, undoes: true };
  }
  if (earlier === undefined || earlier.direction === 'sent') return waiting('unknown-conversation');
  // Of what was no COAR Notify nobody is known to be the sender.
  if (earlier.party === undefined) return waiting('unconfirmed-sender');
  refuseUnlike(sender.party, earlier.party);
  if (earlier.state === 'rejected' || earlier.state === 'undone') {
    throw new NotificationError(
      'NOTIFY_ILLEGAL_MOVE',
      `${earlier.iri ?? earlier.id} is not shown here (any longer): it stands at “${earlier.state}”.`,
      { remedy: 'There is nothing to undo.', details: { state: earlier.state, possible: [] } },
    );
  }
  // What others can read on a record's page goes only when it is sure who says so.
  if (earlier.state === 'accepted' && !sender.isConfirmed) return waiting('unconfirmed-sender');
  return { ...settled, undoes: true };
}

function judgeComplaint(one: Case): Verdict {
  const { conversation, earlier, sender } = one;
  if (earlier?.direction !== 'sent') return waiting('unknown-conversation');
  refuseUnlike(sender.party, earlier.party);
  const isAboutOffer = conversation !== undefined && conversation.offer === earlier.iri;
  return { ...settled, complains: true, moves: isAboutOffer };
}

/** @param side what this node has to be in the conversation for the other to say this */
function refuseOthers({ sender }: Case, conversation: Conversation, side: Side): void {
  if (conversation.side !== side) {
    throw new NotificationError(
      'NOTIFY_ILLEGAL_MOVE',
      `The Offer ${conversation.offer.slice(0, 200)} ${side === 'offerer' ? 'was not made by this node' : 'was made by this node'}.`,
      { remedy: 'Send this to who made the Offer.', details: { state: conversation.state, possible: [] } },
    );
  }
  refuseUnlike(sender.party, conversation.party);
}

function refuseUnlike(sender: Party, party: Party | undefined): void {
  if (party === undefined || isSameParty(sender, party)) return;
  throw new NotificationError(
    'INBOX_ORIGIN_FORGED',
    `This can be said by ${party.id} only, and its origin is ${sender.id}.`,
    { remedy: 'Send as the system that has said or been told the earlier notification.' },
  );
}

function isSameParty(one: Party, other: Party): boolean {
  return (
    (one.service !== undefined && one.service === other.service) ||
    isSameAddress(one.id, other.id) ||
    isSameAddress(one.inbox, other.inbox)
  );
}

function isTarget({ target }: CoarNotification, base: string): boolean {
  return [target.id, target.inbox].some((address) => isSameHost(address, base));
}

/** What is known here, but cannot be decided here. */
function refuseElsewhere({ gone, others }: FoundItems): void {
  const [tombstone] = gone;
  if (tombstone !== undefined && 'tombstone' in tombstone) {
    const { kind, reason } = tombstone.tombstone;
    throw new NotificationError('NOTIFY_RECORD_GONE', `${tombstone.id} was ${kind}: ${reason}`, {
      remedy: 'Nothing is shown with a record that is gone.',
    });
  }
  const [record] = others;
  if (record === undefined) return;
  const inbox = `${baseOfIri(record.id)}/inbox`;
  throw new NotificationError(
    'NOTIFY_NOT_OWN_RECORD',
    `${record.id} belongs to another institution; what is held here is a copy.`,
    { remedy: `Send this to that institution’s own inbox, ${inbox}.`, details: { inbox } },
  );
}
