import { expect } from 'chai';
import type { UsageEvent } from '../../../node/analysis/usage/index.ts';
import { all } from '../../support/all.ts';
import { codeOf } from '../../support/code-of.ts';
import { aUsage, DAY, four, NOW, type UsageFixture } from './usage-fixture.ts';

const TODAY = { from: '2026-11-21', to: '2026-11-21' };

async function* batches(...lots: UsageEvent[][]): AsyncGenerator<UsageEvent[]> {
  yield* lots;
}

describe('days that are given anew', () => {
  let fixture: UsageFixture;
  beforeEach(async () => {
    fixture = await aUsage();
  });
  afterEach(() => fixture.close());

  const close = async (): Promise<void> => fixture.pass(10 * DAY);
  const three = (): UsageEvent[] =>
    ['192.0.2.5', '192.0.2.6', '192.0.2.7'].map((address) =>
      fixture.event({ address, kind: 'request', time: NOW }),
    );

  it('replace what was counted of them, also where they are closed, and the month has another version', async () => {
    await fixture.hit();
    await fixture.hit({ time: NOW - DAY });
    await close();
    const [before] = await fixture.usage.months();
    const told: string[][] = [];
    fixture.usage.onChange((months) => void told.push([...months]));
    const restated = await fixture.usage.restate(TODAY, batches(three().slice(0, 2), three()));
    expect({ ...restated, refused: restated.refused.size }).to.deep.equal({
      taken: 5,
      robots: 0,
      internal: 0,
      refused: 0,
      days: 1,
      months: ['2026-11'],
    });
    expect(await fixture.countsOf()).to.deep.equal([4, 4, 3, 3]);
    const [after] = await fixture.usage.months();
    expect(after?.version).to.equal((before?.version ?? 0) + 1);
    expect(told).to.deep.equal([['2026-11']]);
    const days = await all(fixture.usage.days({ from: '2026-11-20', to: '2026-11-21' }));
    expect(days.map(({ isOpen, restated }) => [isOpen, restated])).to.deep.equal([
      [false, 0],
      [false, 1],
    ]);
    expect(await codeOf(fixture.hit({ time: NOW }))).to.equal('USAGE_DAY_CLOSED');
    await fixture.restart();
    expect(await fixture.countsOf()).to.deep.equal([4, 4, 3, 3]);
  });

  it('with the same events change nothing, not even the version', async () => {
    const events = [...three(), fixture.event()];
    await fixture.usage.take(events);
    await close();
    const before = await fixture.usage.months();
    const { months } = await fixture.usage.restate(['2026-11-21'], batches(events));
    expect(months).to.deep.equal([]);
    expect(await fixture.usage.months()).to.deep.equal(before);
  });

  it('with nothing are days without use', async () => {
    await fixture.hit();
    await close();
    await fixture.usage.restate(TODAY, batches());
    expect(await fixture.usage.months()).to.deep.equal([]);
    expect(await fixture.countsOf()).to.deep.equal([0, 0, 0, 0]);
    expect(await all(fixture.usage.items({ from: '2026-01', to: '2026-12' }))).to.deep.equal([]);
  });

  it('that are open stay so, with what comes meanwhile and afterwards', async () => {
    await fixture.hit({ address: '192.0.2.99' });
    async function* given(): AsyncGenerator<UsageEvent[]> {
      yield three();
      await fixture.hit({ address: '192.0.2.8' });
      yield [fixture.event({ address: '192.0.2.9' })];
    }
    await fixture.usage.restate(TODAY, given());
    expect(await fixture.countsOf()).to.deep.equal([5, 5, 3, 3]);
    await fixture.restart();
    await fixture.usage.take(three());
    expect(await fixture.countsOf()).to.deep.equal([5, 5, 3, 3]);
    await fixture.hit({ address: '192.0.2.10' });
    expect(await fixture.countsOf()).to.deep.equal([6, 6, 3, 3]);
    await close();
    expect(await fixture.countsOf()).to.deep.equal([6, 6, 3, 3]);
  });

  it('of which nothing was known begin with it', async () => {
    await fixture.usage.restate(
      { from: '2026-10-01', to: '2026-10-31' },
      batches([fixture.event({ time: Date.UTC(2026, 9, 9) })]),
    );
    expect((await fixture.usage.months()).map(({ month, days }) => [month, days])).to.deep.equal([
      ['2026-10', 1],
    ]);
  });

  it('take no events of other days', async () => {
    await fixture.hit({ time: NOW - DAY });
    const { taken, refused } = await fixture.usage.restate(
      TODAY,
      batches([...three(), fixture.event({ time: NOW - DAY, address: '192.0.2.2' })]),
    );
    expect([taken, ...refused]).to.deep.equal([3, ['USAGE_OTHER_DAY', 1]]);
    expect(await fixture.countsOf()).to.deep.equal([4, 4, 3, 3]);
  });

  it('are as before where the events break off, and nothing of them is left', async () => {
    await fixture.hit();
    await close();
    async function* broken(): AsyncGenerator<UsageEvent[]> {
      yield three();
      throw new Error('the file ends here');
    }
    expect(await codeOf(fixture.usage.restate(TODAY, broken()))).to.include('the file ends here');
    expect(await fixture.countsOf()).to.deep.equal([1, 1, 0, 0]);
    await fixture.restart();
    expect(await fixture.countsOf()).to.deep.equal([1, 1, 0, 0]);
    await fixture.usage.restate(TODAY, batches(three()));
    expect(await fixture.countsOf()).to.deep.equal([3, 3, 3, 3]);
  });

  it('leave no ledger of a closed day, whatever happens while they are given', async () => {
    await fixture.hit();
    await close();
    const section = fixture.test.store.section('counting');
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let isTaken = (): void => undefined;
    const taken = new Promise<void>((resolve) => {
      isTaken = resolve;
    });
    async function* slow(): AsyncGenerator<UsageEvent[]> {
      yield three();
      isTaken();
      await held;
    }
    const restating = fixture.usage.restate(TODAY, slow());
    await taken;
    expect(await section.keys({ gt: 'l', lt: 'm' }).all()).not.to.deep.equal([]);
    // As after a crash: another process finds what the first has left.
    const { usage } = fixture;
    await fixture.restart();
    expect(await fixture.countsOf()).to.deep.equal([1, 1, 0, 0]);
    expect(await section.keys({ gt: 'lk', lt: 'll' }).all()).to.deep.equal([]);
    expect(await section.keys({ gt: 'l!', lt: 'l!~' }).all()).to.deep.equal([]);
    release();
    await restating;
    await usage.stop();
  });

  it('are days', async () => {
    for (const days of [
      [],
      ['2026-11-31'],
      ['yesterday'],
      ['2026-11-22'],
      { from: '2026-11-02', to: '2026-11-01' },
      { from: '0001-01-01', to: '2026-11-01' },
    ])
      expect(await codeOf(fixture.usage.restate(days, batches()))).to.equal('USAGE_BAD_DAYS');
  });

  it('count as other days do', async () => {
    const midnight = Date.UTC(2026, 10, 21);
    const clicks = [-10, 5, 35].map((seconds) => fixture.event({ time: midnight + seconds * 1_000 }));
    await fixture.usage.restate({ from: '2026-11-20', to: '2026-11-21' }, batches(clicks));
    const days = await all(fixture.usage.days({ from: '2026-11-20', to: '2026-11-21' }));
    expect(days.map(({ day, metrics }) => [day, four(metrics)])).to.deep.equal([
      ['2026-11-21', [1, 1, 0, 0]],
    ]);
  });
});
