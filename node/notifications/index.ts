/** Linked Data Notifications and COAR Notify, as this node keeps them. */
export { Announcements, type Announced } from './announcements.ts';
export { REQUESTS, type RequestPattern, type Self } from './compose.ts';
export type { Conversation } from './conversations.ts';
export type { Decision } from './decisions.ts';
export { NotificationError } from './errors.ts';
export type { Inbox, Receipt } from './inbox.ts';
export { Notifications } from './notifications.ts';
export { defaultInboxLimits, type InboxLimits } from './quotas.ts';
export { reasonText } from './reasons.ts';
export type { ListName } from './layout.ts';
export type { Lookup } from './sender-addresses.ts';
export type { Service } from './service.ts';
export {
  NOTIFICATION_STATES,
  type NotificationState,
  type Party,
  type StoredNotification,
} from './stored-notification.ts';
export type { ChangeQuery, Subscription } from './subscriptions/subscription.ts';
export type { ChangeSubscriptions } from './subscriptions/subscriptions.ts';
