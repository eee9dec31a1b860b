import Router from '@koa/router';
import {
  capabilityList,
  MAX_ENTRIES,
  ON_DEMAND_DUMP,
  sourceDescription,
  writeDocument,
} from '../../../../protocols/resourcesync/index.ts';
import { EntryWriter, type PublishedResources } from '../../../publishing/index.ts';
import type { Site } from '../../site.ts';
import { SyncAddresses, type SyncCapability } from './addresses.ts';
import type { AnnouncedRecords } from './announced-records.ts';
import { channelRouter, type Channel } from './channels.ts';
import { dumpRouter } from './dumps.ts';
import { listRouter } from './lists.ts';
import { onDemandRouter } from './on-demand.ts';
import { PackageSlots } from './send-package.ts';
import { sendXml } from './send-xml.ts';

export { syncChannels, type Channel } from './channels.ts';

const PACKAGE_SIZE = 10_000;
const MOST_PACKAGES = 16;

const CAPABILITIES: readonly SyncCapability[] = ['resourcelist', 'resourcedump', 'changelist', 'changedump'];

/**
 * ResourceSync (ANSI/NISO Z39.99-2017) over the node's own records: Source Description and Capability List, lists and
 * dumps of what there is and of what changed, and packages on demand.
 *
 * @param options.listSize entries a list; the standard's 50,000
 * @param options.packageSize records a package
 */
export function resourceSyncRouter(options: {
  resources: PublishedResources;
  site: Pick<Site, 'base'>;
  /** With which records something is shown that is not of them. */
  notifications?: { announcements: AnnouncedRecords };
  /** Where changes are told of as they happen. */
  websub?: { channels: readonly Channel[] } | undefined;
  listSize?: number;
  packageSize?: number;
  mostPackages?: number;
}): Router {
  const { resources, site, notifications, websub, listSize = MAX_ENTRIES } = options;
  const channels = websub?.channels ?? [];
  const { packageSize = PACKAGE_SIZE, mostPackages = MOST_PACKAGES } = options;
  const addresses = new SyncAddresses(site.base);
  const parts = {
    resources,
    addresses,
    entries: new EntryWriter(site.base, (key) => notifications?.announcements.has(key) ?? false),
    slots: new PackageSlots(mostPackages),
  };
  const router = new Router();

  const description = writeDocument(
    sourceDescription({
      describedBy: addresses.node,
      capabilityLists: [{ loc: addresses.capabilityList, describedBy: addresses.records }],
    }),
  );
  router.get('/.well-known/resourcesync', (ctx) => {
    sendXml(ctx, { identity: description, body: description });
  });

  const capabilities = writeDocument(
    capabilityList({
      sourceDescription: addresses.description,
      describedBy: addresses.records,
      capabilities: CAPABILITIES.map((capability) => ({ capability, loc: addresses.of(capability) })),
      channels: channels.map(({ capability, url, hub }) => ({ capability, loc: url, hub })),
      extensions: [{ rel: ON_DEMAND_DUMP, href: addresses.onDemandDump, type: 'application/zip' }],
    }),
  );
  router.get('/resourcesync/capabilitylist.xml', (ctx) => {
    ctx.set('Link', `<${addresses.onDemandDump}>; rel="${ON_DEMAND_DUMP}"`);
    sendXml(ctx, { identity: capabilities, body: capabilities });
  });

  for (const inner of [
    listRouter({ ...parts, listSize, announced: notifications?.announcements }),
    dumpRouter({ ...parts, packageSize }),
    onDemandRouter(parts),
    channelRouter(channels),
  ]) {
    router.use(inner.routes());
  }
  return router;
}
