/** A process of the benchmark: a node's regional usage, which is given summaries and asked. One answer in JSON a line. */
import { keepHeapCompact } from '../../../../node/cli/compact-heap.ts';
import pino from 'pino';
import {
  RegionalUsage,
  type NodeFacts,
  type TotalsBy,
} from '../../../../node/analysis/regional-usage/index.ts';
import { systemClock } from '../../../../node/clock.ts';
import { Identity } from '../../../../node/identity/index.ts';
import { openStore } from '../../../../node/store/index.ts';
import { type Metrics, noUse, sumOf } from '../../../../protocols/counter/index.ts';
import { decodeSummary } from '../../../../protocols/usage-summary/index.ts';
import type { MadeSummary } from './region.ts';

// As the node itself runs.
keepHeapCompact();

const [directory = ''] = process.argv.slice(2);
const store = await openStore(directory);
const section = store.section('regional-usage');
const nodes = new Map<string, NodeFacts>();
const began = performance.now();
const usage = await RegionalUsage.open({
  section,
  own: {
    months: () => Promise.resolve([]),
    month: () => Promise.resolve(undefined),
    monthItems: nothing,
    days: nothing,
    onChange: () => () => undefined,
  },
  describe: () => Promise.resolve([]),
  publishCountries: false,
  finalAfterDays: 3,
  nodes: () => nodes,
  recordsOf: () => 20_000,
  ownersOf: (keys) => Promise.resolve(keys.map(() => undefined)),
  signer: Identity.generate(),
  clock: systemClock,
  log: pino({ level: 'silent' }),
});
answer({ opened: performance.now() - began });

async function* nothing(): AsyncGenerator<never> {
  // This node counts nothing of its own.
}

function answer(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

type Message =
  | { type: 'take'; made: MadeSummary }
  | { type: 'know'; nodes: readonly [string, NodeFacts][] }
  | { type: 'totals'; by: TotalsBy; country?: string }
  | { type: 'work'; name: string }
  | { type: 'scan' };

/** What is asked is answered in turn. */
let last: Promise<void> = Promise.resolve();
process.on('message', (message: Message) => {
  last = last.then(() => answerTo(message)).catch((error: unknown) => answer({ error: String(error) }));
});

async function answerTo(message: Message): Promise<void> {
  const from = performance.now();
  const took = (rest: object = {}): void => answer({ ms: performance.now() - from, ...rest });
  switch (message.type) {
    case 'know':
      for (const [node, facts] of message.nodes) nodes.set(node, facts);
      return took();
    case 'take': {
      const { summary, pages, ...name } = message.made;
      const outcome = await usage.accept(decodeSummary(summary));
      const isTaken = await usage.acceptWorks(name, pages);
      if (outcome !== 'new' || !isTaken) throw new Error(`${name.node} ${name.month}: ${outcome}`);
      return took();
    }
    case 'totals': {
      const { by, country } = message;
      const { total, rows, coverage } = await usage.totals({ by, country });
      return took({ total: total.totalInvestigations, rows: rows.length, summaries: coverage.summaries });
    }
    case 'work': {
      const { metrics, nodes } = await usage.work([message.name]);
      const months = nodes.reduce((sum, { months }) => sum + months.length, 0);
      return took({ total: metrics.totalInvestigations, nodes: nodes.length, months });
    }
    case 'scan':
      return took({ total: (await scan()).totalInvestigations });
  }
}

/** The plain way to the same sum: all that is stored, read and decoded. */
async function scan(): Promise<Metrics> {
  const months = new Map<string, Metrics>();
  let total: Metrics = noUse;
  for await (const bytes of section.values({ gt: 's!', lt: 's!~' })) {
    const { month, total: metrics } = decodeSummary(bytes);
    months.set(month, sumOf(months.get(month) ?? noUse, metrics));
    total = sumOf(total, metrics);
  }
  return total;
}

process.once('SIGTERM', () => {
  void last.then(() => store.close()).then(() => process.exit(0));
});
