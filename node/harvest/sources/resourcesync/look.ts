import {
  type ResourceSyncClient,
  ResourceSyncError,
  timeSpan,
} from '../../../../protocols/resourcesync/index.ts';
import { utcSeconds } from '../../../../protocols/oai-pmh/index.ts';
import type { Problem } from '../../issues/issue.ts';
import type { SourceItem } from '../source.ts';
import { mayPass } from './documents.ts';
import { describers, typeShown } from './entry-kind.ts';
import { addressTooLong, resourceMissing, unreadable, wrongEncoding } from './problems.ts';
import { type Recognised, recognise } from './recognise.ts';
import type { Step } from './steps.ts';

/** What came of looking at a resource. */
export type Look =
  | { item: SourceItem; problem?: Problem }
  /** Counted by type. */
  | { other: string }
  | { nothing: true }
  | { problem: Problem; isLost: boolean }
  /** The way to the source is disturbed, as it may be for every other resource, too. */
  | { failure: ResourceSyncError; loc: string };

/** The longest address that can be an OAI identifier, which becomes part of a database key. */
const LONGEST_ADDRESS = 2_000;
const LATEST = Date.UTC(9999, 11, 31);

/** Fetches what a step tells of, and makes an item of it where it is a record. */
export async function look(step: Step, client: ResourceSyncClient, time: string): Promise<Look> {
  const { entry, kind, isDeleted } = step;
  const { loc } = entry;
  if (kind !== 'maybe metadata') {
    return kind === 'file' && describers(entry).length > 0 ? { nothing: true } : { other: typeShown(entry) };
  }
  if (loc.length > LONGEST_ADDRESS) {
    return { problem: addressTooLong(loc), isLost: false };
  }
  const datestamp = datestampOf(step) ?? time;
  try {
    if (isDeleted)
      return { item: { oaiIdentifier: await identifierOfGone(loc, client), datestamp, sets: [] } };
    return lookOf(recognise(await step.read()), step, datestamp);
  } catch (error) {
    if (!(error instanceof ResourceSyncError)) throw error;
    return mayPass(error)
      ? { failure: error, loc }
      : { problem: resourceMissing(loc, error), isLost: mayBeNamedOtherwise(step) };
  }
}

function lookOf(found: Recognised, step: Step, datestamp: string): Look {
  const { entry, files } = step;
  const { loc } = entry;
  switch (found.kind) {
    case 'record': {
      const { metadata, oaiIdentifier = loc } = found;
      const item: SourceItem = {
        oaiIdentifier,
        datestamp: found.datestamp ?? datestamp,
        sets: found.sets ?? collections(step),
        metadata,
        ...(files.length > 0 && { files }),
      };
      return found.encoding === undefined
        ? { item }
        : { item, problem: { ...wrongEncoding(loc, found.encoding), oaiIdentifier } };
    }
    case 'deleted':
      return { item: { oaiIdentifier: found.oaiIdentifier ?? loc, datestamp, sets: [] } };
    case 'unreadable':
      return { problem: unreadable(loc, found.what, found.detail), isLost: mayBeNamedOtherwise(step) };
    case 'other':
      return found.looks !== undefined && entry.metadata?.type !== undefined
        ? { problem: unreadable(loc, `is ${found.looks}, not metadata.`), isLost: mayBeNamedOtherwise(step) }
        : { other: typeShown(entry) };
  }
}

/** Records of a node bear their OAI identifier; its tombstones tell which one went with an address. */
async function identifierOfGone(loc: string, client: ResourceSyncClient): Promise<string> {
  if (!/^https?:/i.test(loc)) return loc;
  const remains = await client.remains(loc);
  const found = remains === undefined ? undefined : recognise(remains);
  return found?.kind === 'deleted' ? (found.oaiIdentifier ?? loc) : loc;
}

/** Whether the record may be known by another identifier than its address: those of a node are, and they come as JSON. */
function mayBeNamedOtherwise({ entry: { metadata } }: Step): boolean {
  return !/\bxml\b/i.test(metadata?.type ?? '');
}

function datestampOf({ entry: { lastmod, metadata } }: Step): string | undefined {
  const at = (timeSpan(lastmod) ?? timeSpan(metadata?.datetime))?.first;
  return at === undefined || at < 0 || at > LATEST ? undefined : utcSeconds(at);
}

/** Collections that the resource belongs to (section 14.7), such as sets of OAI-PMH. */
function collections({ entry: { links = [] } }: Step): string[] {
  return links.filter(({ rel }) => rel === 'collection').map(({ href }) => href);
}
