import {
  changeList,
  changeListIndex,
  resourceList,
  resourceListIndex,
  w3cDatetime,
  type DocumentHead,
  type Entry,
  type ResourceChange,
  type SyncDocument,
} from '../../protocols/resourcesync/index.ts';
import type { ChangeKind, SignedEntry } from '../../protocols/heads/index.ts';
import type { FeedState } from '../catalogue/index.ts';
import type { FeedPart } from './feed-parts.ts';

/** What a record is at its address for who does not ask for another format. */
const RECORD_TYPE = 'application/ld+json';

const changes: Readonly<Record<ChangeKind, ResourceChange>> = {
  created: 'created',
  updated: 'updated',
  withdrawn: 'deleted',
  deleted: 'deleted',
};

/** One of the lists of ResourceSync as a view of a feed. */
export interface SyncList {
  capability: 'resourcelist' | 'changelist';
  /** Whether an entry of the feed stands in the list. */
  counts(entry: SignedEntry): boolean;
  /** How many entries of the feed do. */
  total(feed: FeedState): number;
  /** @param lastChange time of the feed's last entry, milliseconds since 1970 */
  head(part: FeedPart, lastChange: number, index?: string): DocumentHead;
  index(parts: readonly FeedPart[], lastChange: number, addressOf: (n: number) => string): SyncDocument;
  entries(feed: AsyncIterable<SignedEntry>, part: FeedPart): AsyncIterable<Entry>;
}

/**
 * The records that stand. `at` is when the feed last changed, not when it is asked: so a change that was made meanwhile
 * and is not in the list is never before `at`.
 */
export function resourceLists(capabilityList: string): SyncList {
  return {
    capability: 'resourcelist',
    counts: ({ kind }) => changes[kind] !== 'deleted',
    total: ({ records }) => records,
    head: (_, lastChange, index) =>
      resourceList({ capabilityList, at: w3cDatetime(lastChange), ...(index !== undefined && { index }) }),
    index: (parts, lastChange, addressOf) =>
      resourceListIndex({
        capabilityList,
        at: w3cDatetime(lastChange),
        lists: parts.map((_, i) => addressOf(i + 1)),
      }),
    entries: async function* (feed) {
      for await (const { record, time } of feed) {
        yield { loc: record, lastmod: w3cDatetime(time), metadata: { type: RECORD_TYPE } };
      }
    },
  };
}

/** The latest change of every record, tombstones as deletions, in the order of time. */
export function changeLists(capabilityList: string): SyncList {
  return {
    capability: 'changelist',
    counts: () => true,
    total: ({ live }) => live,
    head: (part, _, index) =>
      changeList({ capabilityList, ...intervalOf(part), ...(index !== undefined && { index }) }),
    index: (parts, _, addressOf) =>
      changeListIndex({
        capabilityList,
        from: w3cDatetime(parts[0]?.from ?? 0),
        lists: parts.map((part, i) => ({ loc: addressOf(i + 1), ...intervalOf(part) })),
      }),
    entries: async function* (feed, { from }) {
      // The order of the feed counts, also where the node's clock was set back in between.
      let latest = from;
      for await (const { record, time, kind } of feed) {
        latest = Math.max(latest, time);
        const change = changes[kind];
        const datetime = w3cDatetime(latest);
        yield change === 'deleted'
          ? { loc: record, metadata: { change, datetime } }
          : { loc: record, lastmod: w3cDatetime(time), metadata: { change, datetime, type: RECORD_TYPE } };
      }
    },
  };
}

function intervalOf({ from, until }: FeedPart): { from: string; until?: string } {
  return { from: w3cDatetime(from), ...(until !== undefined && { until: w3cDatetime(until) }) };
}
