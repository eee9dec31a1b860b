import { figure, type Printer } from '../figures.ts';
import { harvestOnce, withRepository, type HarvestRun } from '../harvesting.ts';
import { harvestByPerl } from '../perl.ts';

/** Pages that Perl harvests; it would take minutes over all. */
const PAGES = 100;

/** The same pages in the same run: our client and the whole node, with all stages, catalogue and feed, beside HTTP::OAI. */
export async function httpOai(printer: Printer): Promise<void> {
  await withRepository([1, 0, PAGES], async (url) => {
    const perl = await harvestByPerl(url);
    const theirs = perl && rateOf(perl);
    const metadata = rateOf(await harvestOnce(url, 'metadata'));
    const node = rateOf(await harvestOnce(url, 'node'));
    if (theirs === undefined) {
      printer.print(figure('harvest', 'metadata only', metadata, 'records/s'));
      printer.print(figure('harvest', 'all stages and stored', node, 'records/s'));
      printer.leaveOut('the same beside HTTP::OAI', 'libhttp-oai-perl is not installed');
      return;
    }
    printer.print(figure('harvest', 'HTTP::OAI, records', theirs, 'records/s'));
    printer.print(
      figure(
        'harvest',
        'metadata only, times the rate of HTTP::OAI',
        metadata / theirs,
        '×',
        { atLeast: 5 },
        { rival: 'HTTP::OAI, records parsed and dropped', ratio: metadata / theirs },
      ),
    );
    printer.print(
      figure(
        'harvest',
        'all stages and stored, times the rate of HTTP::OAI',
        node / theirs,
        '×',
        {},
        { rival: 'HTTP::OAI, records parsed and dropped', ratio: node / theirs },
      ),
    );
  });
}

function rateOf({ records, seconds }: Pick<HarvestRun, 'records' | 'seconds'>): number {
  return records / seconds;
}
