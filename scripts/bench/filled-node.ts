import { createServer, type AddressInfo } from 'node:net';
import { withMade } from './made-once.ts';
import { startWorker, type Worker } from './processes.ts';

/** A node's data with all of the benchmark's records, read by every reader. */
export interface FilledNode {
  data: string;
  /** On which it has to listen, since the records' addresses have it. */
  port: number;
  records: number;
}

type Facts = Pick<FilledNode, 'port' | 'records'>;

/** Runs `work` with such data, of its own: what is changed in them is of no other group. */
export async function withFilledNode<T>(
  { shared }: { shared?: string | undefined },
  work: (node: FilledNode) => Promise<T>,
): Promise<T> {
  const made = { name: 'filled-node', make: fillNode };
  return await withMade(made, shared, (data, facts) => work({ data, ...facts }));
}

/** A whole node with data. */
export async function startWholeNode(
  data: string,
  { port = 0, bootstrap = [] }: { port?: number; bootstrap?: readonly string[] } = {},
): Promise<{ worker: Worker; url: string; address: string }> {
  const worker = startWorker(import.meta.url, './whole-node', [data, String(port), ...bootstrap]);
  const { url, address } = JSON.parse(await worker.line()) as { url: string; address: string };
  return { worker, url, address };
}

/** By a process that ends then: what filling left in its memory is in no figure. */
async function fillNode(data: string): Promise<Facts> {
  const port = await freePort();
  const { worker } = await startWholeNode(data, { port });
  try {
    worker.send('fill');
    const { filled } = JSON.parse(await worker.line()) as { filled: number };
    return { port, records: filled };
  } finally {
    await worker.stop();
  }
}

/** The first and the last of those from which no system takes one for an outgoing connection, and which few programs want. */
const PORTS = { first: 21_000, last: 24_000 };

/** One that nobody has now; it should be free in an hour, too. */
async function freePort(): Promise<number> {
  for (let port = PORTS.first; port <= PORTS.last; port += 7) {
    const server = createServer();
    const got = await new Promise<number | undefined>((resolve) => {
      server.once('error', () => resolve(undefined));
      server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    });
    if (got === undefined) continue;
    await new Promise((resolve) => server.close(resolve));
    return got;
  }
  throw new Error(`no port from ${PORTS.first} to ${PORTS.last} is free`);
}
