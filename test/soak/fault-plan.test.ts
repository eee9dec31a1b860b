import { expect } from 'chai';
import { faultPlan } from '../../scripts/soak/fault-plan.ts';

describe('what befalls the nodes of a soak', () => {
  const cutsOf = (minutes: number): string[] =>
    faultPlan(minutes).flatMap((fault) => (fault.kind === 'power' ? [fault.node] : []));

  it('is of each kind however short it is, and no node is spared', () => {
    for (const minutes of [1, 10, 60]) {
      const plan = faultPlan(minutes);
      expect(new Set(plan.map(({ kind }) => kind))).to.deep.equal(new Set(['power', 'clock', 'disk']));
      expect(new Set(cutsOf(minutes))).to.deep.equal(new Set(['first', 'second', 'third']));
      expect(plan.filter(({ kind }) => kind === 'disk')).to.have.length(1);
    }
    expect(faultPlan(1)).to.have.length(6);
  });

  it('comes every few minutes in an hour, and leaves the first node alone after its beginning', () => {
    expect(faultPlan(60)).to.have.length(40);
    expect(cutsOf(60).length).to.be.within(60 / 4, 60 / 2);
    expect(cutsOf(60).lastIndexOf('first')).to.equal(0);
    expect(faultPlan(60)[0]).to.deep.equal({ kind: 'power', node: 'first' });
  });

  it('has the clock jump ahead and back', () => {
    const jumps = faultPlan(10).flatMap((fault) => (fault.kind === 'clock' ? [fault.secondsAhead] : []));
    expect(jumps.slice(0, 2)).to.deep.equal([3_600, -3_600]);
  });
});
