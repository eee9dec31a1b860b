import { percentile } from './figures.ts';
import { startWorker } from './processes.ts';
import { type BenchRequest, JSON_LD, recordPaths, requestsPerSecond } from './requests.ts';

/** Records that are asked for over and over, as a working set. */
const HOT = 1_000;
const ROUNDS = 3;

export const BARE_KOA = 'koa with one route and the bytes in memory';

interface Answer {
  path: string;
  type: string;
  body: string;
  etag: string;
}

/** Where a node answers, and a bare koa route that gives the same bytes under the same tags. */
export interface BesideBare {
  node: string;
  bare: string;
  answers: readonly Answer[];
}

/** Runs `work` with such a route beside a node, which lists the records that are asked for. */
export async function withBareBeside(
  node: string,
  work: (beside: BesideBare) => Promise<void>,
): Promise<void> {
  const worker = startWorker(import.meta.url, './main/bare-koa');
  try {
    const paths = (await recordPaths(node, HOT)).slice(0, HOT);
    const answers: Answer[] = [];
    // One after another: a thousand connections left open would slow down the node alone.
    for (const path of paths) answers.push(await answerOf(node, path));
    worker.send(answers);
    await work({ node, bare: await worker.line(), answers });
  } finally {
    await worker.stop();
  }
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

/**
 * Requests a second that both answer, asked in turn in every round; the middle one of their ratios counts.
 * @param status that each answer has to have
 */
export async function ratesBeside(
  { node, bare }: Pick<BesideBare, 'node' | 'bare'>,
  requests: readonly BenchRequest[],
  status = 200,
): Promise<{ node: number; bare: number; ratio: number }> {
  // Once uncounted: what is measured is a process that has compiled what it runs.
  await requestsPerSecond(node, requests, status);
  await requestsPerSecond(bare, requests, status);
  const rounds: { node: number; bare: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const rate = await requestsPerSecond(node, requests, status);
    rounds.push({ node: rate, bare: await requestsPerSecond(bare, requests, status) });
  }
  const middle = (of: (round: { node: number; bare: number }) => number): number =>
    percentile(rounds.map(of), 0.5);
  return {
    node: middle((round) => round.node),
    bare: middle((round) => round.bare),
    ratio: middle((round) => round.node / round.bare),
  };
}
