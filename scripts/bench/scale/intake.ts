import type { RunningCommand } from '../command.ts';
import { bytesWrittenBy, cpuSecondsOf, memoryOf } from '../processes.ts';
import type { Measured } from './growth.ts';
import { caughtUp, type NodeStatus } from './node-status.ts';

const TELL_EVERY_MS = 20_000;
/** The readers that people wait for; the others are told together. */
const TOLD = ['search', 'duplicates', 'citations'] as const;

/** From the first request to the repository until every reader has read everything. */
export async function intake(
  node: RunningCommand,
  { data, size, progress }: { data: string; size: number; progress: (text: string) => void },
): Promise<Measured[]> {
  const readAt = new Map<string, number>();
  let mostOwn = 0;
  let toldAt = performance.now();
  const { sources, records } = await caughtUp(node, data, async (status) => {
    const { now, anonymous } = await memoryOf(node.pid);
    mostOwn = Math.max(mostOwn, anonymous);
    for (const { name, lag } of status.readers) {
      if (lag > 0) readAt.delete(name);
      else if (!readAt.has(name)) readAt.set(name, Date.now());
    }
    if (performance.now() - toldAt < TELL_EVERY_MS) return;
    toldAt = performance.now();
    progress(`${howFar(status)}; ${Math.round(now)} MB`);
  });
  const run = sources[0]?.lastRun;
  if (run?.outcome !== 'complete') throw new Error(`the harvest ended as ${JSON.stringify(run)}`);
  const begun = Date.parse(run.startedAt);
  const secondsUntil = (time: number): number => (time - begun) / 1_000;
  const all = secondsUntil(Math.max(...readAt.values()));
  const { most, now } = await memoryOf(node.pid);
  return [
    { name: 'records', value: records.own, unit: 'records', target: { atLeast: size } },
    { name: 'harvest', value: secondsUntil(Date.parse(run.endedAt)), unit: 's' },
    ...TOLD.map((name) => ({
      name: `harvest, and read by ${name}`,
      value: secondsUntil(readAt.get(name) ?? Number.NaN),
      unit: 's',
    })),
    { name: 'harvest, and read by all readers', value: all, unit: 's' },
    { name: 'the same, rate', value: size / all, unit: 'records/s' },
    { name: 'the same, processor', value: await cpuSecondsOf(node.pid), unit: 's' },
    {
      name: 'the same, written to the disk, of a record',
      value: (await bytesWrittenBy(node.pid)) / size,
      unit: 'bytes',
    },
    { name: 'memory meanwhile, most', value: most, unit: 'MB' },
    { name: 'memory meanwhile, most that is no mapped file', value: mostOwn, unit: 'MB' },
    { name: 'memory when all is read', value: now, unit: 'MB' },
  ];
}

function howFar({ records, sources, readers }: NodeStatus): string {
  const harvested = sources.map(({ progress }) => progress?.records ?? records.own)[0] ?? 0;
  const behind = readers
    .filter(({ lag }) => lag > 0)
    .sort((a, b) => b.lag - a.lag)
    .map(({ name, lag }) => `${name} ${lag.toLocaleString('en')}`);
  const lags = behind.length === 0 ? 'all readers are with it' : `behind: ${behind.join(', ')}`;
  return `${harvested.toLocaleString('en')} harvested; ${lags}`;
}
