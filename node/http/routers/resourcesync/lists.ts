import Router from '@koa/router';
import type { Context } from 'koa';
import {
  changeList,
  changeListIndex,
  resourceList,
  resourceListIndex,
  streamDocument,
  w3cDatetime,
  writeDocument,
  type Entry,
} from '../../../../protocols/resourcesync/index.ts';
import type {
  Bound,
  ChangePart,
  EntryWriter,
  Part,
  PlacedRow,
  PublishedResources,
} from '../../../publishing/index.ts';
import type { SyncAddresses, SyncCapability } from './addresses.ts';
import type { AnnouncedRecords } from './announced-records.ts';
import { changedAt, intervalOf, noSuchPart, takenAt } from './parts.ts';
import { sendXml } from './send-xml.ts';

const FILE = /^([\d-]{1,40})\.xml$/;

/** Resource Lists and Change Lists, each as an index of several where one would be too long. */
export function listRouter(options: {
  resources: PublishedResources;
  addresses: SyncAddresses;
  entries: EntryWriter;
  announced: AnnouncedRecords | undefined;
  listSize: number;
}): Router {
  const { resources, addresses, entries, announced, listSize } = options;
  const up = addresses.capabilityList;
  const tooManyResources: Bound = (amount) => amount.resources > listSize;
  const tooManyChanges: Bound = (amount) => amount.changes > listSize;
  const router = new Router();

  router.get('/resourcesync/resourcelist.xml', async (ctx) => {
    // Before anything is read: a list that is newer than its time is only fetched once more.
    const at = resources.lastTime;
    const parts = await resources.resources(tooManyResources);
    if (parts.length > 1) sendResourceIndex(ctx, parts, at);
    else sendResources(ctx, parts[0] ?? nothing, at);
  });

  router.get('/resourcesync/resourcelist/:file', async (ctx) => {
    const part = await resources.resourcePart(nameIn(ctx, 'resourcelist'), tooManyResources);
    if (part === undefined) throw noSuchPart(addresses.of('resourcelist'));
    sendResources(ctx, part, takenAt(part), addresses.of('resourcelist'));
  });

  router.get('/resourcesync/changelist.xml', async (ctx) => {
    const parts = await resources.changes(tooManyChanges);
    const [first] = parts;
    if (parts.length === 1 && first !== undefined) sendChanges(ctx, first);
    else sendChangeIndex(ctx, parts);
  });

  router.get('/resourcesync/changelist/:file', async (ctx) => {
    const part = await resources.changePart(nameIn(ctx, 'changelist'), tooManyChanges);
    if (part === undefined) throw noSuchPart(addresses.of('changelist'));
    sendChanges(ctx, part, addresses.of('changelist'));
  });
  return router;

  function sendResources(ctx: Context, part: Part, at: number, index?: string): void {
    const head = resourceList({
      capabilityList: up,
      at: w3cDatetime(at),
      ...(index !== undefined && { index }),
    });
    sendList(ctx, {
      identity: [head, part.blocks.map(({ after, upTo, replaced }) => [after, upTo, replaced])],
      modified: at,
      body: () =>
        streamDocument(
          head,
          entriesOf(part, { replacedToo: false, most: listSize, write: (row) => entries.resources(row) }),
        ),
    });
  }

  function sendResourceIndex(ctx: Context, parts: readonly Part[], at: number): void {
    const lists = parts.map((part) => ({
      loc: addresses.part('resourcelist', part.name),
      at: w3cDatetime(takenAt(part)),
    }));
    const xml = writeDocument(resourceListIndex({ capabilityList: up, at: w3cDatetime(at), lists }));
    sendXml(ctx, { identity: xml, modified: at, body: xml });
  }

  function sendChanges(ctx: Context, part: ChangePart, index?: string): void {
    const head = changeList({
      capabilityList: up,
      ...intervalOf(part),
      ...(index !== undefined && { index }),
    });
    const { isThinned } = part;
    sendList(ctx, {
      identity: [
        head,
        part.blocks.map(({ after, upTo, replaced }) => (isThinned ? [after, upTo, replaced] : [after, upTo])),
      ],
      modified: changedAt(part),
      body: () =>
        streamDocument(
          head,
          entriesOf(part, { replacedToo: !isThinned, most: listSize, write: (row) => entries.changes(row) }),
        ),
    });
  }

  function sendChangeIndex(ctx: Context, parts: readonly ChangePart[]): void {
    const lists = parts.map((part) => ({
      loc: addresses.part('changelist', part.name),
      ...intervalOf(part),
    }));
    const from = lists[0]?.from ?? w3cDatetime(resources.lastTime);
    const xml = writeDocument(changeListIndex({ capabilityList: up, from, lists }));
    sendXml(ctx, { identity: xml, body: xml });
  }

  /** A list is another one, too, when the first thing is announced of a record in it, which takes away its hash. */
  function sendList(
    ctx: Context,
    list: { identity: readonly unknown[]; modified: number; body: () => AsyncIterable<string> },
  ): void {
    sendXml(ctx, {
      identity: JSON.stringify([...list.identity, announced?.count ?? 0]),
      modified: Math.max(list.modified, announced?.changedAt ?? 0),
      body: list.body,
    });
  }

  async function* entriesOf(
    part: Part,
    { replacedToo, most, write }: { replacedToo: boolean; most: number; write: (row: PlacedRow) => Entry[] },
  ): AsyncGenerator<Entry[]> {
    if (part.blocks.length === 0) return;
    const snapshot = resources.snapshot();
    try {
      let left = most;
      for await (const rows of resources.rows(part, { replacedToo, snapshot })) {
        const some = rows.flatMap(write);
        // What was written since the parts were cut is for the next one.
        yield some.length > left ? some.slice(0, left) : some;
        left -= some.length;
        if (left <= 0) return;
      }
    } finally {
      await snapshot.close();
    }
  }

  function nameIn(ctx: Context, capability: SyncCapability): string {
    const name = FILE.exec(ctx['params']['file'] ?? '')?.[1];
    if (name === undefined) throw noSuchPart(addresses.of(capability));
    return name;
  }
}

const nothing: Part = { name: '0-', after: 0, blocks: [] };
