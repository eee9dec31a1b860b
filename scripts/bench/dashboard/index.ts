import type { Printer } from '../figures.ts';
import { startWorker, withDirectory } from '../processes.ts';
import { recordsAre } from '../records.ts';
import { firstLoads } from './first-loads.ts';
import { logIn } from './manager.ts';
import { manyRecords } from './many-records.ts';
import { serverTimes } from './server-times.ts';

/** What a manager waits for: each page of the dashboard, from the server and in a browser. */
export async function dashboard(printer: Printer): Promise<void> {
  printer.heading(recordsAre);
  await withDirectory(async (directory) => {
    const node = startWorker(import.meta.url, '../main/whole-node', [directory]);
    try {
      const { url } = JSON.parse(await node.line()) as { url: string };
      node.send('fill');
      await node.line();
      const cookie = await logIn(url, directory);
      await serverTimes(printer, { url, cookie });
      await firstLoads(printer, { url, cookie });
    } finally {
      await node.stop();
    }
  });
  await manyRecords(printer);
}
