/** Linked Data Notifications (W3C Recommendation, 2 May 2017): what receivers read and show, and what senders do. */
export type { RequestFetch as Fetch } from '../http/index.ts';
export { deliver, type DeliveryAnswer } from './delivery.ts';
export { discoverInbox, inboxInBody } from './discovery.ts';
export { LdnError } from './errors.ts';
export { Graph, type GraphNode, isGivenIri, type Value } from './graph.ts';
export { inboxToJsonLd, JSON_LD_TYPE, LDP_CONSTRAINED_BY, LDP_INBOX, NOTIFICATION_TYPES } from './inbox.ts';
export { type Notification, readNotification } from './notification.ts';
export { verifyInbox } from './verification.ts';
