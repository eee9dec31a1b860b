import { figure, type Printer } from '../figures.ts';
import { harvestOnce, withRepository } from '../harvesting.ts';

const PAGES = 30;
const DELAY_MS = 1_000;

/** A source that takes a second for each answer: what the harvest takes beyond the source's own time. */
export async function slowSource(printer: Printer): Promise<void> {
  const { seconds, waited } = await withRepository([1, DELAY_MS, PAGES], async (url, waitedFor) => {
    const run = await harvestOnce(url, 'node');
    return { ...run, waited: (await waitedFor()) / 1_000 };
  });
  printer.print(
    figure(
      'harvest',
      'slow source, 1 s an answer, time',
      seconds,
      's',
      { atMost: waited * 1.05 },
      { rival: 'the source’s own time', ratio: seconds / waited },
    ),
  );
}
