import { NgrError } from '../../vocab/errors.ts';

/**
 * A request is understood, but not taken by this hub.
 *
 * - `WEBSUB_UNKNOWN_TOPIC`: it distributes no such topic.
 * - `WEBSUB_UNKNOWN_SUBSCRIPTION`: what is to be ended is not there.
 * - `WEBSUB_HOST_QUOTA`: the callback's host has as many subscriptions, or requests that wait, as it may.
 * - `WEBSUB_FULL`: the hub has as many of all hosts as it may.
 */
export class HubError extends NgrError {}
