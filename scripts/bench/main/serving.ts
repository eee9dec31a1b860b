import { startCommand } from '../command.ts';
import { figure, percentile, type Printer } from '../figures.ts';
import { memoryOf, startWorker, withDirectory } from '../processes.ts';
import { JSON_LD, recordPaths, requestsPerSecond } from '../requests.ts';

/** Records that are asked for over and over, as a working set; and all those that are asked for once. */
const HOT = 1_000;
const COLD = 20_000;
const ROUNDS = 3;

/** Starting with all records on disk, and then `GET /records/{id}` beside a bare koa route that gives the same bytes. */
export async function serving(printer: Printer): Promise<void> {
  await withDirectory(async (directory) => {
    const filler = startWorker(import.meta.url, './whole-node', [directory]);
    await filler.line();
    filler.send('fill');
    const { filled } = JSON.parse(await filler.line()) as { filled: number };
    await filler.stop();

    const begun = performance.now();
    const node = await startCommand(directory);
    const startMs = performance.now() - begun;
    const { most } = await memoryOf(node.pid);
    printer.print(figure('main', `start with ${filled} records`, startMs / 1_000, 's', { atMost: 3 }));
    printer.print(figure('main', `start with ${filled} records, memory`, most, 'MB', { atMost: 250 }));
    try {
      await serveBesideBare(printer, node.url);
    } finally {
      await node.stop();
    }
  });
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
