import { Readable } from 'node:stream';
import { Router } from '@koa/router';
import type { Context } from 'koa';
import type { SignedEntry } from '../../../protocols/heads/index.ts';
import {
  capabilityList,
  MAX_ENTRIES,
  sourceDescription,
  streamDocument,
  writeDocument,
} from '../../../protocols/resourcesync/index.ts';
import type { Catalogue } from '../../catalogue/index.ts';
import { answerNotModified, etagOf, type Validators } from '../conditional.ts';
import { HttpError } from '../errors.ts';
import { FeedParts, type FeedPart } from '../feed-parts.ts';
import { REVALIDATE } from '../respond.ts';
import type { Site } from '../site.ts';
import { changeLists, resourceLists, type SyncList } from '../sync-lists.ts';

const PART_FILE = /^([1-9]\d{0,5})\.xml$/;

/**
 * ResourceSync (ANSI/NISO Z39.99-2017) over the node's own records: Source Description, Capability List, Resource List
 * and Change List, the last two as an index of several where they have more entries than a document may.
 *
 * The compacted feed is the Change List: of each record its latest change, back to the first. Who has read up to a time
 * misses nothing, since what replaced an entry stands further on.
 *
 * @param options.listSize entries a document; the standard's 50,000
 */
export function resourceSyncRouter(options: {
  catalogue: Pick<Catalogue, 'node' | 'head' | 'feeds' | 'holdings'>;
  site: Pick<Site, 'base'>;
  listSize?: number;
}): Router {
  const { catalogue, site, listSize = MAX_ENTRIES } = options;
  const { feeds, node } = catalogue;
  const under = `${site.base}/resourcesync`;
  const up = `${under}/capabilitylist.xml`;
  const router = new Router();

  const description = writeDocument(
    sourceDescription({
      describedBy: `${site.base}/`,
      capabilityLists: [{ loc: up, describedBy: `${site.base}/records` }],
    }),
  );
  router.get('/.well-known/resourcesync', (ctx) => sendText(ctx, description));

  const capabilities = writeDocument(
    capabilityList({
      sourceDescription: `${site.base}/.well-known/resourcesync`,
      describedBy: `${site.base}/records`,
      capabilities: [
        { capability: 'resourcelist', loc: `${under}/resourcelist.xml` },
        { capability: 'changelist', loc: `${under}/changelist.xml` },
      ],
    }),
  );
  router.get('/resourcesync/capabilitylist.xml', (ctx) => sendText(ctx, capabilities));

  serveList(resourceLists(up));
  serveList(changeLists(up));
  return router;

  function serveList(list: SyncList): void {
    const { capability } = list;
    const address = `${under}/${capability}.xml`;
    const feedParts = new FeedParts({ feeds, node, size: listSize, counts: (entry) => list.counts(entry) });

    /** None where one document can hold everything. */
    const partsNow = async (): Promise<FeedPart[]> => {
      const feed = feeds.state(node);
      const total = feed === undefined ? 0 : list.total(feed);
      return total <= listSize ? [] : await feedParts.list(total);
    };

    router.get(`/resourcesync/${capability}.xml`, async (ctx) => {
      // Before anything is read: a list that is newer than its tag is only fetched once more.
      const validators = await validatorsNow();
      const parts = await partsNow();
      if (parts.length === 0) {
        await send(ctx, list, validators, { after: 0, from: await firstTime() });
      } else if (!isNotModified(ctx, validators, parts)) {
        const document = list.index(parts, validators.modified, (n) => `${under}/${capability}/${n}.xml`);
        sendXml(ctx, writeDocument(document));
      }
    });

    router.get(`/resourcesync/${capability}/:file`, async (ctx) => {
      const validators = await validatorsNow();
      const n = Number(PART_FILE.exec(ctx.params['file'] ?? '')?.[1] ?? 0);
      const part = (await partsNow())[n - 1];
      if (part === undefined) {
        throw new HttpError(404, 'NOT_FOUND', 'There is nothing here', `${address} names no such list.`);
      }
      await send(ctx, list, validators, part, address);
    });
  }

  async function send(
    ctx: Context,
    list: SyncList,
    validators: Required<Validators>,
    part: FeedPart,
    index?: string,
  ): Promise<void> {
    if (isNotModified(ctx, validators, [part])) return;
    const head = list.head(part, validators.modified, index);
    sendXml(ctx, Readable.from(streamDocument(head, list.entries(entriesOf(list, part), part))));
  }

  async function* entriesOf(list: SyncList, { after, upTo }: FeedPart): AsyncGenerator<SignedEntry> {
    let left = listSize;
    for await (const entry of feeds.entries(node, after)) {
      if (upTo !== undefined && entry.seq > upTo) return;
      if (!list.counts(entry)) continue;
      yield entry;
      // What was written since the parts were cut is for the next one.
      left -= 1;
      if (left === 0) return;
    }
  }

  /** Time of the oldest entry that is kept. */
  async function firstTime(): Promise<number> {
    for await (const { time } of feeds.entries(node)) return time;
    return catalogue.head.time;
  }

  /** The head tells the feed's content; its own time changes with every renewal, so that of the last entry counts. */
  async function validatorsNow(): Promise<Required<Validators>> {
    const { seq, setDigest, time } = catalogue.head;
    const [newest] = await feeds.newest(node, undefined, 1);
    const entry = newest === undefined ? undefined : await catalogue.holdings.entry(newest.key);
    const modified = entry?.time ?? time;
    return { etag: `${seq}-${setDigest}-${modified}`, modified };
  }
}

function isNotModified(
  ctx: Context,
  { etag, modified }: Required<Validators>,
  parts: readonly FeedPart[],
): boolean {
  ctx.set('Cache-Control', REVALIDATE);
  return answerNotModified(ctx, { etag: etagOf(`${etag} ${JSON.stringify(parts)}`), modified });
}

function sendText(ctx: Context, xml: string): void {
  ctx.set('Cache-Control', REVALIDATE);
  if (!answerNotModified(ctx, { etag: etagOf(xml) })) sendXml(ctx, xml);
}

function sendXml(ctx: Context, body: string | Readable): void {
  ctx.body = body;
  ctx.set('Content-Type', 'application/xml; charset=utf-8');
}
