/** Linked Data Notifications (W3C Recommendation, 2 May 2017): what a receiver reads and shows. */
export { LdnError } from './errors.ts';
export { inboxLink, inboxToJsonLd, LDP_INBOX, NOTIFICATION_TYPE } from './inbox.ts';
export { type Notification, readNotification } from './notification.ts';
