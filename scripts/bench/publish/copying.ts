import { systemClock } from '../../../node/clock.ts';
import {
  type Entry,
  fetchedTogether,
  findSets,
  ResourceSyncClient,
  type SyncSet,
} from '../../../protocols/resourcesync/index.ts';
import { figure, type Printer } from '../figures.ts';
import type { PublishingNode } from './publishing-node.ts';

/** Records that are asked for one by one; the time for all is reckoned from theirs. */
const SAMPLE = 3_000;
/** What CORE measured with one request a record: records a second. */
const CORE_ONE_BY_ONE = 4;

/** A copy of all records by the node's own ResourceSync client: by dumps, by packages on demand, and one by one. */
export async function copying(printer: Printer, { url, records }: PublishingNode): Promise<void> {
  let requests = 0;
  const client = new ResourceSyncClient({
    fetch: (address, init) => {
      requests += 1;
      return fetch(address, init);
    },
    clock: systemClock,
  });
  const { sets } = await findSets(client, `${url}/.well-known/resourcesync`);
  const [set] = sets;
  if (set === undefined) throw new Error('the node offers nothing');

  const byDump = await timed(() => copyByDump(client, set), records);
  requests = 0;
  const onDemand = await timed(() => copyOnDemand(client, set), records);
  const asked = requests;
  const sample = Math.min(SAMPLE, records);
  const oneByOne = ((await timed(() => copyOneByOne(client, set, sample), sample)) / sample) * records;

  const name = `copy of ${records.toLocaleString('en')}, hashes checked`;
  const rival = `one request a record (${sample.toLocaleString('en')} of them, reckoned for all)`;
  const beside = (seconds: number) => ({ rival, ratio: seconds / oneByOne });
  printer.print(figure('publish', `${name}, on demand`, onDemand, 's', { atMost: 30 }, beside(onDemand)));
  printer.print(figure('publish', `${name}, on demand, requests`, asked, 'requests'));
  printer.print(figure('publish', `${name}, by dump`, byDump, 's', {}, beside(byDump)));
  printer.print(figure('publish', 'copy on demand', records / onDemand, 'records/s'));
  printer.print(
    figure(
      'publish',
      'copy with one request a record, on loopback',
      records / oneByOne,
      'records/s',
      {},
      { rival: 'what CORE measured over the Internet', ratio: records / oneByOne / CORE_ONE_BY_ONE },
    ),
  );
}

/** Seconds until all are copied. */
async function timed(copy: () => Promise<number>, wanted: number): Promise<number> {
  const begun = performance.now();
  const copied = await copy();
  if (copied !== wanted) throw new Error(`${copied} records of ${wanted} were copied`);
  return (performance.now() - begun) / 1_000;
}

async function copyByDump(client: ResourceSyncClient, set: SyncSet): Promise<number> {
  const dump = await client.document(set.documents.resourcedump ?? '');
  let copied = 0;
  for await (const entry of dump.entries()) {
    const opened = await client.package(entry, 'resourcedump-manifest');
    for await (const member of opened.manifest.entries()) {
      await opened.read(member);
      copied += 1;
    }
    await opened.close();
  }
  await dump.close();
  return copied;
}

async function copyOnDemand(client: ResourceSyncClient, set: SyncSet): Promise<number> {
  let copied = 0;
  const copies = fetchedTogether(listed(client, set), {
    client,
    url: set.onDemandDump ?? '',
    wanted: (entry) => entry,
    onRefused: (error) => {
      throw error;
    },
  });
  for await (const { read } of copies) {
    await read?.();
    copied += 1;
  }
  return copied;
}

async function copyOneByOne(client: ResourceSyncClient, set: SyncSet, wanted: number): Promise<number> {
  let copied = 0;
  for await (const entry of listed(client, set)) {
    if (copied === wanted) break;
    await client.resource(entry);
    copied += 1;
  }
  return copied;
}

/** All entries of the resource list, or of all that it is an index of. */
async function* listed(client: ResourceSyncClient, { documents }: SyncSet): AsyncGenerator<Entry> {
  const list = await client.document(documents.resourcelist ?? '');
  try {
    if (list.head.root === 'urlset') yield* list.entries();
    else {
      for await (const { loc } of list.entries()) {
        const part = await client.document(loc);
        try {
          yield* part.entries();
        } finally {
          await part.close();
        }
      }
    }
  } finally {
    await list.close();
  }
}
