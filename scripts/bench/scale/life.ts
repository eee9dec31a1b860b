import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { recordKey } from '../../../vocab/record-key.ts';
import { startCommand, type RunningCommand } from '../command.ts';
import { memoryOf, startWorker, withDirectory } from '../processes.ts';
import { timesOf } from '../requests.ts';
import { searchPath, sizeOf, type BenchQuery } from '../search/index.ts';
import { answers } from './answers.ts';
import type { Life, Measured } from './growth.ts';
import { intake } from './intake.ts';
import { caughtUp } from './node-status.ts';

const DAY_MINUTES = 1_440;

export interface LifeOptions {
  queries: readonly BenchQuery[];
  /** Told from time to time how far it is. */
  progress: (text: string) => void;
}

/**
 * One node from its first harvest on, as an operator runs it: all of its readers, answers of every kind; killed and started,
 * stopped and started. Of the outside it asks for nothing but the records: no full texts, no looks at the repository's pages.
 */
export async function lifeOf(size: number, { queries, progress }: LifeOptions): Promise<Life> {
  return await withDirectory(async (directory) => {
    const [data, config] = [join(directory, 'data'), join(directory, 'ngr.config.json')];
    const repository = startWorker(import.meta.url, './varied-repository', [String(size)]);
    let node: RunningCommand | undefined;
    try {
      await writeFile(config, JSON.stringify(configuration(await repository.line())));
      const start = (): Promise<RunningCommand> => startCommand(data, { flags: ['--config', config] });
      node = await start();
      const measured = await intake(node, { data, size, progress });
      repository.send('told');
      const told = JSON.parse(await repository.line()) as string[];
      const { node: id } = await caughtUp(node, data);
      const paths = told.map((identifier) => `/records/${recordKey(id, identifier)}`);
      progress('all is read; it is asked');
      measured.push(...(await answers(node.url, paths, queries)));

      for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
        progress(`ended by ${signal}, and started again`);
        await node.stop(signal);
        const begun = performance.now();
        const since = (what: string): Measured => ({
          name: `start after ${signal}, to ${what}`,
          value: (performance.now() - begun) / 1_000,
          unit: 's',
        });
        node = await start();
        measured.push(since('ready'));
        await timesOf(node.url, paths.slice(0, 1));
        measured.push(since('the first record'));
        await timesOf(node.url, queries.slice(0, 1).map(searchPath));
        measured.push(since('the first search'));
        const { records } = await caughtUp(node, data);
        const name = `records after ${signal}`;
        measured.push({ name, value: records.own, unit: 'records', target: { atLeast: size } });
      }
      const { now, anonymous } = await memoryOf(node.pid);
      await node.stop();
      const bytes = await sizeOf(data);
      measured.push(
        { name: 'memory after the last start', value: now, unit: 'MB' },
        { name: 'memory after the last start, no mapped file', value: anonymous, unit: 'MB' },
        { name: 'disk', value: bytes / 1e6, unit: 'MB' },
        { name: 'disk, of a record', value: bytes / size, unit: 'bytes' },
      );
      return { records: size, measured };
    } finally {
      await node?.stop('SIGKILL');
      await repository.stop();
    }
  });
}

function configuration(source: string): object {
  return {
    // Otherwise the records' addresses would change with the port.
    baseUrl: 'https://node.example',
    http: { host: '127.0.0.1' },
    p2p: { host: '127.0.0.1' },
    sources: [{ name: 'repository', url: source }],
    // Not again while it is measured.
    harvest: { fullText: 'off', intervalMinutes: DAY_MINUTES },
    probes: { enabled: false },
    log: { level: 'warn' },
  };
}
