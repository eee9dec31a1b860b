import {
  type Entry,
  type ResourceSyncClient,
  ResourceSyncError,
  type SyncSet,
} from '../../../../protocols/resourcesync/index.ts';
import { keyOfIri, recordIri, recordKey } from '../../../../vocab/record-key.ts';
import type { ListedFile, SourceItem } from '../source.ts';
import { type Documents, mayPass } from './documents.ts';
import { asFile, describers, kindOf } from './entry-kind.ts';
import { filesWith } from './files.ts';
import { look } from './look.ts';
import { addFile } from './outline.ts';
import { recognise } from './recognise.ts';

export interface OneParts {
  client: ResourceSyncClient;
  documents: Documents;
  sets: readonly SyncSet[];
  /** Stands in where the source does not say when the record changed. */
  time: string;
}

/** One record as it is now, with the files that the lists tell of; undefined where the source does not have it. */
export async function oneOf(oaiIdentifier: string, parts: OneParts): Promise<SourceItem | undefined> {
  const isAddress = /^https?:\/\//i.test(oaiIdentifier);
  const loc = isAddress ? oaiIdentifier : await addressAtNode(oaiIdentifier, parts);
  if (loc === undefined) return undefined;
  const { entry, files } = await listed(loc, parts);
  const { client, time } = parts;
  const seen = await look(
    {
      entry,
      kind: 'maybe metadata',
      isDeleted: false,
      files,
      read: () => client.resource(entry),
      position: { time, set: '', part: 'resourcelist', list: '', stamp: '', entries: 0 },
    },
    client,
    time,
  );
  if ('failure' in seen) throw seen.failure;
  return 'item' in seen && seen.item.oaiIdentifier === oaiIdentifier ? seen.item : undefined;
}

/** What the resource lists say of a resource; only its address, where they do not name it. */
async function listed(
  loc: string,
  { documents, sets }: OneParts,
): Promise<{ entry: Entry; files: ListedFile[] }> {
  let found: Entry | undefined;
  const files = new Map<string, ListedFile[]>();
  for (const {
    documents: { resourcelist },
  } of sets) {
    if (resourcelist === undefined || found !== undefined) continue;
    for await (const { document } of documents.leaves(resourcelist, 'resourcelist', {
      onUnreadable: () => undefined,
    })) {
      for await (const entry of document.entries({ onBadEntry: () => undefined })) {
        if (entry.loc === loc) found = entry;
        else if (kindOf(entry) === 'file' && describers(entry).includes(loc))
          addFile(files, loc, asFile(entry));
      }
      if (found !== undefined) break;
    }
  }
  const entry = found ?? { loc };
  return { entry, files: filesWith(entry, files, new Set()) };
}

/**
 * The address of a record at another NGR node, which follows from its OAI identifier and the node's id. That id, and the
 * base of its addresses, any record of the node tells. `undefined` for sources that are none.
 */
async function addressAtNode(
  oaiIdentifier: string,
  { client, documents, sets }: OneParts,
): Promise<string | undefined> {
  for (const {
    documents: { resourcelist },
  } of sets) {
    if (resourcelist === undefined) continue;
    const sample = await firstEntry(resourcelist, documents);
    const key = sample === undefined ? undefined : keyOfIri(sample.loc);
    if (sample === undefined || key === undefined) continue;
    const node = await client.resource(sample).then(nodeOf, (error: unknown) => {
      if (!(error instanceof ResourceSyncError) || mayPass(error)) throw error;
      return undefined;
    });
    if (node === undefined) continue;
    const base = sample.loc.slice(0, -recordIri('', key).length);
    return recordIri(base, recordKey(node, oaiIdentifier));
  }
  return undefined;
}

function nodeOf(resource: { bytes: Uint8Array; contentType: string | undefined }): string | undefined {
  const found = recognise(resource);
  if (found.kind !== 'record' || !('fields' in found.metadata) || found.metadata.format !== 'ngr_jsonld')
    return undefined;
  const { node } = found.metadata.fields;
  return typeof node === 'string' ? node : undefined;
}

async function firstEntry(url: string, documents: Documents): Promise<Entry | undefined> {
  for await (const { document } of documents.leaves(url, 'resourcelist', { onUnreadable: () => undefined })) {
    for await (const entry of document.entries({ onBadEntry: () => undefined })) return entry;
  }
  return undefined;
}
