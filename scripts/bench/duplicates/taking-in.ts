/**
 * A process of its own: takes records in and prints, at each number of records that is named, `{ records, cpuSeconds, most }`.
 *
 *     taking-in DIRECTORY as-they-are               the benchmark's records
 *     taking-in DIRECTORY varied NUMBER NUMBER …    as many as the last number, varied
 */
import { keepHeapCompact } from '../../../node/cli/compact-heap.ts';
import { memoryOf } from '../processes.ts';
import { benchRecords } from '../records.ts';
import { described, type Described } from './described.ts';
import { Resolution } from './resolution.ts';
import { variedRecords } from './varied-records.ts';

export interface TakenIn {
  records: number;
  cpuSeconds: number;
  /** Resident memory at its most so far, MB. */
  most: number;
}

const READ_AHEAD = 200;

const [directory = '', way = '', ...steps] = process.argv.slice(2);
keepHeapCompact();
const resolution = await Resolution.open(directory);
const marks = steps.map(Number);
const stream = way === 'varied' ? variedRecords(marks.at(-1) ?? 0) : asTheyAre();
for await (const records of stream) {
  let left = records;
  for (let mark = marks[0]; mark !== undefined && resolution.records + left.length >= mark; mark = marks[0]) {
    const fitting = mark - resolution.records;
    await resolution.takeIn(left.slice(0, fitting));
    await say();
    left = left.slice(fitting);
    marks.shift();
  }
  await resolution.takeIn(left);
}
if (way === 'as-they-are') await say();
await resolution.close();

async function* asTheyAre(): AsyncGenerator<Described[]> {
  let records: Described[] = [];
  for await (const record of benchRecords()) {
    records.push(described('anthology', record));
    if (records.length < READ_AHEAD) continue;
    yield records;
    records = [];
  }
  yield records;
}

async function say(): Promise<void> {
  const { records, cpuSeconds } = resolution;
  const { most } = await memoryOf(process.pid);
  process.stdout.write(`${JSON.stringify({ records, cpuSeconds, most } satisfies TakenIn)}\n`);
}
