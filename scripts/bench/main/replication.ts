import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { figure, type Printer } from '../figures.ts';
import { memoryOf, startWorker, withDirectory } from '../processes.ts';

interface Progress {
  copied: number;
  seconds: number;
  rss: number;
  whole?: true;
}

/** A whole feed copied from one process to another over loopback, each entry's signature and block checked. */
export async function replication(printer: Printer): Promise<void> {
  await withDirectory(async (directory) => {
    const [from, to] = [join(directory, 'from'), join(directory, 'to')];
    await Promise.all([mkdir(from), mkdir(to)]);
    // Filled by one process and served by another, so that the memory of filling is not counted.
    const filler = startWorker(import.meta.url, '../federation/member', [from, 'fill']);
    const { records } = JSON.parse(await filler.line()) as { records: number };
    await filler.stop();
    const origin = startWorker(import.meta.url, '../federation/member', [from, 'serve']);
    const { address } = JSON.parse(await origin.line()) as { address: string };
    const copy = startWorker(import.meta.url, '../federation/member', [to, 'copy', address, String(records)]);
    await copy.line();

    const steps: Progress[] = [];
    do steps.push(JSON.parse(await copy.line()) as Progress);
    while (steps.at(-1)?.whole !== true);
    const [early, last] = [steps[0], steps.at(-1)];
    if (early === undefined || last === undefined || last.copied !== records)
      throw new Error('the copy is not whole');
    const [there, here] = [await memoryOf(origin.pid), await memoryOf(copy.pid)];
    await Promise.all([copy.stop(), origin.stop()]);

    printer.print(
      figure('main', 'replication, records', last.copied / last.seconds, 'records/s', { atLeast: 4_000 }),
    );
    printer.print(
      figure('main', 'replication, memory of the origin, most', there.most, 'MB', { atMost: 300 }),
    );
    printer.print(figure('main', 'replication, memory of the copy, most', here.most, 'MB', { atMost: 300 }));
    printer.print(
      figure(
        'main',
        'replication, memory of the copy, last against first 10,000',
        last.rss / early.rss,
        'times',
        {
          atMost: 1.5,
        },
      ),
    );
  });
}
