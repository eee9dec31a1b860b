/** The node's WebSub hub: who is told of changes over their own callbacks. */
export { HubError } from './errors.ts';
export { Hub } from './hub.ts';
export { defaultHubLimits, type HubLimits } from './limits.ts';
export type { Subscription, SubscriptionState } from './subscription.ts';
export type { News, Progress, Topic } from './topic.ts';
