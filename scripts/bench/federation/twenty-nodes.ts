import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '../../random.ts';
import { BadNetwork } from '../bad-network.ts';
import { figure, percentile, type Printer } from '../figures.ts';
import { cpuSecondsOf, startWorker, withDirectory, type Worker } from '../processes.ts';
import type { BytesTold, Deliveries, Question, State } from './neighbour.ts';

const NODES = 20;
const LOSS = 0.1;
const CHANGES_PER_SECOND = 20;
const SECONDS = 60;
/** After all are connected: what joining costs is over by then, and what runs when nothing happens is compiled. */
const SETTLE_MS = 90_000;
/** Of the changes before those that count: twenty processes on two cores are busy with compiling for so long. */
const WARM_UP_SECONDS = 40;
const JOIN_MS = 120_000;
/** More is waited for than may be needed, so that it is told how long it took. */
const COMPLETE_MS = 60_000;
const LOOK_MS = 100;
const SEED = 20;

/**
 * A network of twenty nodes, each a process of its own over real libp2p: what it costs to be in it, and how fast a change spreads
 * on bad lines. Nodes run for months: what each process compiles in its first minutes is told apart.
 */
export async function twentyNodes(printer: Printer): Promise<void> {
  await withDirectory(async (directory) => {
    const network = BadNetwork.whyNot() === undefined ? new BadNetwork(NODES) : undefined;
    const nodes: Worker[] = [];
    try {
      await joinAll(nodes, directory, network);
      await pause(SETTLE_MS);
      await idle(printer, nodes);
      network?.lose(LOSS);
      await busy(printer, nodes, network === undefined ? 'messages' : 'packets');
      network?.mend();
    } finally {
      await Promise.all(nodes.map((node) => node.stop()));
      network?.remove();
    }
  });
}

async function joinAll(nodes: Worker[], directory: string, network: BadNetwork | undefined): Promise<void> {
  let first: string | undefined;
  for (let i = 0; i < NODES; i++) {
    const place = network?.places[i];
    // Packets are dropped on the way between namespaces; without them the node drops messages itself, from the start.
    const host = place?.address ?? '127.0.0.1';
    const args = [join(directory, String(i)), String(i), host, place === undefined ? String(LOSS) : '0'];
    const node = startWorker(
      import.meta.url,
      './neighbour',
      first === undefined ? args : [...args, first],
      place?.name,
    );
    nodes.push(node);
    const { address } = JSON.parse(await node.line()) as { address: string };
    first ??= address;
  }
  const areConnected = async (): Promise<boolean> => {
    const states = await askAll<State>(nodes, { tell: 'state' });
    return states.every(({ connected }) => connected >= NODES - 1);
  };
  if ((await secondsUntil(areConnected, JOIN_MS)) === undefined)
    throw new Error('the nodes did not all find one another');
}

async function idle(printer: Printer, nodes: readonly Worker[]): Promise<void> {
  const [before, cpuBefore] = [await askAll<BytesTold>(nodes, { tell: 'bytes' }), await cpuOf(nodes)];
  await pause(SECONDS * 1_000);
  const [after, cpuAfter] = [await askAll<BytesTold>(nodes, { tell: 'bytes' }), await cpuOf(nodes)];
  const a = (bytes: number): number => bytes / NODES / SECONDS;
  const [was, is] = [summed(before), summed(after)];
  const name = `${NODES} nodes, idle, a node`;
  const both = is.written + is.read - was.written - was.read;
  printer.print(figure('federation', `${name}: sent and received`, a(both), 'B/s', { atMost: 1_000 }));
  printer.print(figure('federation', `${name}: sent`, a(is.written - was.written), 'B/s'));
  const costs = [...is.protocols].map(([protocol, bytes]): [string, number] => [
    protocol,
    a(bytes - (was.protocols.get(protocol) ?? 0)),
  ]);
  costs.sort(([, one], [, other]) => other - one);
  for (const [protocol, bytes] of costs)
    if (bytes > 0) printer.print(figure('federation', `  sent of ${protocol}`, bytes, 'B/s'));
  const cpu = ((cpuAfter - cpuBefore) / NODES / SECONDS) * 100;
  printer.print(figure('federation', `${name}: processor`, cpu, '% of a core', { atMost: 1 }));
}

async function busy(printer: Printer, nodes: readonly Worker[], lost: string): Promise<void> {
  const { warm, end } = plan(nodes);
  await pause(warm - now());
  const cpuBefore = await cpuOf(nodes);
  await pause(end - now());
  const areComplete = async (): Promise<boolean> => areAlike(await askAll<State>(nodes, { tell: 'state' }));
  const seconds = await secondsUntil(areComplete, COMPLETE_MS);
  const cpu = (await cpuOf(nodes)) - cpuBefore;
  const { deliveries, missing } = deliveriesOf(await askAll<Deliveries>(nodes, { tell: 'deliveries' }));
  const name = `${NODES} nodes, ${CHANGES_PER_SECOND} changes/s, ${LOSS * 100} % of ${lost} lost`;
  printer.print(figure('federation', `${name}: complete after`, seconds ?? Infinity, 's', { atMost: 10 }));
  printer.print(figure('federation', `${name}: deliveries missing`, missing, '', { atMost: 0 }));
  const delays = deliveries.filter(({ at }) => at >= warm).map(({ ms }) => ms);
  const cold = deliveries.filter(({ at }) => at < warm).map(({ ms }) => ms);
  const first = `${name}: the first ${WARM_UP_SECONDS} s, p99`;
  printer.print(figure('federation', first, percentile(cold, 0.99), 'ms'));
  printer.print(figure('federation', `${name}: change served elsewhere, p50`, percentile(delays, 0.5), 'ms'));
  printer.print(figure('federation', `${name}: p99`, percentile(delays, 0.99), 'ms', { atMost: 2_000 }));
  printer.print(figure('federation', `${name}: longest`, percentile(delays, 1), 'ms'));
  printer.print(figure('federation', `${name}: processor a delivery`, (cpu / delays.length) * 1_000, 'ms'));
}

/** Has the nodes make changes at random times. @returns by `now`, from when on they count, and when the last is made */
function plan(nodes: readonly Worker[]): { warm: number; end: number } {
  const random = seededRandom(SEED);
  const from = now() + 500;
  const warm = from + WARM_UP_SECONDS * 1_000;
  const end = warm + SECONDS * 1_000;
  const times = nodes.map((): number[] => []);
  for (let i = 0; i < CHANGES_PER_SECOND * (WARM_UP_SECONDS + SECONDS); i++)
    times[random.integer(NODES)]?.push(from + random.uniform() * (end - from));
  nodes.forEach((node, i) => {
    ask(node, { make: times[i]?.sort((a, b) => a - b) ?? [] });
  });
  return { warm, end };
}

/** Whether every node has every feed in whole, up to where its own node has it. */
function areAlike(states: readonly State[]): boolean {
  const [first, ...others] = states.map(({ feeds }) =>
    feeds
      .map((feed) => feed.join(' '))
      .sort()
      .join('\n'),
  );
  return states.every(({ feeds }) => feeds.length === NODES) && others.every((other) => other === first);
}

/** When each change was made and how long it took to each other node, in milliseconds, and how many never came. */
function deliveriesOf(told: readonly Deliveries[]): {
  deliveries: { at: number; ms: number }[];
  missing: number;
} {
  const deliveries: { at: number; ms: number }[] = [];
  let missing = 0;
  for (const { node, made } of told)
    for (const other of told) {
      if (other.node === node) continue;
      const came = other.came.filter(([origin]) => origin === node);
      let i = 0;
      for (const [seq, at] of made) {
        while (i < came.length && (came[i]?.[1] ?? 0) < seq) i += 1;
        const there = came[i]?.[2];
        if (there === undefined) missing += 1;
        else deliveries.push({ at, ms: Math.max(0, there - at) });
      }
    }
  return { deliveries, missing };
}

function summed(all: readonly BytesTold[]): {
  written: number;
  read: number;
  protocols: Map<string, number>;
} {
  const protocols = new Map<string, number>();
  for (const [protocol, bytes] of all.flatMap((one) => one.protocols))
    protocols.set(protocol, (protocols.get(protocol) ?? 0) + bytes);
  const sum = (of: (one: BytesTold) => number): number => all.reduce((total, one) => total + of(one), 0);
  return { written: sum(({ written }) => written), read: sum(({ read }) => read), protocols };
}

function ask(node: Worker, question: Question): void {
  node.send(question);
}

async function askAll<T>(nodes: readonly Worker[], question: Question): Promise<T[]> {
  return await Promise.all(
    nodes.map(async (node) => {
      ask(node, question);
      return JSON.parse(await node.line()) as T;
    }),
  );
}

async function cpuOf(nodes: readonly Worker[]): Promise<number> {
  const all = await Promise.all(nodes.map(({ pid }) => cpuSecondsOf(pid)));
  return all.reduce((sum, seconds) => sum + seconds, 0);
}

/** @returns how long it took, in seconds; undefined where it did not come about in time */
async function secondsUntil(isSo: () => Promise<boolean>, mostMs: number): Promise<number | undefined> {
  const from = performance.now();
  while (!(await isSo())) {
    if (performance.now() - from > mostMs) return undefined;
    await pause(LOOK_MS);
  }
  return (performance.now() - from) / 1_000;
}

/** Milliseconds on the clock of `neighbour`. */
function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
