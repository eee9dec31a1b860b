import { startCommand } from '../command.ts';
import { figure, type Printer } from '../figures.ts';
import type { FilledNode } from '../filled-node.ts';
import { BARE_KOA, ratesBeside, withBareBeside, type BesideBare } from '../record-rates.ts';
import type { BenchRequest } from '../requests.ts';

/** `GET /records/{id}`, plain and conditional, beside a bare koa route that gives the same bytes under the same tags. */
export async function records(printer: Printer, { data, port }: FilledNode): Promise<void> {
  const node = await startCommand(data, { port });
  try {
    await withBareBeside(node.url, async (beside) => {
      const { answers } = beside;
      const plain = answers.map(({ path }) => ({ path }));
      await compare(printer, 'GET /records/{id}', { beside, requests: plain, status: 200, atLeast: 0.7 });
      const conditional = answers.map(({ path, etag }) => ({ path, headers: { 'if-none-match': etag } }));
      const name = 'GET /records/{id}, conditional';
      await compare(printer, name, { beside, requests: conditional, status: 304, atLeast: 0.8 });
    });
  } finally {
    await node.stop();
  }
}

interface Comparison {
  beside: BesideBare;
  requests: readonly BenchRequest[];
  status: number;
  atLeast: number;
}

async function compare(
  printer: Printer,
  name: string,
  { beside, requests, status, atLeast }: Comparison,
): Promise<void> {
  const { node, ratio } = await ratesBeside(beside, requests, status);
  printer.print(figure('publish', name, node, 'requests/s', {}, { rival: BARE_KOA, ratio }));
  printer.print(figure('publish', `${name}, share of the bare rate`, ratio, 'of 1', { atLeast }));
}
