/** What the hub takes on, and what it puts up with. */
export interface HubLimits {
  /** Subscriptions in all, and of one host. */
  subscriptions: number;
  subscriptionsOfHost: number;
  /** Requests that are not confirmed yet, in all and of one host. */
  pending: number;
  pendingOfHost: number;
  /** Subscriptions that have ended and are still shown. */
  ended: number;
  /** Seconds that a subscription lasts at the most, and where nothing else is asked for. */
  leaseSeconds: number;
  /** Milliseconds that a callback may take for its answer. */
  answerWithinMs: number;
}

/** The lease is the one that WebSub recommends (section 8.2). */
export const defaultHubLimits: HubLimits = {
  subscriptions: 1_000,
  subscriptionsOfHost: 50,
  pending: 500,
  pendingOfHost: 20,
  ended: 100,
  leaseSeconds: 10 * 24 * 3_600,
  answerWithinMs: 10_000,
};
