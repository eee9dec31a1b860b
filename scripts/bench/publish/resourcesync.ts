import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';
import { systemClock } from '../../../node/clock.ts';
import { findSets, parseDocument, ResourceSyncClient } from '../../../protocols/resourcesync/index.ts';
import { figure, percentile, type Printer } from '../figures.ts';
import { memoryOf, startWorker, withDirectory, type Worker } from '../processes.ts';
import { changesAmong } from './changes-among.ts';

const ON_DEMAND = 10_000;
/** Records that are asked for one by one; the time for all is reckoned from theirs. */
const SAMPLE = 3_000;
const CHANGES = 1_000;
const FEW = 10_000;
const MANY = 100_000;

/** Publishing by ResourceSync: a list, a copy of everything in three ways, a day's changes. */
export async function resourceSync(printer: Printer): Promise<void> {
  await withDirectory(async (directory) => {
    const node = startWorker(import.meta.url, '../main/whole-node', [directory]);
    try {
      const { url } = JSON.parse(await node.line()) as { url: string };
      node.send('fill');
      await node.line();
      const iris = await listing(printer, node, url);
      await copying(printer, url, iris);
    } finally {
      await node.stop();
    }
  });
  await dayOfChanges(printer);
}

/** The longest list of resources, as a client gets it. @returns the addresses of all records */
async function listing(printer: Printer, node: Worker, url: string): Promise<string[]> {
  const iris: string[] = [];
  const longest = { entries: 0, first: 0, seconds: 0, grown: 0 };
  for (const loc of await listsOf(url)) {
    const before = await memoryOf(node.pid);
    const begun = performance.now();
    const response = await fetch(loc, { headers: { 'Accept-Encoding': 'identity' } });
    if (response.body === null) throw new Error(`${loc} has no body`);
    const chunks: Uint8Array[] = [];
    let first = 0;
    for await (const chunk of response.body) {
      if (chunks.length === 0) first = performance.now() - begun;
      chunks.push(chunk);
    }
    const seconds = (performance.now() - begun) / 1_000;
    const { entries } = parseDocument(Buffer.concat(chunks).toString());
    iris.push(...entries.map(({ loc }) => loc));
    if (entries.length <= longest.entries) continue;
    const grown = (await memoryOf(node.pid)).most - before.most;
    Object.assign(longest, { entries: entries.length, first, seconds, grown });
  }
  const { entries, first, seconds, grown } = longest;
  const name = `resource list of ${entries.toLocaleString('en')}`;
  printer.print(figure('publish', `${name}, first byte`, first, 'ms', { atMost: 100 }));
  printer.print(figure('publish', `${name}, in all`, seconds, 's', { atMost: 2 }));
  printer.print(figure('publish', name, entries / seconds, 'entries/s', { atLeast: 25_000 }));
  printer.print(figure('publish', `${name}, growth of memory`, Math.max(0, grown), 'MB', { atMost: 50 }));
  return iris;
}

async function listsOf(url: string): Promise<string[]> {
  const address = `${url}/resourcesync/resourcelist.xml`;
  const document = parseDocument(await (await fetch(address)).text());
  return document.root === 'urlset' ? [address] : document.entries.map(({ loc }) => loc);
}

async function copying(printer: Printer, url: string, iris: readonly string[]): Promise<void> {
  const client = new ResourceSyncClient({ fetch, clock: systemClock });
  const all = iris.length;

  let begun = performance.now();
  const { sets } = await findSets(client, `${url}/.well-known/resourcesync`);
  const dump = await client.document(sets[0]?.documents.resourcedump ?? '');
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
  const byDump = (performance.now() - begun) / 1_000;
  if (copied !== all) throw new Error(`${copied} records of ${all} were in the dump`);

  begun = performance.now();
  copied = 0;
  for (let at = 0; at < all; at += ON_DEMAND) copied += await onDemand(url, iris.slice(at, at + ON_DEMAND));
  const byDemand = (performance.now() - begun) / 1_000;
  if (copied !== all) throw new Error(`${copied} records of ${all} came on demand`);

  begun = performance.now();
  for (const loc of iris.slice(0, SAMPLE)) await client.resource({ loc });
  const sampled = Math.min(SAMPLE, all);
  const oneByOne = ((performance.now() - begun) / 1_000 / sampled) * all;

  const rival = `one request a record, of ${sampled.toLocaleString('en')}`;
  const name = `copy of ${all.toLocaleString('en')} records, hashes checked`;
  printer.print(figure('publish', `${name}, by dump`, byDump, 's', {}, { rival, ratio: byDump / oneByOne }));
  printer.print(
    figure(
      'publish',
      `${name}, on demand`,
      byDemand,
      's',
      { atMost: 30 },
      { rival, ratio: byDemand / oneByOne },
    ),
  );
  printer.print(figure('publish', 'copy one by one on this machine, reckoned', oneByOne, 's'));
  printer.print(figure('publish', 'copy on demand', all / byDemand, 'records/s'));
}

async function onDemand(url: string, iris: readonly string[]): Promise<number> {
  const response = await fetch(`${url}/resourcesync/dump`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(iris),
  });
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
  const zip = await fromBufferPromise(Buffer.from(await response.arrayBuffer()));
  const hashes = new Map<string, string>();
  let manifest = '';
  for await (const entry of zip.eachEntry()) {
    const bytes = await buffer(await zip.openReadStreamPromise(entry));
    if (entry.fileName === 'manifest.xml') manifest = bytes.toString();
    else hashes.set(entry.fileName, createHash('sha256').update(bytes).digest('hex'));
  }
  const { entries } = parseDocument(manifest);
  for (const { loc, metadata } of entries) {
    if (hashes.get((metadata?.path ?? '').slice(1)) !== metadata?.hash?.['sha-256'])
      throw new Error(`${loc} has another hash than its manifest says`);
  }
  return hashes.size;
}

/** The list of a day on which little changed, beside ten times as many records that did not. */
async function dayOfChanges(printer: Printer): Promise<void> {
  const times: number[] = [];
  for (const records of [FEW, MANY]) {
    await withDirectory(async (directory) => {
      times.push(percentile(await changesAmong({ directory, records, changes: CHANGES }), 0.5));
    });
  }
  const [few = Number.NaN, many = Number.NaN] = times;
  const name = `list of ${CHANGES.toLocaleString('en')} changes among ${MANY.toLocaleString('en')} records`;
  const rival = `among ${FEW.toLocaleString('en')}`;
  printer.print(figure('publish', name, many, 'ms', {}, { rival, ratio: many / few }));
}
