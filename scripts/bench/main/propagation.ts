import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { figure, percentile, type Printer } from '../figures.ts';
import { startWholeNode } from '../filled-node.ts';
import { withDirectory, type Worker } from '../processes.ts';

const NODES = 5;
/** Changes that are measured, after some that warm the processes up. */
const CHANGES = 200;
const WARM_UP = 30;
const EVERY_MS = 100;
const LOST_AFTER_MS = 10_000;
/** Asking is work for the same two cores: as seldom as the figure's precision allows. */
const ASK_EVERY_MS = 8;
const SETTLE_MS = 5_000;

interface Acknowledged {
  key: string;
  /** Nanoseconds of the machine's monotonic clock. */
  at: number;
}

/** From a change acknowledged at one of five nodes to the record served at each of the other four. */
export async function propagation(printer: Printer): Promise<void> {
  await withDirectory(async (directory) => {
    const nodes: { worker: Worker; url: string }[] = [];
    const bootstrap: string[] = [];
    for (let i = 0; i < NODES; i++) {
      const data = join(directory, String(i));
      await mkdir(data);
      const { worker, url, address } = await startWholeNode(data, { bootstrap });
      if (i === 0) bootstrap.push(address);
      nodes.push({ worker, url });
    }
    const [origin, ...others] = nodes;
    if (origin === undefined) throw new Error('no node');
    await pause(SETTLE_MS);

    const acknowledged = changesAt(origin.worker);
    const asking = others.map(({ url }) => delaysAt(url, acknowledged));
    const delays = (await Promise.all(asking)).flatMap((all) => all.slice(WARM_UP));
    const lost = delays.filter((ms) => ms === undefined).length;
    const served = delays.filter((ms) => ms !== undefined);
    await Promise.all(nodes.map(({ worker }) => worker.stop()));

    printer.print(figure('main', 'change at one node served at another, p50', percentile(served, 0.5), 'ms'));
    printer.print(
      figure('main', 'change at one node served at another, p99', percentile(served, 0.99), 'ms', {
        atMost: 500,
      }),
    );
    printer.print(figure('main', 'changes lost', lost, 'changes', { atMost: 0 }));
  });
}

/** Makes ten changes a second, and gives each one's key and time as soon as it is acknowledged. */
function changesAt(origin: Worker): Promise<Acknowledged>[] {
  const begun = performance.now();
  const changes: Promise<Acknowledged>[] = [];
  for (let n = 0; n < WARM_UP + CHANGES; n++) {
    // The origin answers in order, one line a change.
    changes.push(
      pause(begun + n * EVERY_MS - performance.now()).then(async () => {
        origin.send({ put: n });
        return JSON.parse(await origin.line()) as Acknowledged;
      }),
    );
  }
  return changes;
}

/** For each change the milliseconds until a node serves it; undefined for one that it never did. */
async function delaysAt(
  url: string,
  changes: readonly Promise<Acknowledged>[],
): Promise<(number | undefined)[]> {
  const delays: (number | undefined)[] = [];
  for (const change of changes) {
    const { key, at } = await change;
    delays.push(await servedAfter(`${url}/records/${key}`, at));
  }
  return delays;
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
