import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { totalsBy } from '../../../../node/analysis/regional-usage/index.ts';
import { monthsLater } from '../../../../protocols/counter/index.ts';
import { figure, percentile, type Printer } from '../../figures.ts';
import { forgetMost, memoryOf, startWorker, withDirectory, type Worker } from '../../processes.ts';
import { Region, type MadeSummary, type RegionSize } from './region.ts';

const FIRST_MONTH = '2024-01';
const ASKED = 25;
const WORKS_ASKED = 60;
const UPDATES = 100;
const COUNTRIES = ['AR', 'BO', 'BR', 'CL', 'CO', 'CR', 'EC', 'MX', 'PE', 'UY'];

const WHOLE: RegionSize = { nodes: 500, months: monthsFrom(FIRST_MONTH, 24), items: 20_000 };
const SMALL: RegionSize = { nodes: 50, months: monthsFrom(FIRST_MONTH, 6), items: 2_000 };

/** Totals over the summaries of a whole region: five hundred nodes, two years, twenty thousand items each. */
export async function regional(
  printer: Printer,
  { small, size = small ? SMALL : WHOLE }: { small: boolean; size?: RegionSize },
): Promise<void> {
  const { nodes, months, items } = size;
  printer.heading(`a region: ${nodes} nodes, ${months.length} months, ${items} items in each`);
  await withDirectory(async (directory) => {
    const region = new Region(size);
    await load(printer, directory, region);
    await ask(printer, directory, region);
  });
}

/** Gives the node everything, as it comes when a node joins: month by month. */
async function load(printer: Printer, directory: string, region: Region): Promise<void> {
  const worker = await started(directory);
  const { nodes, months } = region.size;
  const began = performance.now();
  const taken: Promise<unknown>[] = [];
  let bytes = 0;
  for (const month of months) {
    for (let node = 0; node < nodes; node++) {
      const made = region.make(node, month);
      bytes += made.summary.length + made.pages.reduce((sum, { length }) => sum + length, 0);
      taken.push(told(worker, { type: 'take', made }));
      // One is made while the one before it is taken in.
      if (taken.length > 2) await taken.shift();
    }
  }
  await Promise.all(taken);
  const all = nodes * months.length;
  const seconds = (performance.now() - began) / 1_000;
  const { anonymous, most } = await memoryOf(worker.pid);
  await worker.stop();
  printer.print(figure('usage', 'a summary with its works, on the wire', bytes / all / 1_000, 'kB'));
  printer.print(figure('usage', 'taken in, made beside it', all / seconds, 'summaries/s'));
  printer.print(figure('usage', 'memory while they come: own', anonymous, 'MB', { atMost: 500 }));
  printer.print(figure('usage', 'memory while they come: most, files mapped too', most, 'MB'));
  printer.print(figure('usage', 'on disk', (await sizeOf(directory)) / 1e6, 'MB'));
}

async function ask(printer: Printer, directory: string, region: Region): Promise<void> {
  const worker = startWorker(import.meta.url, './node', [directory]);
  const { opened = Number.NaN } = JSON.parse(await worker.line()) as { opened?: number };
  printer.print(figure('usage', 'read into memory at the start', opened, 'ms'));
  await forgetMost(worker.pid);
  const facts = region.nodes.map((node, i) => [
    node,
    { name: `Repositorio ${i}`, country: COUNTRIES[i % COUNTRIES.length], networks: ['region'] },
  ]);
  await told(worker, { type: 'know', nodes: facts });
  const sums = new Set<number | undefined>();
  const took = new Map<string, number>();
  for (const by of totalsBy) {
    const answers = await times(ASKED, () => told(worker, { type: 'totals', by }));
    for (const { total } of answers) sums.add(total);
    const p99 = percentile(
      answers.map(({ ms }) => ms),
      0.99,
    );
    took.set(by, p99);
  }
  const works = await times(WORKS_ASKED, (i) =>
    told(worker, { type: 'work', name: region.sharedName(i * 7) }),
  );
  const months = works.reduce((sum, work) => sum + (work.months ?? 0), 0);
  const expected = WORKS_ASKED * Math.min(10, region.size.nodes) * region.size.months.length;
  if (months !== expected) throw new Error(`works are found ${months} times, not ${expected}`);
  const workTimes = works.map(({ ms }) => ms);
  printer.print(
    figure('usage', "one work's copies, all months, p50", percentile(workTimes, 0.5), 'ms', { atMost: 200 }),
  );
  printer.print(
    figure('usage', "one work's copies, all months, p99", percentile(workTimes, 0.99), 'ms', { atMost: 200 }),
  );
  const last = region.size.months.at(-1) ?? FIRST_MONTH;
  const updates = await times(UPDATES, (i) =>
    told(worker, { type: 'take', made: region.make((i * 37) % region.size.nodes, last, 2 + i) }),
  );
  const updateTimes = updates.map(({ ms }) => ms);
  printer.print(
    figure('usage', 'one summary stated anew, p50', percentile(updateTimes, 0.5), 'ms', { atMost: 50 }),
  );
  printer.print(
    figure('usage', 'one summary stated anew, p99', percentile(updateTimes, 0.99), 'ms', { atMost: 50 }),
  );
  const { anonymous, most } = await memoryOf(worker.pid);
  printer.print(figure('usage', 'memory: own', anonymous, 'MB', { atMost: 500 }));
  printer.print(figure('usage', 'memory: most, files mapped too', most, 'MB'));
  await worker.stop();
  await besideScan(printer, directory, sums, took);
}

/** Holds what totals took, and what they were, against a plain scan of all that is stored, at its best. */
async function besideScan(
  printer: Printer,
  directory: string,
  sums: ReadonlySet<number | undefined>,
  took: ReadonlyMap<string, number>,
): Promise<void> {
  const worker = await started(directory);
  const scans = await times(3, () => told(worker, { type: 'scan' }));
  await worker.stop();
  if (sums.size !== 1) throw new Error('totals by one thing are others than by another');
  const scan = Math.min(...scans.map(({ ms }) => ms));
  for (const [by, ms] of took) {
    const beside = { rival: 'plain scan', ratio: ms / scan };
    printer.print(figure('usage', `totals by ${by}, p99`, ms, 'ms', { atMost: 200 }, beside));
  }
}

interface Told {
  ms: number;
  total?: number;
  months?: number;
}

async function started(directory: string): Promise<Worker> {
  const worker = startWorker(import.meta.url, './node', [directory]);
  await worker.line();
  return worker;
}

async function told(
  worker: Worker,
  message: { type: string; made?: MadeSummary; [more: string]: unknown },
): Promise<Told> {
  worker.send(message);
  const answer = JSON.parse(await worker.line()) as Told & { error?: string };
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer;
}

async function times<T>(count: number, run: (i: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let i = 0; i < count; i++) results.push(await run(i));
  return results;
}

function monthsFrom(first: string, count: number): string[] {
  const months = [first];
  while (months.length < count) months.push(monthsLater(months.at(-1) ?? first, 1));
  return months;
}

async function sizeOf(directory: string): Promise<number> {
  const names = await readdir(join(directory, 'store'));
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(directory, 'store', name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
