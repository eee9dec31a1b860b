/**
 * Fills a catalogue, then reads one log into the counting: from the file to counts by month. Arguments: the folder of its
 * data, the file, how many items there are, and a time behind the log's last line. Prints its figures as JSON.
 */
import { keepHeapCompact } from '../../../node/cli/compact-heap.ts';
import { join } from 'node:path';
import pino from 'pino';
import { Usage, type ItemUsage } from '../../../node/analysis/usage/index.ts';
import { Catalogue, ReaderRunner, type OwnChange } from '../../../node/catalogue/index.ts';
import { systemClock } from '../../../node/clock.ts';
import { Identity } from '../../../node/identity/index.ts';
import { openStore } from '../../../node/store/index.ts';
import { ItemIndex, UsageLogs } from '../../../node/usage-logs/index.ts';
import { harvestedRecord } from '../filling.ts';
import { forgetMost, memoryOf } from '../processes.ts';

const LOT = 500;

export interface LogFigures {
  seconds: number;
  cpuSeconds: number;
  /** MB at its most while the log was read. */
  memory: number;
  lines: number;
  refused: Record<string, number>;
  /** By the number of the item. */
  items: [item: number, counts: [number, number, number, number]][];
  machine: { investigations: number; requests: number };
}

// As the node itself runs.
keepHeapCompact();

const [directory = '', file = '', items = '0', end = '0'] = process.argv.slice(2);
const log = pino({ level: 'silent' });
const clock = { ...systemClock, now: () => Number(end) };
const store = await openStore(directory);
const identity = await Identity.load(join(directory, 'identity.pem'));
const catalogue = await Catalogue.open({
  section: store.section('catalogue'),
  signer: identity,
  base: 'https://node.example',
  name: 'Bench',
  networks: ['bench'],
  clock,
});
for (let from = 0; from < Number(items); from += LOT) await catalogue.put(changesFrom(from));
const index = new ItemIndex({ self: identity.node });
const runner = new ReaderRunner({ catalogue, reader: index, section: store.section(index.name), log, clock });
await runner.start();
await runner.caughtUp();
const usage = new Usage({ section: store.section('usage'), catalogue, clock, log, countEveryMs: 0 });
const logs = new UsageLogs({
  logs: [{ name: 'web', path: file, repository: 'dspace-6', rules: [] }],
  section: store.section('usage-logs'),
  counting: usage,
  items: index,
  ready: () => runner.caughtUp(),
  issues: { replace: () => Promise.resolve() },
  clock,
  log,
});
await forgetMost(process.pid);
const [begun, cpu] = [performance.now(), process.cpuUsage()];
await logs.pass();
const months = await usage.months();
const seconds = (performance.now() - begun) / 1_000;
const { user, system } = process.cpuUsage(cpu);
const { most } = await memoryOf(process.pid);
const figures: LogFigures = {
  seconds,
  cpuSeconds: (user + system) / 1e6,
  memory: most,
  lines: logs.state()[0]?.figures.lines ?? 0,
  refused: logs.state()[0]?.figures.refused ?? {},
  items: [],
  machine: { investigations: 0, requests: 0 },
};
for (const { machine } of months) {
  figures.machine.investigations += machine.totalInvestigations;
  figures.machine.requests += machine.totalRequests;
}
const range = { from: months[0]?.month ?? '2026-01', to: months.at(-1)?.month ?? '2026-01' };
for await (const item of usage.items(range)) figures.items.push([await numberOf(item.key), sumOf(item)]);
process.stdout.write(`${JSON.stringify(figures)}\n`);
await logs.stop();
await usage.stop();
await runner.stop();
await catalogue.close();
await store.close();

function changesFrom(from: number): OwnChange[] {
  return Array.from({ length: Math.min(LOT, Number(items) - from) }, (_, i) => {
    const record = harvestedRecord({
      id: `10029/${from + i}`,
      title: `Work ${from + i}`,
      authors: ['Ojeda, Ana'],
      year: '2020',
      doi: `10.5555/${from + i}`,
    });
    return { type: 'put', record };
  });
}

async function numberOf(key: string): Promise<number> {
  const holding = await catalogue.holdings.get(key);
  return Number(/\d+$/.exec(holding?.oaiIdentifier ?? '')?.[0]);
}

function sumOf({ months: all }: ItemUsage): [number, number, number, number] {
  const sum: [number, number, number, number] = [0, 0, 0, 0];
  for (const { metrics } of all) {
    sum[0] += metrics.totalInvestigations;
    sum[1] += metrics.uniqueInvestigations;
    sum[2] += metrics.totalRequests;
    sum[3] += metrics.uniqueRequests;
  }
  return sum;
}
