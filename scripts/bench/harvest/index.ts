import type { Printer } from '../figures.ts';
import { recordsAre } from '../records.ts';
import { httpOai } from './http-oai.ts';
import { references } from './references.ts';
import { slowSource } from './slow-source.ts';
import { stages } from './stages.ts';

/** The figures of the harvest pipeline. */
export async function harvest(printer: Printer): Promise<void> {
  printer.heading(recordsAre);
  await httpOai(printer);
  await slowSource(printer);
  await stages(printer);
  await references(printer);
}
