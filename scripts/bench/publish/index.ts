import { startWholeNode, withFilledNode } from '../filled-node.ts';
import type { Printer } from '../figures.ts';
import type { GroupOptions } from '../group-options.ts';
import { recordsAre } from '../records.ts';
import { changes } from './changes.ts';
import { copying } from './copying.ts';
import { listRecords } from './list-records.ts';
import { notifications } from './notifications.ts';
import { records } from './records.ts';
import { resourceList } from './resource-list.ts';

/** The figures of what a node gives to harvesters, other ResourceSync clients, review services and scripts. */
export async function publish(printer: Printer, { shared }: GroupOptions): Promise<void> {
  printer.heading(recordsAre);
  await withFilledNode({ shared }, async (filled) => {
    const { worker, url } = await startWholeNode(filled.data, filled);
    try {
      const node = { url, pid: worker.pid, records: filled.records };
      await listRecords(printer, node);
      await resourceList(printer, node);
      await copying(printer, node);
    } finally {
      await worker.stop();
    }
    await records(printer, filled);
  });
  await changes(printer);
  await notifications(printer);
}
