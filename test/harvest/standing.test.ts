import { expect } from 'chai';
import { noCounts, type HarvestSummary } from '../../node/harvest/progress.ts';
import { standingAfter } from '../../node/harvest/stored-state.ts';

describe('how a source stands', () => {
  const ended = (outcome: HarvestSummary['outcome'], endedAt: number): HarvestSummary => ({
    ...noCounts,
    source: 'theses',
    kind: 'full',
    outcome,
    startedAt: endedAt - 1,
    endedAt,
  });

  it('is told by when it failed first since it went well', () => {
    const first = standingAfter({}, ended('failed', 10));
    expect(first).to.deep.equal({ failingSince: 10 });
    const well = standingAfter(first, ended('complete', 20));
    expect(well).to.deep.equal({ completeAt: 20 });
    const failing = standingAfter(well, ended('failed', 30));
    expect(failing).to.deep.equal({ completeAt: 20, failingSince: 30 });
    expect(standingAfter(failing, ended('failed', 40))).to.deep.equal(failing);
    // Whoever stops a node does not mend the source.
    expect(standingAfter(failing, ended('stopped', 50))).to.deep.equal(failing);
    expect(standingAfter(failing, ended('complete', 60))).to.deep.equal({ completeAt: 60 });
  });
});
