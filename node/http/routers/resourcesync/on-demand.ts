import Router from '@koa/router';
import { resourceDumpManifest, w3cDatetime, type Entry } from '../../../../protocols/resourcesync/index.ts';
import { keyOfIri } from '../../../../vocab/record-key.ts';
import {
  ResourcePackage,
  type EntryWriter,
  type PlacedRow,
  type PublishedResources,
  type Snapshot,
} from '../../../publishing/index.ts';
import { HttpError } from '../../errors.ts';
import { readBody } from '../../requests/body.ts';
import type { SyncAddresses } from './addresses.ts';
import { sendOnce, type PackageSlots } from './send-package.ts';
import { MOST_WANTED, wantedResources } from './wanted-resources.ts';

const LONGEST_BODY = 16 * 1024 * 1024;
/** Bytes that one answer may have, before the headers of ZIP. */
const MOST_BYTES = 1024 ** 3;
const ROWS_AT_ONCE = 200;

/**
 * The on-demand Resource Dump: a client posts the list of resources that it wants, and gets one package with all of them,
 * where it would need one request for each (docs/resourcesync.md). An addition to the standard, first made by CORE.
 */
export function onDemandRouter(options: {
  resources: PublishedResources;
  addresses: SyncAddresses;
  entries: EntryWriter;
  slots: PackageSlots;
}): Router {
  const { resources, addresses, entries, slots } = options;
  const router = new Router();

  router.post('/resourcesync/dump', async (ctx) => {
    slots.take(ctx);
    const wanted = wantedResources(ctx, await readBody(ctx, LONGEST_BODY));
    const unknown: Entry[] = [];
    const at = w3cDatetime(resources.lastTime);
    const made = await ResourcePackage.open({
      resources,
      head: resourceDumpManifest({ capabilityList: addresses.capabilityList, at }),
      rows: (snapshot) => rowsOf(wanted, snapshot, unknown),
      entryOf: (row) => entries.member(row),
      others: unknown,
    });
    sendOnce(ctx, made, 'resourcedump.zip');
  });
  router.get('/resourcesync/dump', (ctx) => {
    ctx.set('Allow', 'POST, OPTIONS');
    const detail = `Post a list of at most ${MOST_WANTED} addresses of resources: a JSON array, text/uri-list, or a Sitemap.`;
    throw new HttpError(405, 'METHOD_NOT_ALLOWED', 'A list has to be posted', detail);
  });
  return router;

  /** @param unknown gets an entry without a path for each resource that the node has never had */
  async function* rowsOf(
    wanted: readonly string[],
    snapshot: Snapshot,
    unknown: Entry[],
  ): AsyncGenerator<PlacedRow[]> {
    let bytes = 0;
    for (let at = 0; at < wanted.length; at += ROWS_AT_ONCE) {
      const some = wanted.slice(at, at + ROWS_AT_ONCE);
      const found = await resources.rowsOf(
        some.map((loc) => keyOfIri(loc) ?? ''),
        snapshot,
      );
      const rows: PlacedRow[] = [];
      for (const [i, loc] of some.entries()) {
        const row = found[i];
        if (row?.record === loc) rows.push(row);
        else unknown.push({ loc });
        bytes += row?.content?.packed ?? 0;
      }
      if (bytes > MOST_BYTES) {
        const detail = `Together these resources have more than ${MOST_BYTES} bytes.`;
        throw new HttpError(413, 'DUMP_TOO_LARGE', 'The dump would be too large', detail, {
          remedy: 'Ask for fewer resources at a time.',
        });
      }
      yield rows;
    }
  }
}
