import type { Printer } from '../figures.ts';
import type { GroupOptions } from '../group-options.ts';
import { recordsAre } from '../records.ts';
import { harvest } from './harvest.ts';
import { propagation } from './propagation.ts';
import { replication } from './replication.ts';
import { serving } from './serving.ts';

/** The figures of the way from one institution's repository to another institution's reader. */
export async function main(printer: Printer, options: GroupOptions): Promise<void> {
  printer.heading(recordsAre);
  await harvest(printer);
  await replication(printer, options);
  await propagation(printer);
  await serving(printer, options);
}
