import { expect } from 'chai';
import { pauseBefore } from '../../node/harvest/schedule.ts';
import { aHarvest, HOUR, type TestHarvest } from '../support/test-harvest.ts';
import { until } from '../support/until.ts';

const MINUTE = 60_000;
const DAY = 24 * HOUR;

describe('the pause between two harvests', () => {
  it('is the interval after one that was complete', () => {
    expect(pauseBefore({ failures: 0 }, DAY)).to.equal(DAY);
  });

  it('is short after one that failed, and longer after each further one, but no longer than the interval', () => {
    const pauses = [1, 2, 3, 4, 5, 100].map((failures) => pauseBefore({ failures }, 2 * HOUR) / MINUTE);
    expect(pauses).to.deep.equal([1, 5, 15, 45, 120, 120]);
    expect(pauseBefore({ failures: 1 }, 30_000)).to.equal(30_000);
  });

  it('is as long as the repository asks for', () => {
    expect(pauseBefore({ failures: 1, retryAfterMs: 3 * HOUR }, HOUR)).to.equal(3 * HOUR);
  });

  it('is one that a timer bears', () => {
    expect(pauseBefore({ failures: 0 }, 365 * DAY)).to.be.lessThan(2 ** 31);
  });
});

describe('a first harvest that fails', () => {
  let test: TestHarvest;
  beforeEach(async () => {
    test = await aHarvest();
    test.repository.put(1);
  });
  afterEach(async () => {
    await test.close();
  });

  const nextAfter = async (): Promise<number> => {
    await until('the harvest to end', () => test.harvester.state()[0]?.nextRunAt !== undefined);
    return (test.harvester.state()[0]?.nextRunAt ?? 0) - test.clock.now();
  };

  it('is tried again soon, and again, and then on schedule', async () => {
    test.repository.spoil = () => ({ status: 404, body: 'not yet' });
    await test.harvester.start();
    expect(await nextAfter()).to.equal(MINUTE);
    test.clock.advance(MINUTE);
    await until('the second harvest', () => test.repository.asked.length === 2);
    expect(await nextAfter()).to.equal(5 * MINUTE);
    test.repository.spoil = () => undefined;
    test.clock.advance(5 * MINUTE);
    await until('the third harvest', () => test.harvester.state()[0]?.lastRun?.outcome === 'complete');
    expect(await nextAfter()).to.equal(HOUR);
    expect(await test.content()).to.deep.equal({ 1: 'Title 1' });
  });

  it('leaves the repository alone for as long as it asks', async () => {
    test.repository.spoil = () => ({ status: 503, headers: { 'retry-after': '7200' } });
    await test.harvester.start();
    expect(await nextAfter()).to.equal(2 * HOUR);
    expect(test.harvester.state()[0]?.lastRun?.error).to.include({
      code: 'OAI_RETRY_LATER',
      retryAfterMs: 7_200_000,
    });
  });
});
