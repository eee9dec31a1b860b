import { figure, percentile, type Printer } from '../figures.ts';
import { withDirectory } from '../processes.ts';
import { changesAmong } from './changes-among.ts';

const CHANGES = 1_000;
const FEW = 10_000;
const MANY = 1_000_000;

/** The list of a day on which little changed, among a hundred times as many records that did not. */
export async function changes(printer: Printer): Promise<void> {
  const times: number[] = [];
  for (const records of [FEW, MANY]) {
    await withDirectory(async (directory) => {
      times.push(percentile(await changesAmong({ directory, records, changes: CHANGES }), 0.5));
    });
  }
  const [few = Number.NaN, many = Number.NaN] = times;
  const name = `list of ${CHANGES.toLocaleString('en')} changes among ${MANY.toLocaleString('en')} records`;
  const rival = `among ${FEW.toLocaleString('en')}`;
  printer.print(figure('publish', name, many, 'ms', {}, { rival, ratio: many / few }));
  printer.print(figure('publish', `${name}, times that among few`, many / few, '×', { atMost: 1.5 }));
}
