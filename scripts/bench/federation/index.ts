import type { Printer } from '../figures.ts';
import type { GroupOptions } from '../group-options.ts';
import { recordsAre } from '../records.ts';
import { catchingUp } from './catching-up.ts';
import { followingMany } from './following-many.ts';
import { holdingsFilter } from './holdings-filter.ts';
import { replication } from './replication.ts';
import { twentyNodes } from './twenty-nodes.ts';

export { copiedFeed } from './copied-feed.ts';

/** The figures of the network: what it costs to have what others hold. */
export async function federation(printer: Printer, options: GroupOptions): Promise<void> {
  printer.heading(recordsAre);
  await replication(printer, options);
  await catchingUp(printer);
  await followingMany(printer);
  await holdingsFilter(printer);
  await twentyNodes(printer);
}
