import type { Printer } from '../figures.ts';
import { startWholeNode, withFilledNode } from '../filled-node.ts';
import type { GroupOptions } from '../group-options.ts';
import { recordsAre } from '../records.ts';
import { firstLoads } from './first-loads.ts';
import { logIn } from './manager.ts';
import { manyRecords } from './many-records.ts';
import { serverTimes } from './server-times.ts';

/** What a manager waits for: each page of the dashboard, from the server and in a browser. */
export async function dashboard(printer: Printer, { shared }: GroupOptions): Promise<void> {
  printer.heading(recordsAre);
  await withFilledNode({ shared }, async ({ data, port }) => {
    const { worker, url } = await startWholeNode(data, { port });
    try {
      const cookie = await logIn(url, data);
      await serverTimes(printer, { url, cookie });
      await firstLoads(printer, { url, cookie });
    } finally {
      await worker.stop();
    }
  });
  await manyRecords(printer);
}
