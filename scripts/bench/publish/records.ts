import { startCommand } from '../command.ts';
import { figure, percentile, type Printer } from '../figures.ts';
import type { FilledNode } from '../filled-node.ts';
import { startWorker } from '../processes.ts';
import { type BenchRequest, JSON_LD, recordPaths, requestsPerSecond } from '../requests.ts';

const HOT = 1_000;
const ROUNDS = 3;

/** `GET /records/{id}`, plain and conditional, beside a bare koa route that gives the same bytes under the same tags. */
export async function records(printer: Printer, { data, port }: FilledNode): Promise<void> {
  const node = await startCommand(data, { port });
  const bare = startWorker(import.meta.url, '../main/bare-koa');
  try {
    const paths = (await recordPaths(node.url, HOT)).slice(0, HOT);
    const answers: Answer[] = [];
    // One after another: a thousand connections left open would slow down the node alone.
    for (const path of paths) answers.push(await answerOf(node.url, path));
    bare.send(answers);
    const bareUrl = await bare.line();
    const plain = paths.map((path) => ({ path }));
    const conditional = answers.map(({ path, etag }) => ({ path, headers: { 'if-none-match': etag } }));
    await compare(printer, 'GET /records/{id}', {
      urls: [node.url, bareUrl],
      requests: plain,
      status: 200,
      atLeast: 0.7,
    });
    await compare(printer, 'GET /records/{id}, conditional', {
      urls: [node.url, bareUrl],
      requests: conditional,
      status: 304,
      atLeast: 0.8,
    });
  } finally {
    await bare.stop();
    await node.stop();
  }
}

interface Answer {
  path: string;
  type: string;
  body: string;
  etag: string;
}

async function answerOf(url: string, path: string): Promise<Answer> {
  const response = await fetch(url + path, { headers: { accept: JSON_LD } });
  const { headers } = response;
  return {
    path,
    type: headers.get('content-type') ?? '',
    body: await response.text(),
    etag: headers.get('etag') ?? '',
  };
}

interface Comparison {
  /** Of the node and of the bare route. */
  urls: readonly [string, string];
  requests: readonly BenchRequest[];
  status: number;
  atLeast: number;
}

/** Side by side in every round; the middle one of their ratios counts. */
async function compare(
  printer: Printer,
  name: string,
  { urls: [node, bare], requests, status, atLeast }: Comparison,
): Promise<void> {
  // Once uncounted: both processes have just begun.
  await requestsPerSecond(node, requests, status);
  await requestsPerSecond(bare, requests, status);
  const [rates, ratios]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    const rate = await requestsPerSecond(node, requests, status);
    rates.push(rate);
    ratios.push(rate / (await requestsPerSecond(bare, requests, status)));
  }
  const ratio = percentile(ratios, 0.5);
  const rival = 'koa with one route and the bytes in memory';
  printer.print(figure('publish', name, percentile(rates, 0.5), 'requests/s', {}, { rival, ratio }));
  printer.print(figure('publish', `${name}, share of the bare rate`, ratio, 'of 1', { atLeast }));
}
