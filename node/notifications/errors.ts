import { NgrError } from '../../vocab/errors.ts';

/**
 * A notification that was understood is not taken in, or what a manager wants to do with one cannot be done.
 *
 * Receiving:
 * - `INBOX_TOO_LARGE`: it has more bytes than are taken.
 * - `INBOX_CONFLICT`: another one with the same id is here already.
 * - `INBOX_ORIGIN_QUOTA`: as many of the same origin wait as may.
 * - `INBOX_FULL`: the inbox holds as many as it may.
 * - `INBOX_ORIGIN_UNKNOWN`: the inbox takes notifications of configured services only.
 * - `INBOX_ORIGIN_REFUSED`: the operator wants none of this service.
 * - `INBOX_ORIGIN_FORGED`: its origin is not who posts it, as far as that can be known.
 * - `NOTIFY_NOT_OWN_RECORD`: it is about a record of another institution; `details.inbox` is that one's.
 * - `NOTIFY_RECORD_GONE`: it is about a record that was withdrawn or deleted.
 * - `NOTIFY_ILLEGAL_MOVE`: the conversation does not stand so that this could follow; `details.possible` says what can.
 *
 * Deciding and sending:
 * - `NOTIFICATION_UNKNOWN`, `SERVICE_UNKNOWN`: there is none of that name.
 * - `NOTIFICATION_SETTLED`: it does not wait for a decision, or not for this one.
 * - `NOTIFICATION_NO_RECORD`: which record it is about has to be said.
 * - `NOTIFICATION_NO_FILE`: a request has to name a file of the record, and none is open.
 * - `NOTIFICATION_NOT_FAILED`: only what was given up is sent again.
 *
 * Subscriptions:
 * - `SUBSCRIPTION_UNKNOWN`, `SUBSCRIPTION_TOO_MANY`
 */
export class NotificationError extends NgrError {}

export function unknownNotification(id: string, direction: 'received' | 'sent'): NotificationError {
  const what = direction === 'received' ? 'was received here' : 'was sent from here';
  const list = direction === 'received' ? 'ngr notifications' : 'ngr notifications --list sent';
  return new NotificationError('NOTIFICATION_UNKNOWN', `No notification ${id.slice(0, 100)} ${what}.`, {
    remedy: `"${list}" lists them.`,
  });
}

/** Something cannot be done with a notification as it stands. */
export function cannot(notification: { id: string; state: string }, why: string): NotificationError {
  return new NotificationError(
    'NOTIFICATION_SETTLED',
    `That cannot be done with ${notification.id}. ${why}`,
    {
      remedy: '"ngr notifications" shows how it stands.',
      details: { state: notification.state },
    },
  );
}
