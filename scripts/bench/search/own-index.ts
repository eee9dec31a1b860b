/**
 * A process of its own: the node's text index alone. Builds it, and prints what that took, `Built`; then, on the message
 * `BenchQuery[]`, the milliseconds of each query with facets, after one round uncounted.
 *
 *     own-index DIRECTORY                    of the benchmark's records
 *     own-index DIRECTORY NUMBER NUMBER …    of as many as the last number, varied; prints at each number
 */
import { recordKey } from '../../../vocab/record-key.ts';
import type { Holding } from '../../../vocab/record.ts';
import { TextIndex } from '../../../node/analysis/search/index.ts';
import type { Change } from '../../../node/catalogue/index.ts';
import { keepHeapCompact } from '../../../node/cli/compact-heap.ts';
import { openStore, writeBatch } from '../../../node/store/index.ts';
import { harvestedRecord } from '../filling.ts';
import { memoryOf } from '../processes.ts';
import { benchRecords, type BenchRecord } from '../records.ts';
import type { BenchQuery } from './queries.ts';
import { variedWithAbstracts } from './varied-with-abstracts.ts';

export interface Built {
  records: number;
  /** Of this process, the making of the records not counted. */
  cpuSeconds: number;
  /** Resident memory at its most so far, MB. */
  most: number;
}

const BATCH = 200;
const NODE = '12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN';

const [directory = '', ...marks] = process.argv.slice(2);
keepHeapCompact();
const store = await openStore(directory);
const section = store.section('search');
const index = new TextIndex();
await index.open(section);

let records = 0;
let cpuMicroseconds = 0;
let batch: Change[] = [];
const wanted = new Set(marks.map(Number));
const changes = wanted.size > 0 ? variedWithAbstracts(Math.max(...wanted)) : asTheyAre();
for await (const change of changes) {
  records += 1;
  batch.push(change);
  if (batch.length === BATCH || wanted.has(records)) await take();
  if (wanted.has(records)) await sayBuilt();
}
await take();
if (wanted.size === 0) await sayBuilt();

process.on('message', (queries: BenchQuery[]) => void ask(queries));
process.on('SIGTERM', () => void store.close().then(() => process.exit(0)));

async function take(): Promise<void> {
  const begun = process.cpuUsage();
  await writeBatch(section, await index.apply(batch, section), { durable: false });
  index.applied();
  batch = [];
  const { user, system } = process.cpuUsage(begun);
  cpuMicroseconds += user + system;
}

async function ask(queries: readonly BenchQuery[]): Promise<void> {
  for (const query of queries) await timeOf(query);
  const times: number[] = [];
  let found = 0;
  for (const query of queries) {
    const { ms, total } = await timeOf(query);
    times.push(ms);
    found += Number(total > 0);
  }
  say({ times, found });
}

async function timeOf({ text, from, to }: BenchQuery): Promise<{ ms: number; total: number }> {
  const filters = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  const before = performance.now();
  const { total } = await index.search({ query: text, filters, limit: 20, offset: 0, facets: true });
  return { ms: performance.now() - before, total };
}

async function* asTheyAre(): AsyncGenerator<Change> {
  let position = 0;
  for await (const record of benchRecords()) yield changeOf(record, ++position);
}

function changeOf(record: BenchRecord, position: number): Change {
  const described = harvestedRecord(record);
  const key = recordKey(NODE, described.oaiIdentifier);
  const holding: Holding = { ...described, id: `https://node.example/records/${key}`, node: NODE };
  return { position, key, holding };
}

async function sayBuilt(): Promise<void> {
  const { most } = await memoryOf(process.pid);
  say({ records, cpuSeconds: cpuMicroseconds / 1e6, most } satisfies Built);
}

function say(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
