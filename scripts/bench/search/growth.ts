import { figure, percentile, type Printer } from '../figures.ts';
import { startWorker, withDirectory } from '../processes.ts';
import { sizeOf } from './index-size.ts';
import type { Built } from './own-index.ts';
import type { BenchQuery } from './queries.ts';

/** How time, memory and the times of queries grow from a tenth to ten times as many records. */
export async function growth(
  printer: Printer,
  queries: readonly BenchQuery[],
  { small }: { small: boolean },
): Promise<void> {
  const [few, many] = small ? [10_000, 100_000] : [100_000, 1_000_000];
  await withDirectory(async (directory) => {
    const worker = startWorker(import.meta.url, './own-index', [directory, String(few), String(many)]);
    try {
      const early = JSON.parse(await worker.line()) as Built;
      const late = JSON.parse(await worker.line()) as Built;
      worker.send(queries);
      const { times } = JSON.parse(await worker.line()) as { times: number[] };
      const [from, to] = [few.toLocaleString('en'), many.toLocaleString('en')];
      const bytes = await sizeOf(directory);
      printer.print(
        figure('search', `index built, ${from} to ${to}`, late.cpuSeconds / early.cpuSeconds, 'times'),
      );
      printer.print(figure('search', `index of ${to}, on disk`, bytes / 1e6, 'MB'));
      printer.print(figure('search', `memory at ${to}, most`, late.most, 'MB', { atMost: 700 }));
      printer.print(figure('search', `search in ${to}, p50`, percentile(times, 0.5), 'ms'));
      printer.print(figure('search', `search in ${to}, p99`, percentile(times, 0.99), 'ms'));
    } finally {
      await worker.stop();
    }
  });
}
