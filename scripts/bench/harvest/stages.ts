import { figure, type Printer } from '../figures.ts';
import { harvestOnce, withRepository } from '../harvesting.ts';

const MANY = 1_000_000;
/** Of the records that are there, to come to a million: so many times over. */
const ALL = 60_608;

/** All stages on, full text off: the rate over the records as they are, and over a million of them, and the memory. */
export async function stages(printer: Printer): Promise<void> {
  const once = await withRepository([], (url) => harvestOnce(url, 'node'));
  const rate = once.records / once.seconds;
  printer.print(figure('harvest', 'all stages, records', rate, 'records/s', { atLeast: 2_500 }));

  const rounds = Math.ceil(MANY / Math.min(once.records, ALL));
  const many = await withRepository([rounds, 0, Math.ceil(MANY / 100)], (url) => harvestOnce(url, 'node'));
  printer.print(figure('harvest', 'all stages, many records', many.records, 'records'));
  printer.print(
    figure(
      'harvest',
      'all stages, many records, rate',
      many.records / many.seconds,
      'records/s',
      { atLeast: 2_500 },
      { rival: 'the rate over few', ratio: many.records / many.seconds / rate },
    ),
  );
  printer.print(
    figure(
      'harvest',
      'all stages, many records, memory, most',
      many.own,
      'MB',
      { atMost: 400 },
      { rival: 'the memory over few', ratio: many.own / once.own },
    ),
  );
  printer.print(figure('harvest', 'all stages, many records, with mapped files', many.most, 'MB', {}));
}
