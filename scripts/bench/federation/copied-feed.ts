import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Catalogue } from '../../../node/catalogue/index.ts';
import { systemClock } from '../../../node/clock.ts';
import { Identity } from '../../../node/identity/index.ts';
import { openStore } from '../../../node/store/index.ts';
import { encodeEntry } from '../../../protocols/heads/index.ts';
import type { GroupOptions } from '../group-options.ts';
import { withMade } from '../made-once.ts';
import { cpuSecondsOf, memoryOf, startWorker, withDirectory } from '../processes.ts';
import { untilWhole, type Progress } from './progress.ts';

/** What it took to copy a whole feed from one process to another over loopback, every entry and block checked. */
export interface CopiedFeed {
  /** After the first ten thousand records, and at the end. */
  first: Progress;
  last: Progress;
  /** Seconds of processor time, of both sides. */
  cpuSeconds: number;
  /** Megabytes at the most. */
  memory: { origin: number; copy: number };
  /** What was copied, as it is signed and stored, and the seconds that as many bytes take over a bare libp2p stream. */
  bare: { bytes: number; seconds: number };
}

/** Copies the feed of a node with the benchmark's records. */
export async function copiedFeed({ shared }: GroupOptions): Promise<CopiedFeed> {
  const feed = { name: 'filled-feed', make: fillFeed };
  return await withMade(feed, shared, async (from, { records, bytes }) => {
    const copied = await withDirectory((directory) => copyOf(from, join(directory, 'copy'), records));
    return { ...copied, bare: { bytes, seconds: await bareSeconds(bytes) } };
  });
}

/** By a process that ends then, so that the memory of filling is not counted. */
async function fillFeed(directory: string): Promise<{ records: number; bytes: number }> {
  const filler = startWorker(import.meta.url, './member', [directory, 'fill']);
  const { records } = JSON.parse(await filler.line()) as { records: number };
  await filler.stop();
  return { records, bytes: await contentOf(directory) };
}

async function copyOf(from: string, to: string, records: number): Promise<Omit<CopiedFeed, 'bare'>> {
  await mkdir(to);
  const origin = startWorker(import.meta.url, './member', [from, 'serve']);
  const { address } = JSON.parse(await origin.line()) as { address: string };
  const copy = startWorker(import.meta.url, './member', [to, 'copy', address, String(records)]);
  await copy.line();
  const [first, last] = await untilWhole(copy);
  if (last.copied !== records) throw new Error('the copy is not whole');
  const cpuSeconds = (await cpuSecondsOf(origin.pid)) + (await cpuSecondsOf(copy.pid));
  const [there, here] = [await memoryOf(origin.pid), await memoryOf(copy.pid)];
  await Promise.all([copy.stop(), origin.stop()]);
  return { first, last, cpuSeconds, memory: { origin: there.most, copy: here.most } };
}

/** Bytes of all entries and blocks of a node's own feed. */
async function contentOf(directory: string): Promise<number> {
  const store = await openStore(directory);
  const signer = await Identity.load(join(directory, 'identity.pem'));
  const catalogue = await Catalogue.open({
    section: store.section('catalogue'),
    signer,
    base: 'http://origin.example',
    name: 'fill',
    networks: ['bench'],
    clock: systemClock,
  });
  let bytes = catalogue.feeds.state(catalogue.node)?.bytes ?? 0;
  for await (const entry of catalogue.feeds.entries(catalogue.node)) bytes += encodeEntry(entry).length;
  await catalogue.close();
  await store.close();
  return bytes;
}

async function bareSeconds(bytes: number): Promise<number> {
  const server = startWorker(import.meta.url, './bare-stream', ['serve', String(bytes)]);
  const { address } = JSON.parse(await server.line()) as { address: string };
  const client = startWorker(import.meta.url, './bare-stream', ['fetch', address]);
  const { seconds } = JSON.parse(await client.line()) as { seconds: number };
  await Promise.all([client.stop(), server.stop()]);
  return seconds;
}
