import { join } from 'node:path';
import { figure, percentile, type Printer } from '../figures.ts';
import { withDirectory } from '../processes.ts';
import { benchRecords, recordsAre } from '../records.ts';
import { fts5 } from './fts5.ts';
import { OwnIndex } from './own-index.ts';
import { quality } from './quality.ts';

/** One record in so many is asked about. */
const ONE_IN = 121;
const WARMING = 50;
const SHOWN = 10;

/**
 * How good related items are and what they cost, beside SQLite's FTS5. No collection at hand has references or uses and
 * judgements that come from elsewhere, so of the signals those of the words are measured.
 */
export async function related(printer: Printer): Promise<void> {
  printer.heading(`CISI and Cranfield; ${recordsAre}`);
  await quality(printer);
  printer.leaveOut('what citations and use add', 'no collection at hand has them (docs/decisions/0016)');
  await withDirectory((directory) => cost(printer, directory));
}

async function cost(printer: Printer, directory: string): Promise<void> {
  const seeds: string[] = [];
  let records = 0;
  for await (const { id } of benchRecords()) if (records++ % ONE_IN === 0) seeds.push(id);
  const own = await OwnIndex.of(join(directory, 'own'), benchRecords);
  const times: number[] = [];
  try {
    for (const seed of seeds.slice(0, WARMING))
      await own.found(seed, (key) => own.related.related(key, SHOWN));
    for (const seed of seeds) {
      const before = performance.now();
      await own.found(seed, (key) => own.related.related(key, SHOWN));
      times.push(performance.now() - before);
    }
  } finally {
    await own.close();
  }
  const rival = await fts5(join(directory, 'works.db'), benchRecords(), seeds);
  const beside = (ours: number, theirs: (answers: NonNullable<typeof rival>) => number) =>
    rival === undefined ? undefined : { rival: `SQLite ${rival.version} FTS5`, ratio: ours / theirs(rival) };
  const rate = own.size / own.cpuSeconds;
  const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)];
  const fifth = rival === undefined ? Infinity : percentile(rival.times, 0.99) / 5;
  printer.print(
    figure(
      'related',
      'ten related items, p50',
      p50,
      'ms',
      {},
      beside(p50, (r) => percentile(r.times, 0.5)),
    ),
  );
  printer.print(
    figure(
      'related',
      "ten related items, p99 (15 ms, or a fifth of the rival's)",
      p99,
      'ms',
      { atMost: Number(Math.min(15, fifth).toFixed(1)) },
      beside(p99, (r) => percentile(r.times, 0.99)),
    ),
  );
  printer.print(
    figure(
      'related',
      'index built, a second of CPU',
      rate,
      'records/s',
      rival === undefined ? {} : { atLeast: Math.round(own.size / rival.cpuSeconds) },
      beside(rate, (r) => own.size / r.cpuSeconds),
    ),
  );
}
