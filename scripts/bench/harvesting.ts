import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startWorker, withDirectory } from './processes.ts';

/** One harvest by a process of its own. */
export interface HarvestRun {
  records: number;
  seconds: number;
  /** Resident memory at its most, MB, and that part of it which is no mapped file. */
  most: number;
  own: number;
}

/** Harvests all records of the repository into a new store, in one of the ways of `harvest-run`. */
export async function harvestOnce(url: string, way: string): Promise<HarvestRun> {
  return await withDirectory(async (directory) => {
    const target = join(directory, way);
    await mkdir(target);
    const worker = startWorker(import.meta.url, './harvest-run', [target, url, way]);
    const run = JSON.parse(await worker.line()) as HarvestRun;
    await worker.stop();
    return run;
  });
}

/** The benchmark's repository; the arguments are those of `repository.ts`. */
export async function withRepository<T>(
  args: readonly number[],
  work: (url: string, waited: () => Promise<number>) => Promise<T>,
): Promise<T> {
  const repository = startWorker(import.meta.url, './repository', args.map(String));
  try {
    const url = await repository.line();
    return await work(url, async () => {
      repository.send('waited');
      return Number(await repository.line());
    });
  } finally {
    await repository.stop();
  }
}
