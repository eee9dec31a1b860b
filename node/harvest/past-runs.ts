import * as dagCbor from '@ipld/dag-cbor';
import type { Operation, Section } from '../store/index.ts';
import { numberOfRunKey, runKey, runRange } from './layout.ts';
import type { HarvestSummary } from './progress.ts';

/** Of each source: a week of a harvest an hour. */
export const RUNS_KEPT = 200;

/** What writes down how a harvest ended. The oldest of its source go where there are more than are kept. */
export async function runOperations(section: Section, run: HarvestSummary): Promise<Operation[]> {
  const range = runRange(run.source);
  const [latest] = await section.keys({ ...range, reverse: true, limit: 1 }).all();
  const number = latest === undefined ? 1 : numberOfRunKey(latest) + 1;
  const written: Operation = { type: 'put', key: runKey(run.source, number), value: dagCbor.encode(run) };
  if (number <= RUNS_KEPT) return [written];
  const tooOld = await section.keys({ ...range, lt: runKey(run.source, number - RUNS_KEPT + 1) }).all();
  return [written, ...tooOld.map((key): Operation => ({ type: 'del', key }))];
}

/** How the harvests of some sources ended, the latest first. */
export async function pastRuns(
  section: Section,
  { sources, limit }: { sources: readonly string[]; limit: number },
): Promise<HarvestSummary[]> {
  const runs: HarvestSummary[] = [];
  for (const source of sources)
    for await (const bytes of section.values({ ...runRange(source), reverse: true, limit }))
      runs.push(dagCbor.decode<HarvestSummary>(bytes));
  return runs.sort((a, b) => b.endedAt - a.endedAt).slice(0, limit);
}
