import { expect } from 'chai';
import * as fc from 'fast-check';
import { isbot } from 'isbot';
import type { Metrics, Usage, UsageEvent } from '../../../node/analysis/usage/index.ts';
import { referenceCounts, type Reference } from './reference-counter.ts';
import { all } from '../../support/all.ts';
import { aUsage, DAY, FIREFOX, NOW, type UsageFixture } from './usage-fixture.ts';

/** Low, so that a few events are enough. */
const behaviour = { itemsAnHour: 4, itemsADay: 6, usesOfOneItem: 5, eventsTaken: 1_000 };
const internal = ['198.51.100.0/24', '2001:db8::/32'];
const rules = {
  ...behaviour,
  isRobot: isbot,
  isInternal: (address: string) => address.startsWith('198.51.100.') || address.startsWith('2001:db8:'),
};
const ADDRESSES = ['192.0.2.1', '192.0.2.2', '198.51.100.7', '2001:db8::7', '2001:4860::1'];
const AGENTS = [FIREFOX, 'Mozilla/5.0 (Windows NT 10.0) Safari/605.1.15', 'Googlebot/2.1'];
const MONTHS = { from: '2026-01', to: '2026-12' };

describe('what events come to', () => {
  let fixture: UsageFixture;
  before(async () => {
    fixture = await aUsage({ records: 8, internal, behaviour });
  });
  after(() => fixture.close());

  /** Clicks that lie close together, at the ends of hours, days and of the month, too. */
  const events = (): fc.Arbitrary<UsageEvent[]> => {
    const edge = fc.constantFrom(
      NOW,
      Date.UTC(2026, 10, 1),
      Date.UTC(2026, 10, 20),
      Date.UTC(2026, 10, 20, 15),
    );
    const one = fc.record({
      key: fc.constantFrom(...fixture.items),
      kind: fc.constantFrom('investigation' as const, 'request' as const),
      time: fc
        .tuple(
          edge,
          fc.oneof(fc.integer({ min: -70_000, max: 70_000 }), fc.integer({ min: -7_200_000, max: 0 })),
        )
        .map(([at, by]) => at + Math.min(by, at === NOW ? 0 : by)),
      address: fc.constantFrom(...ADDRESSES),
      userAgent: fc.constantFrom(...AGENTS),
    });
    return fc.array(one, { maxLength: 60 });
  };

  async function counted(usage: Usage): Promise<Reference> {
    const reference: Reference = { human: {}, machine: {}, internal: {} };
    for (const { month, metrics, machine, internal: ofInternal } of await usage.months()) {
      if (machine.totalInvestigations > 0) reference.machine[month] = machine;
      if (ofInternal > 0) reference.internal[month] = ofInternal;
      const items = await all(usage.monthItems(month));
      expect(sum(items.map((item) => item.metrics))).to.deep.equal(metrics);
      for (const item of items) reference.human[`${month} ${item.key}`] = item.metrics;
    }
    return reference;
  }

  it('is what the Code of Practice says, held against a counter that does it event by event', async () => {
    await fc.assert(
      fc.asyncProperty(events(), async (some) => {
        const usage = fixture.fresh();
        await usage.take(some);
        expect(await counted(usage)).to.deep.equal(referenceCounts(some, rules));
      }),
      { numRuns: 80, seed: 7_001 },
    );
  });

  it('hangs neither on their order, nor on how they are parted, nor on how often they come, nor on when they are counted', async () => {
    const parted = events().chain((some) =>
      fc.record({
        some: fc.constant(some),
        shuffled: fc.shuffledSubarray(some, { minLength: some.length }),
        again: fc.subarray(some),
        sizes: fc.array(fc.record({ size: fc.integer({ min: 1, max: 20 }), isCounted: fc.boolean() }), {
          minLength: 1,
        }),
        restarts: fc.boolean(),
      }),
    );
    await fc.assert(
      fc.asyncProperty(parted, async ({ some, shuffled, again, sizes, restarts }) => {
        const section = fixture.test.store.section(`parted-${runs++}`);
        let usage = fixture.fresh({ section });
        const rest = [...shuffled, ...again];
        for (let lot = 0; rest.length > 0; lot++) {
          const { size, isCounted } = sizes[lot % sizes.length] ?? { size: 1, isCounted: false };
          await Promise.all(rest.splice(0, size).map((event) => usage.take([event])));
          if (isCounted) await usage.months();
          if (restarts && lot === 1) usage = fixture.fresh({ section });
        }
        expect(await counted(usage)).to.deep.equal(referenceCounts(some, rules));
      }),
      { numRuns: 50, seed: 7_002 },
    );
  });

  it('is in the days what it is in the months, and stays so when the days are closed', async () => {
    await fc.assert(
      fc.asyncProperty(events(), async (some) => {
        const section = fixture.test.store.section(`closed-${runs++}`);
        const usage = fixture.fresh({ section, countEveryMs: 1_000 });
        await usage.take(some);
        const before = await counted(usage);
        const days = await all(usage.days({ from: '2026-01-01', to: '2026-12-31' }));
        expect(sum(days.map(({ metrics }) => metrics))).to.deep.equal(
          sum((await usage.months()).map(({ metrics }) => metrics)),
        );
        await fixture.pass(40 * DAY, usage);
        expect((await usage.months()).every(({ openDays }) => openDays === 0)).to.equal(true);
        expect(await counted(usage)).to.deep.equal(before);
        expect((await all(usage.items(MONTHS))).map(({ key }) => key)).to.deep.equal(
          [...new Set(Object.keys(before.human).map((name) => name.slice(8)))].sort(),
        );
        fixture.clock.advance(-40 * DAY);
      }),
      { numRuns: 10, seed: 7_003 },
    );
  });
});

let runs = 0;

function sum(all: readonly Metrics[]): Metrics {
  const total = { totalInvestigations: 0, uniqueInvestigations: 0, totalRequests: 0, uniqueRequests: 0 };
  for (const metrics of all) {
    total.totalInvestigations += metrics.totalInvestigations;
    total.uniqueInvestigations += metrics.uniqueInvestigations;
    total.totalRequests += metrics.totalRequests;
    total.uniqueRequests += metrics.uniqueRequests;
  }
  return total;
}
