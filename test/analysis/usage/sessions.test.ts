import { expect } from 'chai';
import type { Usage } from '../../../node/analysis/usage/index.ts';
import { aUsage, DAY, four, NOW, type UsageFixture } from './usage-fixture.ts';

describe('the items of one session', () => {
  let fixture: UsageFixture;
  let seen: { session: string; key: string }[];
  let usage: Usage;

  beforeEach(async () => {
    fixture = await aUsage();
    seen = [];
    usage = fixture.fresh({
      internal: ['198.51.100.1'],
      sessions: { seen: async (session, key) => void seen.push({ session, key }) },
    });
  });
  afterEach(() => fixture.close());

  it('are told under a name that says nothing of the user and is another one the next day', async () => {
    const [, second = ''] = fixture.items;
    await usage.record(fixture.event());
    await usage.record(fixture.event({ key: second }));
    await usage.record(fixture.event({ address: '192.0.2.2' }));
    fixture.clock.advance(DAY);
    await usage.record(fixture.event());
    const [first, again, other, nextDay] = seen.map(({ session }) => session);
    expect(first).to.equal(again);
    expect(new Set([first, other, nextDay])).to.have.property('size', 3);
    expect(seen.map(({ key }) => fixture.items.indexOf(key))).to.deep.equal([0, 1, 0, 0]);
    expect(JSON.stringify(seen)).to.not.include('192.0.2').and.to.not.include('Firefox');
  });

  it('are what people use now: no robots, no double clicks, nobody of the house, nothing of old logs', async () => {
    await usage.record(fixture.event({ userAgent: 'Googlebot/2.1' }));
    await usage.record(fixture.event({ address: '198.51.100.1' }));
    await usage.take([fixture.event({ time: NOW - DAY }), fixture.event(), fixture.event()]);
    expect(seen).to.have.length(1);
  });

  it('take nothing from the count where they cannot be told', async () => {
    const failing = fixture.fresh({ sessions: { seen: () => Promise.reject(new Error('disk full')) } });
    expect(await failing.record(fixture.event({ kind: 'request' }))).to.equal('counted');
    expect(four(await failing.counts(fixture.items[0] ?? ''))).to.deep.equal([1, 1, 1, 1]);
  });
});
