import { startCommand, type RunningCommand } from '../command.ts';
import { figure, percentile, type Printer } from '../figures.ts';
import { withFilledNode } from '../filled-node.ts';
import type { GroupOptions } from '../group-options.ts';
import { memoryOf, startWorker, withDirectory } from '../processes.ts';
import { JSON_LD, recordPaths, requestsPerSecond } from '../requests.ts';

/** Records that are asked for over and over, as a working set; and all those that are asked for once. */
const HOT = 1_000;
const COLD = 20_000;
const ROUNDS = 3;

/**
 * Starting with all records on disk, beside a node that has none; and then `GET /records/{id}` beside a bare koa route that gives
 * the same bytes.
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
  const paths = await recordPaths(url, COLD);
  const hot = paths.slice(0, HOT).map((path) => ({ path }));
  const bodies: { path: string; type: string; body: string }[] = [];
  // One after another: a thousand connections left open would slow down the node alone.
  for (const { path } of hot) {
    const response = await fetch(url + path, { headers: { accept: JSON_LD } });
    bodies.push({ path, type: response.headers.get('content-type') ?? '', body: await response.text() });
  }
  const bare = startWorker(import.meta.url, './bare-koa');
  bare.send(bodies);
  const bareUrl = await bare.line();
  // Once uncounted: both processes have just begun.
  await requestsPerSecond(url, hot);
  await requestsPerSecond(bareUrl, hot);
  const rates = { node: [] as number[], bare: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    rates.node.push(await requestsPerSecond(url, hot));
    rates.bare.push(await requestsPerSecond(bareUrl, hot));
  }
  const once = paths.slice(HOT).map((path) => ({ path }));
  const cold = await requestsPerSecond(url, once);
  await bare.stop();
  const ratio = percentile(
    rates.node.map((rate, i) => rate / (rates.bare[i] ?? Number.NaN)),
    0.5,
  );
  const rate = percentile(rates.node, 0.5);
  const rival = 'koa with one route and the bytes in memory';
  printer.print(
    figure('main', 'GET /records/{id}, JSON-LD, 1,000 records', rate, 'requests/s', {}, { rival, ratio }),
  );
  printer.print(figure('main', 'GET /records/{id}, share of the bare rate', ratio, 'of 1', { atLeast: 0.6 }));
  printer.print(
    figure(
      'main',
      'GET /records/{id}, each record once',
      cold,
      'requests/s',
      {},
      {
        rival,
        ratio: cold / percentile(rates.bare, 0.5),
      },
    ),
  );
}
