import { expect } from 'chai';
import { Registry } from 'prom-client';
import type { UsageEvent } from '../../../node/analysis/usage/index.ts';
import { ViewsForWriter } from '../../../node/http/index.ts';
import { TestClock } from '../../support/test-clock.ts';
import { until } from '../../support/until.ts';

describe('views that the writer is to count', () => {
  let clock: TestClock;
  let metrics: Registry;
  let isThere: boolean;
  let told: UsageEvent[][];
  let asked: number;
  let views: ViewsForWriter;
  beforeEach(() => {
    clock = new TestClock();
    metrics = new Registry();
    [isThere, told, asked] = [true, [], 0];
    views = new ViewsForWriter({
      calls: {
        post: (_, body) => {
          asked += 1;
          if (isThere) told.push((body as { views: UsageEvent[] }).views);
          return Promise.resolve(isThere);
        },
      },
      clock,
      metrics,
    });
    views.start();
  });
  afterEach(async () => {
    await views.stop();
  });

  const aView = (n: number): UsageEvent => ({
    kind: 'investigation',
    key: `k${n}`,
    address: '192.0.2.1',
    userAgent: 'x',
    time: clock.now(),
  });
  async function note(count: number): Promise<void> {
    for (let n = 0; n < count; n += 1) await views.record(aView(n));
  }
  async function pass(ms: number): Promise<void> {
    const before = asked;
    clock.advance(ms);
    await until('the writer was asked', () => asked > before && clock.sleeping === 1);
  }
  async function count(outcome: string): Promise<number> {
    const { values } = (await metrics.getSingleMetric('ngr_views_for_writer_total')?.get()) ?? { values: [] };
    return values.find(({ labels }) => labels['outcome'] === outcome)?.value ?? 0;
  }

  it('are told some at a time, in their order', async () => {
    await note(150);
    await pass(500);
    await until('all are told', () => told.flat().length === 150);
    expect(told.map((some) => some.length)).to.deep.equal([100, 50]);
    expect(told.flat().map(({ key }) => key)).to.deep.equal(Array.from({ length: 150 }, (_, n) => `k${n}`));
    expect(await count('told')).to.equal(150);
  });

  it('wait for a writer that is away for a moment', async () => {
    isThere = false;
    await note(3);
    await pass(500);
    isThere = true;
    await pass(500);
    expect(told.flat()).to.have.length(3);
    expect(await count('dropped')).to.equal(0);
  });

  it('are let go after a minute, and counted as such', async () => {
    isThere = false;
    await note(3);
    await pass(500);
    await pass(60_000);
    await until('they are let go', async () => (await count('dropped')) === 3);
    isThere = true;
    await note(1);
    await pass(500);
    expect(told.flat()).to.have.length(1);
  });

  it('take no more memory than a thousand of them do', async () => {
    isThere = false;
    await note(1_005);
    expect(await count('dropped')).to.equal(5);
    isThere = true;
    await views.stop();
    expect(told.flat()).to.have.length(1_000);
  });
});
