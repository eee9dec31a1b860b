import { expect } from 'chai';
import { Reputation } from '../../../node/federation/index.ts';
import { TestClock } from '../../support/test-clock.ts';

const NODE = '12D3KooWSomebody';
const MINUTE_MS = 60_000;

describe('what is refused of a node', () => {
  let clock: TestClock;
  let reputation: Reputation;
  beforeEach(() => {
    clock = new TestClock();
    reputation = new Reputation({ clock });
  });

  /** @returns how many of the refusals it takes until the node is cut off; Infinity where so many do not do it */
  const untilCutOff = (code: string, most = 1_000): number => {
    for (let i = 1; i <= most; i++) if (reputation.refuse(NODE, code)) return i;
    return Infinity;
  };

  const weights: [code: string, refusals: number, why: string][] = [
    ['FEED_BAD_SIGNATURE', 2, 'a forgery happens to nobody'],
    ['HEADS_BAD_HEAD', 4, 'nor does what has no form, more than now and then'],
    ['LOOKUP_UNEXPECTED', 20, 'what has no weight of its own counts once'],
    ['NETWORK', 200, 'lines break off'],
    ['HEADS_STALE', 200, 'gossip comes late'],
    ['USAGE_FUTURE_MONTH', Infinity, 'it may be our own clock that is wrong'],
    ['USAGE_TOO_MANY_NODES', Infinity, 'the room that is lacking is our own'],
    ['USAGE_TOO_MANY_MONTHS', Infinity, 'the room that is lacking is our own'],
    ['HEADS_OTHER_TIME', Infinity, 'it may be our own clock that is wrong'],
  ];
  for (const [code, refusals, why] of weights) {
    it(`cuts it off after ${refusals} of ${code}: ${why}`, () => {
      expect(untilCutOff(code)).to.equal(refusals);
      expect(reputation.isRefused(NODE)).to.equal(refusals < Infinity);
      expect(reputation.refusals(NODE)).to.deep.equal([{ code, count: Math.min(refusals, 1_000) }]);
    });
  }

  it('fades by half in ten minutes, and is over after ten', () => {
    reputation.refuse(NODE, 'FEED_BAD_SIGNATURE');
    clock.advance(10 * MINUTE_MS);
    expect(reputation.refuse(NODE, 'FEED_BAD_SIGNATURE'), '5 and 10 points').to.equal(false);
    expect(reputation.refuse(NODE, 'FEED_BAD_SIGNATURE')).to.equal(true);
    clock.advance(10 * MINUTE_MS);
    expect(reputation.isRefused(NODE)).to.equal(false);
  });
});
