import Router from '@koa/router';
import type { Context } from 'koa';
import {
  changeDump,
  changeDumpManifest,
  resourceDump,
  resourceDumpManifest,
  streamDocument,
  w3cDatetime,
  writeDocument,
  type DocumentHead,
  type Entry,
} from '../../../../protocols/resourcesync/index.ts';
import {
  ResourcePackage,
  type Bound,
  type EntryWriter,
  type Part,
  type PlacedRow,
  type PublishedResources,
} from '../../../publishing/index.ts';
import type { SyncAddresses, SyncCapability } from './addresses.ts';
import { changedAt, intervalOf, noSuchPart, takenAt } from './parts.ts';
import { sendPackage, type PackageSlots } from './send-package.ts';
import { sendXml } from './send-xml.ts';

const FILE = /^([\d-]{1,40})\.(zip|xml)$/;
/** Bytes of a package; a single block of records may have more. */
const PACKAGE_BYTES = 256 * 1024 * 1024;

/**
 * Resource Dumps and Change Dumps: of each record that stands its JSON-LD, in packages that are made while they are sent.
 * A package of changes has what was changed then and not again since; that is in a later one.
 */
export function dumpRouter(options: {
  resources: PublishedResources;
  addresses: SyncAddresses;
  entries: EntryWriter;
  packageSize: number;
  slots: PackageSlots;
}): Router {
  const { resources, addresses, entries, packageSize, slots } = options;
  const up = addresses.capabilityList;
  const isTooMuch: Bound = ({ records, packed }) => records > packageSize || packed > PACKAGE_BYTES;
  const areTooManyChanges: Bound = ({ changes, packed }) => changes > packageSize || packed > PACKAGE_BYTES;
  const router = new Router();

  router.get('/resourcesync/resourcedump.xml', async (ctx) => {
    const at = resources.lastTime;
    const parts = await resources.resources(isTooMuch);
    const packages = parts.map((part) => ({
      ...addressOf('resourcedump', part),
      at: w3cDatetime(takenAt(part)),
    }));
    const xml = writeDocument(resourceDump({ capabilityList: up, at: w3cDatetime(at), packages }));
    sendXml(ctx, { identity: xml, modified: at, body: xml });
  });

  router.get('/resourcesync/changedump.xml', async (ctx) => {
    const parts = await resources.changes(areTooManyChanges);
    const packages = parts
      .filter(({ blocks }) => blocks.length > 0)
      .map((part) => ({ ...addressOf('changedump', part), ...intervalOf(part) }));
    const from = packages[0]?.from ?? w3cDatetime(resources.lastTime);
    const xml = writeDocument(changeDump({ capabilityList: up, from, packages }));
    sendXml(ctx, { identity: xml, body: xml });
  });

  router.get('/resourcesync/resourcedump/:file', async (ctx) => {
    const { name, isPackage } = fileIn(ctx, 'resourcedump');
    const part = await resources.resourcePart(name, isTooMuch);
    if (part === undefined) throw noSuchPart(addresses.of('resourcedump'));
    const at = takenAt(part);
    const manifest: Manifest = {
      part,
      head: resourceDumpManifest({ capabilityList: up, at: w3cDatetime(at) }),
      entryOf: (row) => entries.member(row),
      isMember: ({ content }) => content !== undefined,
      modified: at,
    };
    if (isPackage) await sendPart(ctx, manifest, `resourcedump-${name}.zip`);
    else sendManifest(ctx, manifest);
  });

  router.get('/resourcesync/changedump/:file', async (ctx) => {
    const { name, isPackage } = fileIn(ctx, 'changedump');
    const part = await resources.changePart(name, areTooManyChanges);
    if (part === undefined || part.blocks.length === 0) throw noSuchPart(addresses.of('changedump'));
    const manifest: Manifest = {
      part,
      head: changeDumpManifest({ capabilityList: up, ...intervalOf(part) }),
      entryOf: (row) => entries.changedMember(row),
      isMember: () => true,
      modified: Math.max(changedAt(part), takenAt(part)),
    };
    if (isPackage) await sendPart(ctx, manifest, `changedump-${name}.zip`);
    else sendManifest(ctx, manifest);
  });
  return router;

  function addressOf(capability: SyncCapability, { name }: Part): { loc: string; contents: string } {
    return {
      loc: addresses.part(capability, name, 'zip'),
      contents: addresses.part(capability, name),
    };
  }

  async function sendPart(
    ctx: Context,
    { part, head, entryOf, isMember }: Manifest,
    fileName: string,
  ): Promise<void> {
    slots.take(ctx);
    const made = await ResourcePackage.open({
      resources,
      head,
      entryOf,
      rows: async function* (snapshot) {
        for await (const rows of resources.rows(part, { replacedToo: false, snapshot })) {
          yield rows.filter(isMember);
        }
      },
    });
    await sendPackage(ctx, made, fileName);
  }

  function sendManifest(ctx: Context, { part, head, entryOf, isMember, modified }: Manifest): void {
    const state = part.blocks.map(({ after, upTo, replaced }) => [after, upTo, replaced]);
    sendXml(ctx, {
      identity: JSON.stringify([head, state]),
      modified,
      body: () => streamDocument(head, manifestEntries(part, isMember, entryOf)),
    });
  }

  async function* manifestEntries(
    part: Part,
    isMember: Manifest['isMember'],
    entryOf: Manifest['entryOf'],
  ): AsyncGenerator<Entry[]> {
    const snapshot = resources.snapshot();
    try {
      for await (const rows of resources.rows(part, { replacedToo: false, snapshot })) {
        yield rows.filter(isMember).map(entryOf);
      }
    } finally {
      await snapshot.close();
    }
  }

  function fileIn(ctx: Context, capability: SyncCapability): { name: string; isPackage: boolean } {
    const [, name, extension] = FILE.exec(ctx['params']['file'] ?? '') ?? [];
    if (name === undefined) throw noSuchPart(addresses.of(capability));
    return { name, isPackage: extension === 'zip' };
  }
}

/** What a package, or its manifest by itself, is made of. */
interface Manifest {
  part: Part;
  head: DocumentHead;
  entryOf: (row: PlacedRow) => Entry;
  isMember: (row: PlacedRow) => boolean;
  modified: number;
}
