import { join } from 'node:path';
import { figure, percentile, type Beside, type Printer } from '../figures.ts';
import type { GroupOptions } from '../group-options.ts';
import { startWorker, withDirectory } from '../processes.ts';
import { recordsAre } from '../records.ts';
import { fts5, type RivalFigures } from './fts5.ts';
import { growth } from './growth.ts';
import { sizeOf } from './index-size.ts';
import { overHttp } from './over-http.ts';
import { queries, queryKinds, type BenchQuery } from './queries.ts';

export { sizeOf } from './index-size.ts';
export { queries, searchPath, type BenchQuery } from './queries.ts';

/** Searches by queries made of real titles: on the index, beside SQLite's FTS5, over HTTP, and in many more records. */
export async function search(printer: Printer, options: GroupOptions): Promise<void> {
  printer.heading(recordsAre);
  const asked = await queries();
  await onTheIndex(printer, asked);
  await overHttp(printer, asked, options);
  await growth(printer, asked, options);
}

interface OwnFigures {
  records: number;
  cpuSeconds: number;
  times: number[];
  found: number;
  bytes: number;
}

async function onTheIndex(printer: Printer, asked: readonly BenchQuery[]): Promise<void> {
  const own = await withDirectory((directory) => ownFigures(directory, asked));
  const rival = await withDirectory((directory) => fts5(join(directory, 'works.db'), asked));
  const beside = (ours: number, theirs: (rival: RivalFigures) => number): Beside | undefined =>
    rival === undefined ? undefined : { rival: `SQLite ${rival.version} FTS5`, ratio: ours / theirs(rival) };
  const { records, cpuSeconds, bytes, times, found } = own;
  const rate = records / cpuSeconds;
  printer.print(
    figure(
      'search',
      'index built, a second of CPU',
      rate,
      'records/s',
      {},
      beside(rate, (r) => records / r.cpuSeconds),
    ),
  );
  printer.print(
    figure(
      'search',
      'index on disk',
      bytes / 1e6,
      'MB',
      {},
      beside(bytes, (r) => r.bytes),
    ),
  );
  const p =
    (share: number) =>
    (of: { times: readonly number[] }): number =>
      percentile(of.times, share);
  printer.print(
    figure('search', 'search with facets, p50', p(0.5)(own), 'ms', {}, beside(p(0.5)(own), p(0.5))),
  );
  printer.print(
    figure(
      'search',
      'search with facets, p99',
      p(0.99)(own),
      'ms',
      { atMost: 30 },
      beside(p(0.99)(own), p(0.99)),
    ),
  );
  for (const kind of queryKinds) {
    const ofKind = (of: { times: readonly number[] }): number =>
      percentile(
        of.times.filter((_, i) => asked[i]?.kind === kind),
        0.99,
      );
    const p99 = ofKind({ times });
    printer.print(figure('search', `the same, p99, ${kind}`, p99, 'ms', {}, beside(p99, ofKind)));
  }
  const share = found / asked.length;
  printer.print(
    figure(
      'search',
      'queries that find something',
      share,
      'of 1',
      {},
      beside(share, (r) => r.found / asked.length),
    ),
  );
}

async function ownFigures(directory: string, asked: readonly BenchQuery[]): Promise<OwnFigures> {
  const worker = startWorker(import.meta.url, './own-index', [directory]);
  try {
    const built = JSON.parse(await worker.line()) as Pick<OwnFigures, 'records' | 'cpuSeconds'>;
    worker.send(asked);
    const answered = JSON.parse(await worker.line()) as Pick<OwnFigures, 'times' | 'found'>;
    return { ...built, ...answered, bytes: await sizeOf(directory) };
  } finally {
    await worker.stop();
  }
}
