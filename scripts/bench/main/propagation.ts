import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { figure, percentile, type Printer } from '../figures.ts';
import { startWorker, withDirectory, type Worker } from '../processes.ts';

const NODES = 5;
const CHANGES = 200;
const EVERY_MS = 100;
const LOST_AFTER_MS = 10_000;
const ASK_EVERY_MS = 4;
const SETTLE_MS = 3_000;

/** From a change acknowledged at one of five nodes to the record served at each of the other four. */
export async function propagation(printer: Printer): Promise<void> {
  await withDirectory(async (directory) => {
    const nodes: { worker: Worker; url: string }[] = [];
    let bootstrap: string | undefined;
    for (let i = 0; i < NODES; i++) {
      const data = join(directory, String(i));
      await mkdir(data);
      const args = bootstrap === undefined ? [data] : [data, bootstrap];
      const worker = startWorker(import.meta.url, './whole-node', args);
      const { url, address } = JSON.parse(await worker.line()) as { url: string; address: string };
      bootstrap ??= address;
      nodes.push({ worker, url });
    }
    const [origin, ...others] = nodes;
    if (origin === undefined) throw new Error('no node');
    await pause(SETTLE_MS);

    const pending: Promise<number | undefined>[] = [];
    for (let n = 0; n < CHANGES; n++) {
      const next = performance.now() + EVERY_MS;
      origin.worker.send({ put: n });
      const { key, at } = JSON.parse(await origin.worker.line()) as { key: string; at: number };
      for (const { url } of others) {
        pending.push(servedAfter(`${url}/records/${key}`, at));
      }
      await pause(next - performance.now());
    }
    const delays = (await Promise.all(pending)).filter((ms) => ms !== undefined);
    const lost = pending.length - delays.length;
    await Promise.all(nodes.map(({ worker }) => worker.stop()));

    printer.print(figure('main', 'change at one node served at another, p50', percentile(delays, 0.5), 'ms'));
    printer.print(
      figure('main', 'change at one node served at another, p99', percentile(delays, 0.99), 'ms', {
        atMost: 500,
      }),
    );
    printer.print(figure('main', 'changes lost', lost, 'changes', { atMost: 0 }));
  });
}

/** Milliseconds from `at` (nanoseconds) until the address answers 200. */
async function servedAfter(url: string, at: number): Promise<number | undefined> {
  for (;;) {
    const response = await fetch(url, { headers: { accept: 'application/ld+json' } });
    await response.arrayBuffer();
    const passed = (Number(process.hrtime.bigint()) - at) / 1e6;
    if (response.status === 200) return passed;
    if (passed > LOST_AFTER_MS) return undefined;
    await pause(ASK_EVERY_MS);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
