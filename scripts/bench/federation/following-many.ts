import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { figure, type Printer } from '../figures.ts';
import { memoryOf, startWorker, withDirectory } from '../processes.ts';
import { untilWhole } from './progress.ts';

const FEEDS = 50;
const RECORDS_EACH = 20_000;

/** A node that follows many feeds: they come from a node of the region that has them all. */
export async function followingMany(printer: Printer): Promise<void> {
  await withDirectory(async (directory) => {
    const [from, region, to] = ['from', 'region', 'to'].map((name) => join(directory, name)) as [
      string,
      string,
      string,
    ];
    await mkdir(to);
    const sizes = [String(FEEDS), String(RECORDS_EACH)];
    const filler = startWorker(import.meta.url, './filler', [...sizes, from, region]);
    await filler.line();
    await filler.stop();
    const holder = startWorker(import.meta.url, './member', [region, 'serve']);
    const { address } = JSON.parse(await holder.line()) as { address: string };
    const copy = startWorker(import.meta.url, './member', [
      to,
      'copy',
      address,
      String(FEEDS * RECORDS_EACH),
    ]);
    await copy.line();
    const [, last] = await untilWhole(copy);
    // The feeds and the holder's own, which is empty.
    if (last.copied !== FEEDS * RECORDS_EACH) throw new Error(`${last.copied} records came`);
    const { now, most, anonymous } = await memoryOf(copy.pid);
    await Promise.all([copy.stop(), holder.stop()]);
    const name = `${FEEDS} feeds of ${(FEEDS * RECORDS_EACH).toLocaleString('en')} records`;
    printer.print(figure('federation', `${name}, memory, most`, most, 'MB', { atMost: 600 }));
    printer.print(figure('federation', `${name}, memory at the end`, now, 'MB'));
    printer.print(figure('federation', `${name}, of that not of files`, anonymous, 'MB'));
    printer.print(figure('federation', `${name}, rate`, last.copied / last.seconds, 'records/s'));
  });
}
