import { figure, type Printer } from '../figures.ts';
import { startWorker, withDirectory } from '../processes.ts';
import type { TakenIn } from './taking-in.ts';

/** The rate over the benchmark's records, and how time and memory grow from a tenth to ten times as many. */
export async function growth(printer: Printer, { small }: { small: boolean }): Promise<void> {
  const [plain] = await takenIn(['as-they-are'], 1);
  if (plain !== undefined) {
    const name = `rate over ${plain.records.toLocaleString('en')} records, one core`;
    printer.print(
      figure('duplicates', name, plain.records / plain.cpuSeconds, 'records/s', { atLeast: 4_000 }),
    );
  }
  const [few, many] = small ? [10_000, 100_000] : [100_000, 1_000_000];
  const [early, late] = await takenIn(['varied', String(few), String(many)], 2);
  if (early === undefined || late === undefined) return;
  const [from, to] = [few.toLocaleString('en'), many.toLocaleString('en')];
  printer.print(
    figure('duplicates', `rate over ${to} records, one core`, late.records / late.cpuSeconds, 'records/s'),
  );
  printer.print(
    figure('duplicates', `time, ${from} to ${to}`, late.cpuSeconds / early.cpuSeconds, 'times', {
      atMost: 12,
    }),
  );
  printer.print(figure('duplicates', `memory at ${to}, most`, late.most, 'MB', { atMost: 700 }));
}

async function takenIn(how: readonly string[], lines: number): Promise<TakenIn[]> {
  return await withDirectory(async (directory) => {
    const worker = startWorker(import.meta.url, 'taking-in', [directory, ...how]);
    const said: TakenIn[] = [];
    for (let i = 0; i < lines; i++) said.push(JSON.parse(await worker.line()) as TakenIn);
    await worker.stop();
    return said;
  });
}
