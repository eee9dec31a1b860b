import { figure, type Printer } from '../figures.ts';
import type { GroupOptions } from '../group-options.ts';
import { copiedFeed } from './copied-feed.ts';

/** A whole feed copied from one process to another, each entry checked; beside it the same bytes over a bare stream. */
export async function replication(printer: Printer, options: GroupOptions): Promise<void> {
  const { last, cpuSeconds, bare } = await copiedFeed(options);
  const rate = last.copied / last.seconds;
  const beside = { rival: 'the same bytes over a bare libp2p stream', ratio: bare.seconds / last.seconds };
  const content = { rival: 'the bytes as they are stored', ratio: last.bytes / bare.bytes };
  const print = (...args: Parameters<typeof figure> extends [string, ...infer Rest] ? Rest : never): void =>
    printer.print(figure('federation', ...args));
  print('replication, all checked', rate, 'records/s', { atLeast: 10_000 }, beside);
  print('replication, share of a bare stream', beside.ratio, 'times', { atLeast: 0.25 });
  print('bare stream', bare.bytes / 1e6 / bare.seconds, 'MB/s');
  print('replication, on the wire', last.bytes / last.copied, 'B/record', {}, content);
  print('replication, CPU of both sides', (cpuSeconds * 1e6) / last.copied, 'µs/record');
}
