import { rm } from 'node:fs/promises';
import { expect } from 'chai';
import { noCounts, type HarvestSummary } from '../../node/harvest/index.ts';
import { pastRuns, RUNS_KEPT, runOperations } from '../../node/harvest/past-runs.ts';
import { openStore } from '../../node/store/index.ts';
import { temporaryDirectory } from '../support/node-process.ts';

const aRun = (source: string, endedAt: number): HarvestSummary => ({
  ...noCounts,
  source,
  kind: 'incremental',
  outcome: 'complete',
  startedAt: endedAt - 1,
  endedAt,
});

describe('the harvests before', () => {
  it('are kept for each source by itself, and only so many', async () => {
    const folder = await temporaryDirectory();
    const store = await openStore(folder);
    const section = store.section('harvest');
    await section.batch(await runOperations(section, aRun('quiet!', 1)));
    for (let n = 1; n <= RUNS_KEPT + 5; n++)
      await section.batch(await runOperations(section, aRun('busy', n * 10)));
    const ends = async (sources: string[], limit = 1_000): Promise<number[]> =>
      (await pastRuns(section, { sources, limit })).map(({ endedAt }) => endedAt);
    expect(await ends(['busy'])).to.deep.equal(
      Array.from({ length: RUNS_KEPT }, (_, n) => (RUNS_KEPT + 5 - n) * 10),
    );
    expect(await ends(['quiet!'])).to.deep.equal([1]);
    expect(await ends(['quiet!', 'busy'], 2)).to.deep.equal([2_050, 2_040]);
    expect((await ends(['quiet!', 'busy'])).at(-1)).to.equal(1);
    expect(await section.keys().all()).to.have.length(RUNS_KEPT + 1);
    await store.close();
    await rm(folder, { recursive: true });
  });
});
