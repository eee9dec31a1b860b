import { copiedFeed } from '../federation/index.ts';
import { figure, type Printer } from '../figures.ts';
import type { GroupOptions } from '../group-options.ts';

/** A whole feed copied from one process to another over loopback, each entry's signature and block checked. */
export async function replication(printer: Printer, options: GroupOptions): Promise<void> {
  const { first, last, memory, bare } = await copiedFeed(options);
  const beside = { rival: 'the same bytes over a bare libp2p stream', ratio: bare.seconds / last.seconds };
  const print = (...args: Parameters<typeof figure> extends [string, ...infer Rest] ? Rest : never): void =>
    printer.print(figure('main', ...args));
  print('replication, records', last.copied / last.seconds, 'records/s', { atLeast: 4_000 }, beside);
  print('replication, memory of the origin, most', memory.origin, 'MB', { atMost: 300 });
  print('replication, memory of the copy, most', memory.copy, 'MB', { atMost: 300 });
  print('replication, memory of the copy, last against first 10,000', last.rss / first.rss, 'times', {
    atMost: 1.5,
  });
}
