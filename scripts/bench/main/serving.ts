import { startCommand, type RunningCommand } from '../command.ts';
import { figure, type Printer } from '../figures.ts';
import { withFilledNode } from '../filled-node.ts';
import type { GroupOptions } from '../group-options.ts';
import { memoryOf, withDirectory } from '../processes.ts';
import { BARE_KOA, ratesBeside, withBareBeside } from '../record-rates.ts';
import { recordPaths, requestsPerSecondOnce } from '../requests.ts';

/** Records that are listed before, page by page, as a harvester leaves a node; what was not asked for is then asked for once. */
const LISTED = 20_000;

/**
 * Starting with all records on disk, beside a node that has none; and then `GET /records/{id}` beside a bare koa route that gives
 * the same bytes, when the node has listed many records.
 */
export async function serving(printer: Printer, { shared }: GroupOptions): Promise<void> {
  await withFilledNode({ shared }, async ({ data, port, records }) => {
    const empty = await withDirectory(async (directory) => {
      const { node, started } = await timedStart(directory, 0);
      await node.stop();
      return started;
    });
    const { node, started } = await timedStart(data, port);
    const beside = (of: keyof Started) => ({
      rival: 'a node without records',
      ratio: started[of] / empty[of],
    });
    const name = `start with ${records} records`;
    printer.print(figure('main', name, started.seconds, 's', { atMost: 3 }, beside('seconds')));
    printer.print(figure('main', `${name}, memory`, started.most, 'MB', { atMost: 250 }, beside('most')));
    try {
      await serveBesideBare(printer, node.url);
    } finally {
      await node.stop();
    }
  });
}

interface Started {
  seconds: number;
  /** Memory at its most until then, MB. */
  most: number;
}

async function timedStart(data: string, port: number): Promise<{ node: RunningCommand; started: Started }> {
  const begun = performance.now();
  const node = await startCommand(data, { port });
  const seconds = (performance.now() - begun) / 1_000;
  const { most } = await memoryOf(node.pid);
  return { node, started: { seconds, most } };
}

async function serveBesideBare(printer: Printer, url: string): Promise<void> {
  await withBareBeside(url, async (beside) => {
    const paths = await recordPaths(url, LISTED);
    const hot = beside.answers.map(({ path }) => ({ path }));
    const { node, bare, ratio } = await ratesBeside(beside, hot);
    const name = `GET /records/{id}, JSON-LD, ${inEnglish(hot.length)} records`;
    printer.print(figure('main', name, node, 'requests/s', {}, { rival: BARE_KOA, ratio }));
    printer.print(
      figure('main', 'GET /records/{id}, share of the bare rate', ratio, 'of 1', { atLeast: 0.6 }),
    );

    const others = paths.slice(hot.length).map((path) => ({ path }));
    const once = await requestsPerSecondOnce(url, others);
    const each = 'GET /records/{id}, each record once';
    printer.print(figure('main', each, once, 'requests/s', {}, { rival: BARE_KOA, ratio: once / bare }));
  });
}

function inEnglish(count: number): string {
  return count.toLocaleString('en');
}
