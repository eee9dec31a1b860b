import { figure, type Printer } from '../figures.ts';
import { harvestByPerl } from '../perl.ts';
import { cpuSecondsOf } from '../processes.ts';
import type { PublishingNode } from './publishing-node.ts';

/** All records harvested from the node by Perl's HTTP::OAI: the harvester is what takes the time, not the node. */
export async function listRecords(printer: Printer, { url, pid, records }: PublishingNode): Promise<void> {
  const before = await cpuSecondsOf(pid);
  const harvest = await harvestByPerl(`${url}/oai`);
  const used = (await cpuSecondsOf(pid)) - before;
  if (harvest === undefined) {
    printer.leaveOut('ListRecords by HTTP::OAI', 'libhttp-oai-perl is not installed');
    return;
  }
  if (harvest.records !== records) throw new Error(`HTTP::OAI got ${harvest.records} records of ${records}`);
  const name = `ListRecords by HTTP::OAI, ${records.toLocaleString('en')}`;
  printer.print(figure('publish', name, harvest.seconds, 's'));
  printer.print(figure('publish', name, records / harvest.seconds, 'records/s'));
  printer.print(
    figure(
      'publish',
      `${name}, the node's CPU`,
      used / harvest.seconds,
      'of 1',
      { atMost: 1 / 3 },
      { rival: 'the time that HTTP::OAI takes', ratio: used / harvest.seconds },
    ),
  );
}
