import { expect } from 'chai';
import { failingDisk } from './failing-disk.ts';
import { aUsage, four, type UsageFixture } from './usage-fixture.ts';

describe('the rounds of counting', () => {
  let fixture: UsageFixture;
  beforeEach(async () => void (fixture = await aUsage()));
  afterEach(() => fixture.close());

  it('go on where the clock is set back in the pause after a long count', async () => {
    const { clock, items, event } = fixture;
    const slow = (): boolean => {
      clock.advance(100);
      return false;
    };
    const section = await failingDisk(fixture.test.store.section('slow'), slow);
    const usage = fixture.fresh({ section });
    const counts = async (): Promise<number[]> => four(await usage.counts(items[0] ?? ''));
    await usage.record(event());
    expect(await counts()).to.deep.equal([1, 1, 0, 0]);
    await usage.record(event({ address: '192.0.2.2' }));
    expect(await counts(), 'in the pause').to.deep.equal([1, 1, 0, 0]);
    clock.advance(-3_600_000);
    expect(await counts()).to.deep.equal([2, 2, 0, 0]);
  });
});
