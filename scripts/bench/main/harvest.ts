import { figure, type Printer } from '../figures.ts';
import { harvestOnce, withRepository, type HarvestRun } from '../harvesting.ts';

/** Runs of each way; the fastest counts, since what slows a run down is the machine. */
const ROUNDS = 2;

/** From an OAI-PMH repository on loopback into catalogue and feed, beside the bare work in the same run. */
export async function harvest(printer: Printer): Promise<void> {
  await withRepository([], async (url) => {
    const best = new Map<string, HarvestRun>();
    for (let round = 0; round < ROUNDS; round++) {
      for (const way of ['node', 'fast-xml', 'saxes']) {
        const run = await harvestOnce(url, way);
        const known = best.get(way);
        if (known === undefined || run.seconds < known.seconds) best.set(way, run);
      }
    }
    const rate = (way: string): number => {
      const { records = 0, seconds = Number.NaN } = best.get(way) ?? {};
      return records / seconds;
    };
    const [ours, fastXml, saxes] = [rate('node'), rate('fast-xml'), rate('saxes')];
    printer.print(
      figure(
        'main',
        'harvest, records',
        ours,
        'records/s',
        { atLeast: 3_000 },
        {
          rival: 'bare: fetch, fast-xml-parser, JSON in LevelDB',
          ratio: ours / fastXml,
        },
      ),
    );
    printer.print(
      figure('main', 'harvest, share of the bare rate', ours / fastXml, 'of 1', { atLeast: 0.5 }),
    );
    printer.print(
      figure(
        'main',
        'harvest, share of the bare rate with our parser',
        ours / saxes,
        'of 1',
        {},
        {
          rival: 'bare: fetch, saxes, JSON in LevelDB',
          ratio: ours / saxes,
        },
      ),
    );
    const most = (way: string): number => best.get(way)?.most ?? Number.NaN;
    printer.print(
      figure(
        'main',
        'harvest, memory, most',
        most('node'),
        'MB',
        {},
        {
          rival: 'bare: fetch, fast-xml-parser, JSON in LevelDB',
          ratio: most('node') / most('fast-xml'),
        },
      ),
    );
  });
}
