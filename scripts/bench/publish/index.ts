import type { Printer } from '../figures.ts';
import { startWorker, withDirectory, type Worker } from '../processes.ts';
import { recordsAre } from '../records.ts';
import { changes } from './changes.ts';
import { copying } from './copying.ts';
import { listRecords } from './list-records.ts';
import { notifications } from './notifications.ts';
import { records } from './records.ts';
import { resourceList } from './resource-list.ts';

/** The figures of what a node gives to harvesters, other ResourceSync clients, review services and scripts. */
export async function publish(printer: Printer): Promise<void> {
  printer.heading(recordsAre);
  await withDirectory(async (directory) => {
    await withFilledNode(directory, async (node) => {
      await listRecords(printer, node);
      await resourceList(printer, node);
      await copying(printer, node);
    });
    await records(printer, directory);
  });
  await changes(printer);
  await notifications(printer);
}

/** A whole node with all records, in a process of its own. */
export interface FilledNode {
  url: string;
  pid: number;
  /** How many records there are. */
  records: number;
}

async function withFilledNode(directory: string, work: (node: FilledNode) => Promise<void>): Promise<void> {
  const worker: Worker = startWorker(import.meta.url, '../main/whole-node', [directory]);
  try {
    const { url } = JSON.parse(await worker.line()) as { url: string };
    worker.send('fill');
    const { filled } = JSON.parse(await worker.line()) as { filled: number };
    await work({ url, pid: worker.pid, records: filled });
  } finally {
    await worker.stop();
  }
}
