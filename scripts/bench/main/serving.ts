import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { figure, percentile, type Printer } from '../figures.ts';
import { memoryOf, startWorker, withDirectory } from '../processes.ts';

/** Records that are asked for over and over, as a working set; and all those that are asked for once. */
const HOT = 1_000;
const COLD = 20_000;
const ROUNDS = 3;
const SECONDS = 4;
const CONNECTIONS = 20;
const PAGE = 200;

interface Page {
  orderedItems: { id: string }[];
  next?: string;
}

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
  const hot = paths.slice(0, HOT);
  const bodies = await Promise.all(
    hot.map(async (path) => {
      const response = await fetch(url + path, { headers: { accept: 'application/ld+json' } });
      return { path, type: response.headers.get('content-type') ?? '', body: await response.text() };
    }),
  );
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
  const cold = await requestsPerSecond(url, paths.slice(HOT));
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

async function requestsPerSecond(url: string, paths: readonly string[]): Promise<number> {
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: SECONDS,
    headers: { accept: 'application/ld+json' },
    requests: paths.map((path) => ({ path })),
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx + result.errors} requests failed`);
  return result.requests.average;
}

async function recordPaths(url: string, wanted: number): Promise<string[]> {
  const paths: string[] = [];
  for (
    let next: string | undefined = `/records?limit=${PAGE}`;
    next !== undefined && paths.length < wanted;
  ) {
    const response = await fetch(url + next, { headers: { accept: 'application/ld+json' } });
    const page = (await response.json()) as Page;
    paths.push(...page.orderedItems.map(({ id }) => new URL(id).pathname));
    next = page.next === undefined ? undefined : new URL(page.next).pathname + new URL(page.next).search;
  }
  return paths;
}

/** The command as an operator starts it, until its `ready` line. */
async function startCommand(data: string): Promise<{ url: string; pid: number; stop(): Promise<void> }> {
  const ngr = fileURLToPath(new URL('../../../node/cli/ngr.js', import.meta.url));
  const flags = ['--data', data, '--port', '0', '--p2p-port', '0', '--no-mdns', '--no-sample'];
  const child = spawn(process.execPath, [ngr, 'start', ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    const [word, url] = line.split(' ');
    if (word !== 'ready' || url === undefined) continue;
    child.stdout.resume();
    return {
      url,
      pid: child.pid ?? 0,
      stop: async () => {
        child.kill('SIGTERM');
        await exited;
      },
    };
  }
  throw new Error('the node did not start');
}
