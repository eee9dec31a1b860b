import type { Printer } from '../figures.ts';
import { recordsAre } from '../records.ts';
import { damagedCopies } from './damaged-copies.ts';
import { dblpAcm } from './dblp-acm.ts';
import { growth } from './growth.ts';

export { changeTo, type Described } from './described.ts';
export { variedRecords } from './varied-records.ts';

/** How well the records of one work are found, and what that costs. */
export async function duplicates(printer: Printer, { small }: { small: boolean }): Promise<void> {
  printer.heading(`DBLP-ACM; ${recordsAre}`);
  await dblpAcm(printer);
  await damagedCopies(printer);
  await growth(printer, { small });
}
