import { expect } from 'chai';
import { Reputation } from '../../node/federation/peers/reputation.ts';
import { RateLimit } from '../../node/federation/rate-limit.ts';
import { Serving } from '../../node/federation/replication/serving.ts';
import { Rates } from '../../node/http/server/rates.ts';
import { limits } from '../../protocols/replication/index.ts';
import { aPut } from '../support/builders.ts';
import { aCatalogue } from '../support/test-catalogue.ts';
import { TestClock } from '../support/test-clock.ts';

const HOUR_MS = 3_600_000;
const TEN_MINUTES_MS = 600_000;

/** Rates and pauses are of what goes by: an operator who mends the time of day holds nobody off for as long. */
describe('a clock that is set back by an hour', () => {
  let clock: TestClock;
  beforeEach(() => {
    clock = new TestClock();
  });

  it('does not keep other nodes from being served', async () => {
    const origin = await aCatalogue();
    try {
      await origin.catalogue.put([aPut(1)]);
      const serving = new Serving({ feeds: origin.catalogue.feeds, clock });
      const question = {
        type: 'entries',
        node: origin.catalogue.node,
        after: 0,
        upTo: 1,
        limit: limits.entries,
      } as const;
      for (const set of [0, -HOUR_MS]) {
        clock.set(set);
        const answers = serving.page('asker', question, new AbortController().signal);
        const { value } = (await answers.next()) as { value: { type: string } };
        expect(value.type).to.equal('page');
        await answers.return(undefined);
      }
      expect(clock.sleeping).to.equal(0);
    } finally {
      await origin.close();
    }
  });

  it('lets what was taken of a rate come back', () => {
    const ofNodes = new RateLimit({ clock, perSecond: 1, burst: 1 });
    const ofReaders = new Rates({ clock });
    const allowance = { perSecond: 1, burst: 1 };
    expect([ofNodes.take('node'), ofReaders.take('reader', allowance)]).to.deep.equal([true, 0]);
    clock.set(-HOUR_MS);
    clock.advance(1_000);
    expect([ofNodes.take('node'), ofReaders.take('reader', allowance)]).to.deep.equal([true, 0]);
  });

  it('ends a refusal when its time has gone by', () => {
    const reputation = new Reputation({ clock });
    for (let i = 0; i < 100; i++) reputation.refuse('node', 'FEED_FORKED');
    expect(reputation.isRefused('node')).to.equal(true);
    clock.set(-HOUR_MS);
    clock.advance(TEN_MINUTES_MS);
    expect(reputation.isRefused('node')).to.equal(false);
  });
});
