import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Catalogue } from '../../../node/catalogue/index.ts';
import { systemClock } from '../../../node/clock.ts';
import { Identity } from '../../../node/identity/index.ts';
import { openStore } from '../../../node/store/index.ts';
import { encodeEntry } from '../../../protocols/heads/index.ts';
import { figure, type Printer } from '../figures.ts';
import { cpuSecondsOf, startWorker, withDirectory } from '../processes.ts';
import { untilWhole } from './progress.ts';

/** A whole feed copied from one process to another, each entry checked; beside it the same bytes over a bare stream. */
export async function replication(printer: Printer): Promise<void> {
  await withDirectory(async (directory) => {
    const [from, to] = [join(directory, 'from'), join(directory, 'to')];
    await Promise.all([mkdir(from), mkdir(to)]);
    const filler = startWorker(import.meta.url, './member', [from, 'fill']);
    const { records } = JSON.parse(await filler.line()) as { records: number };
    await filler.stop();
    const bytes = await contentOf(from);

    const origin = startWorker(import.meta.url, './member', [from, 'serve']);
    const { address } = JSON.parse(await origin.line()) as { address: string };
    const copy = startWorker(import.meta.url, './member', [to, 'copy', address, String(records)]);
    await copy.line();
    const [, last] = await untilWhole(copy);
    if (last.copied !== records) throw new Error('the copy is not whole');
    const cpu = (await cpuSecondsOf(origin.pid)) + (await cpuSecondsOf(copy.pid));
    await Promise.all([copy.stop(), origin.stop()]);

    const bare = await bareSeconds(bytes);
    const rate = last.copied / last.seconds;
    const beside = { rival: 'the same bytes over a bare libp2p stream', ratio: bare / last.seconds };
    const print = (...args: Parameters<typeof figure> extends [string, ...infer Rest] ? Rest : never): void =>
      printer.print(figure('federation', ...args));
    print('replication, all checked', rate, 'records/s', { atLeast: 10_000 }, beside);
    print('replication, share of a bare stream', beside.ratio, 'times', { atLeast: 0.25 });
    print('bare stream', bytes / 1e6 / bare, 'MB/s');
    print('replication, on the wire', last.bytes / last.copied, 'B/record');
    print('replication, CPU of both sides', (cpu * 1e6) / last.copied, 'µs/record');
  });
}

/** Bytes of all entries and blocks of a node's own feed, as they are signed and stored. */
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
