import { expect } from 'chai';
import * as fc from 'fast-check';
import {
  COLUMNS,
  combined,
  decodeItems,
  encodeItems,
  type ItemCounts,
} from '../../../node/analysis/usage/item-counts.ts';
import { ItemSums } from '../../../node/analysis/usage/item-sums.ts';
import { all } from '../../support/all.ts';
import { aUsage, four, type UsageFixture } from './usage-fixture.ts';

const at = (month: number, day = 5): number => Date.UTC(2026, month - 1, day, 10);
const YEAR = { from: '2026-01', to: '2026-12' };

describe('what is counted', () => {
  let fixture: UsageFixture;
  before(async () => {
    fixture = await aUsage({ records: 120 });
    const { items, event } = fixture;
    // The n-th item has n % 4 uses in March, and every tenth one a request in May.
    await fixture.usage.take(
      items.flatMap((key, n) => [
        ...Array.from({ length: n % 4 }, (_, i) => event({ key, time: at(3, i + 1) })),
        ...(n % 10 === 0 ? [event({ key, kind: 'request', time: at(5) })] : []),
      ]),
    );
    await fixture.usage.take([event({ time: at(4), userAgent: 'Googlebot' })]);
  });
  after(() => fixture.close());

  it('is told by month', async () => {
    const months = await fixture.usage.months();
    expect(
      months.map(({ month, metrics, machine, days }) => [month, four(metrics), four(machine), days]),
    ).to.deep.equal([
      ['2026-03', [180, 180, 0, 0], [0, 0, 0, 0], 3],
      ['2026-04', [0, 0, 0, 0], [1, 1, 0, 0], 1],
      ['2026-05', [12, 12, 12, 12], [0, 0, 0, 0], 1],
    ]);
    expect(await fixture.usage.month('2026-02')).to.equal(undefined);
    expect(four((await fixture.usage.month('2026-05'))?.metrics ?? months[0]!.metrics)).to.deep.equal([
      12, 12, 12, 12,
    ]);
  });

  it('is told by item, in the order of their keys, with the months in which people used them', async () => {
    const items = await all(fixture.usage.items(YEAR));
    const used = fixture.items.filter((_, n) => n % 4 > 0 || n % 10 === 0);
    expect(items.map(({ key }) => key)).to.deep.equal(used);
    const [first = ''] = fixture.items;
    expect(items[0]).to.deep.include({ key: first });
    expect(
      items
        .find(({ key }) => key === fixture.items[10])
        ?.months.map(({ month, metrics }) => [month, four(metrics)]),
    ).to.deep.equal([
      ['2026-03', [2, 2, 0, 0]],
      ['2026-05', [1, 1, 1, 1]],
    ]);
    expect(await all(fixture.usage.items({ from: '2026-04', to: '2026-05' }))).to.have.length(12);
    expect((await all(fixture.usage.monthItems('2026-03'))).map(({ key }) => key)).to.deep.equal(
      fixture.items.filter((_, n) => n % 4 > 0),
    );
    expect(await all(fixture.usage.monthItems('2026-04'))).to.deep.equal([]);
  });

  it('is told of one item', async () => {
    const [, , , , , , , , , , tenth = ''] = fixture.items;
    expect((await fixture.usage.item(tenth)).map(({ month }) => month)).to.deep.equal(['2026-03', '2026-05']);
    expect(
      (await fixture.usage.item(tenth, { from: '2026-05', to: '2026-05' })).map(({ metrics }) =>
        four(metrics),
      ),
    ).to.deep.equal([[1, 1, 1, 1]]);
    expect(four(await fixture.usage.counts(tenth))).to.deep.equal([3, 3, 1, 1]);
    for (const key of ['', 'a'.repeat(20), '../x']) expect(await fixture.usage.item(key)).to.deep.equal([]);
  });

  it('is told with the most used items first, those used alike in the order of their keys', async () => {
    const weight = (n: number): [number, number] => [n % 10 === 0 ? 1 : 0, (n % 4) + (n % 10 === 0 ? 1 : 0)];
    const order = [...fixture.items.keys()].filter((n) => weight(n)[1] > 0);
    for (const [by, other] of [
      [1, 0],
      [0, 1],
    ] as const) {
      const sorted = order.toSorted(
        (a, b) => weight(b)[by] - weight(a)[by] || weight(b)[other] - weight(a)[other] || a - b,
      );
      for (const limit of [1, 7, 25, 1_000]) {
        const top = await fixture.usage.top(YEAR, { by: by === 1 ? 'investigations' : 'requests', limit });
        expect(top.map(({ key }) => fixture.items.indexOf(key))).to.deep.equal(sorted.slice(0, limit));
      }
    }
    expect(
      (await fixture.usage.top({ from: '2026-05', to: '2026-05' }, { by: 'requests', limit: 99 })).length,
    ).to.equal(12);
  });

  it('is told by day', async () => {
    const days = await all(fixture.usage.days({ from: '2026-03-02', to: '2026-04-30' }));
    expect(
      days.map(({ day, metrics, machine, isOpen }) => [
        day,
        metrics.totalInvestigations,
        machine.totalInvestigations,
        isOpen,
      ]),
    ).to.deep.equal([
      ['2026-03-02', 60, 0, true],
      ['2026-03-03', 30, 0, true],
      ['2026-04-05', 0, 1, true],
    ]);
  });
});

describe('counts of items', () => {
  const lists = fc
    .uniqueArray(
      fc.tuple(
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.array(fc.integer({ min: 0, max: 2 ** 31 - 1 }), { minLength: COLUMNS, maxLength: COLUMNS }),
      ),
      {
        selector: ([item]) => item,
        maxLength: 30,
      },
    )
    .map((rows): ItemCounts => {
      const sorted = rows
        .filter(([, counts]) => counts.some((count) => count > 0))
        .toSorted(([a], [b]) => a - b);
      return {
        items: Uint32Array.from(sorted, ([item]) => item),
        counts: Int32Array.from(sorted.flatMap(([, counts]) => counts)),
      };
    });

  it('are the same after they were written and read', () => {
    fc.assert(
      fc.property(lists, (list) => {
        expect(decodeItems(encodeItems(list))).to.deep.equal(list);
      }),
      { seed: 7_004 },
    );
  });

  it('are the same when something was added and taken away again, in either way of adding', () => {
    fc.assert(
      fc.property(lists, lists, (a, b) => {
        const halved = { items: b.items, counts: b.counts.map((count) => count >> 2) };
        const small = { items: a.items, counts: a.counts.map((count) => count >> 2) };
        const sums = new ItemSums(1);
        sums.add(small, 1);
        sums.add(halved, 1);
        const both = combined(small, halved);
        expect(sums.counts()).to.deep.equal(both);
        sums.add(halved, -1);
        const empty = { items: new Uint32Array(0), counts: new Int32Array(0) };
        expect(sums.counts()).to.deep.equal(combined(small, empty));
        expect(
          combined(both, { items: halved.items, counts: halved.counts.map((count) => -count) }),
        ).to.deep.equal(combined(small, empty));
      }),
      { seed: 7_005 },
    );
  });
});
