import type { Messages } from '../../messages/index.ts';

type Reason = keyof Messages['peers']['reasons'];

/** What was refused, in a few kinds that a person can tell apart, by the codes of errors. */
const reasons: ReadonlyMap<string, Reason> = new Map([
  ['FEED_BAD_SIGNATURE', 'badSignature'],
  ['USAGE_BAD_SIGNATURE', 'badSignature'],
  ['FEED_BAD_DIGEST', 'altered'],
  ['FILTER_BAD_SIGNATURE', 'badSignature'],
  ['LOOKUP_BAD_HEAD', 'badSignature'],
  ['FEED_FOREIGN_ENTRY', 'foreign'],
  ['FEED_OWN', 'foreign'],
  ['FEED_FORKED', 'contradictory'],
  ['FEED_BAD_BLOCK', 'malformed'],
  ['HEADS_BAD_ANNOUNCEMENT', 'malformed'],
  ['HEADS_BAD_HEAD', 'malformed'],
  ['HEADS_BAD_ENTRY', 'malformed'],
  ['REPLICATION_BAD_FRAME', 'malformed'],
  ['REPLICATION_BAD_MESSAGE', 'malformed'],
  ['REPLICATION_UNEXPECTED', 'malformed'],
  ['LOOKUP_BAD_MESSAGE', 'malformed'],
  ['LOOKUP_UNEXPECTED', 'malformed'],
  ['FILTER_BAD_MANIFEST', 'malformed'],
  ['FILTER_BAD_SEGMENT', 'malformed'],
  ['HEADS_BAD_SUCCESSION', 'malformed'],
  ['USAGE_SUMMARY_MALFORMED', 'malformed'],
  ['USAGE_BAD_SUMMARY', 'malformed'],
  ['USAGE_FUTURE_MONTH', 'malformed'],
  ['FEED_BAD_ORDER', 'outOfOrder'],
  ['FEED_DIVERGED', 'notWhole'],
  ['LOOKUP_EMPTY_PROMISES', 'notWhole'],
  ['LOOKUP_UNASKED', 'unasked'],
  ['FEED_STALE', 'old'],
  ['FILTER_STALE', 'old'],
  ['LOOKUP_STALE', 'old'],
  ['HEADS_STALE', 'old'],
  ['HEADS_OTHER_TIME', 'old'],
  ['HEADS_OTHER_NETWORK', 'otherNetwork'],
  ['HEADS_TOO_MANY', 'tooMuch'],
  ['USAGE_TOO_MANY', 'tooMuch'],
  ['FILTER_TOO_LARGE', 'tooMuch'],
  ['REPLICATION_ENDLESS', 'tooMuch'],
  ['REPLICATION_TIMEOUT', 'late'],
  ['LOOKUP_BUSY', 'late'],
  ['REPLICATION_ENDED', 'brokenOff'],
  ['FEDERATION_NOT_CONNECTED', 'brokenOff'],
  ['LOOKUP_ENDED', 'brokenOff'],
  ['NETWORK', 'brokenOff'],
]);

export function reasonOf(code: string): Reason {
  return reasons.get(code) ?? 'other';
}
