import { randomUUID } from 'node:crypto';
import { figure, percentile, type Printer } from '../figures.ts';
import { startWholeNode, withFilledNode } from '../filled-node.ts';
import type { GroupOptions } from '../group-options.ts';
import { cpuSecondsOf, type Worker } from '../processes.ts';
import { JSON_LD, timesOf } from '../requests.ts';
import { searchPath, type BenchQuery } from './queries.ts';

const CHANGES = 20;
const POLL_MS = 10;
const LONGEST_MS = 30_000;

/** Queries as a script asks them, one after another, of a whole node with all records; and how soon a change is found. */
export async function overHttp(
  printer: Printer,
  queries: readonly BenchQuery[],
  { shared }: GroupOptions,
): Promise<void> {
  await withFilledNode({ shared }, async ({ data, port }) => {
    const { worker: node, url } = await startWholeNode(data, { port });
    try {
      const paths = queries.map(searchPath);
      await timesOf(url, paths);
      const before = await cpuSecondsOf(node.pid);
      const times = await timesOf(url, paths);
      const cpuMs = (((await cpuSecondsOf(node.pid)) - before) * 1_000) / queries.length;
      const told = 'search over HTTP, with facets';
      printer.print(figure('search', `${told}, p50`, percentile(times, 0.5), 'ms'));
      printer.print(figure('search', `${told}, p99`, percentile(times, 0.99), 'ms', { atMost: 30 }));
      printer.print(figure('search', `${told}, the node's CPU, mean`, cpuMs, 'ms'));
      const delays: number[] = [];
      for (let n = 0; n < CHANGES; n += 1) delays.push(await foundAfter(url, node, n));
      const most = Math.max(...delays);
      printer.print(figure('search', 'from a change to being found, p50', percentile(delays, 0.5), 'ms'));
      printer.print(figure('search', `the same, most of ${CHANGES}`, most, 'ms', { atMost: 1_000 }));
    } finally {
      await node.stop();
    }
  });
}

/** From the acknowledgement of a new record until a search finds it. */
async function foundAfter(url: string, node: Worker, n: number): Promise<number> {
  // A number that no other record has, in letters.
  const word = randomUUID()
    .replaceAll('-', '')
    .replaceAll(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? '');
  node.send({ put: n, title: word });
  const { at } = JSON.parse(await node.line()) as { at: number };
  const query = `${url}/search?q=${word}&spelling=as-written`;
  for (;;) {
    const response = await fetch(query, { headers: { accept: JSON_LD } });
    const { totalItems } = (await response.json()) as { totalItems: number };
    const ms = (Number(process.hrtime.bigint()) - at) / 1e6;
    if (totalItems > 0) return ms;
    if (ms > LONGEST_MS) throw new Error('a change was not found');
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
