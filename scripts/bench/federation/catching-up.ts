import { join } from 'node:path';
import { figure, type Printer } from '../figures.ts';
import { startWorker, withDirectory } from '../processes.ts';
import { untilWhole } from './progress.ts';

const RECORDS = 1_000_000;
const CHANGES = 100;

/** A node comes back, and a large feed that it has in whole has changed a little meanwhile. */
export async function catchingUp(printer: Printer): Promise<void> {
  await withDirectory(async (directory) => {
    const [from, to] = [join(directory, 'from'), join(directory, 'to')];
    const filler = startWorker(import.meta.url, './filler', ['1', String(RECORDS), from, to]);
    await filler.line();
    await filler.stop();
    const origin = startWorker(import.meta.url, './member', [from, 'serve']);
    const { address } = JSON.parse(await origin.line()) as { address: string };
    origin.send({ change: CHANGES });
    await origin.line();
    const copy = startWorker(import.meta.url, './member', [to, 'copy', address, String(CHANGES)]);
    await copy.line();
    const [, last] = await untilWhole(copy);
    await Promise.all([copy.stop(), origin.stop()]);
    if (last.copied !== CHANGES) throw new Error(`${last.copied} changes came`);
    const name = `${CHANGES} changes in a feed of ${RECORDS.toLocaleString('en')}`;
    printer.print(figure('federation', `${name}, bytes`, last.bytes / 1e3, 'kB', { atMost: 200 }));
    printer.print(figure('federation', `${name}, time`, last.seconds, 's', { atMost: 1 }));
  });
}
