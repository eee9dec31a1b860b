export { InboxError } from './errors.ts';
export { defaultInboxLimits, Inbox, type InboxLimits, type InboxPage } from './inbox.ts';
export type { ReceivedNotification, StoredNotification } from './layout.ts';
