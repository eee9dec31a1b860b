import { expect } from 'chai';
import { all } from '../../support/all.ts';
import { codeOf } from '../../support/code-of.ts';
import { aUsage, DAY, FIREFOX, four, NOW, type UsageFixture } from './usage-fixture.ts';

describe('the use of the own items', () => {
  let fixture: UsageFixture;
  beforeEach(async () => {
    fixture = await aUsage();
  });
  afterEach(() => fixture.close());

  it('counts a page that is seen as an investigation, and a file as a request, which is an investigation too', async () => {
    expect(await fixture.hit({ kind: 'investigation' })).to.equal('counted');
    expect(await fixture.countsOf()).to.deep.equal([1, 1, 0, 0]);
    expect(await fixture.hit({ kind: 'request' })).to.equal('counted');
    expect(await fixture.countsOf()).to.deep.equal([2, 1, 1, 1]);
  });

  it('takes up to 30 seconds between two clicks for a double click, by the same user, on the same item, of the same kind', async () => {
    const [, other = ''] = fixture.items;
    await fixture.hit({ time: NOW - 30_000 });
    await fixture.hit({ time: NOW });
    expect(await fixture.countsOf()).to.deep.equal([1, 1, 0, 0]);
    await fixture.hit({ time: NOW - 61_000 });
    expect(await fixture.countsOf()).to.deep.equal([2, 2, 0, 0]);
    await fixture.hit({ address: '192.0.2.2' });
    await fixture.hit({ userAgent: `${FIREFOX} other` });
    await fixture.hit({ kind: 'request' });
    await fixture.hit({ key: other });
    expect(await fixture.countsOf()).to.deep.equal([5, 4, 1, 1]);
    expect(await fixture.countsOf(other)).to.deep.equal([1, 1, 0, 0]);
  });

  it('counts the last of any number of clicks, so the month in which that is', async () => {
    const midnight = Date.UTC(2026, 11, 1);
    fixture.clock.advance(midnight + DAY - NOW);
    for (const seconds of [-50, -25, -1, 20, 29]) await fixture.hit({ time: midnight + seconds * 1_000 });
    const months = await fixture.usage.months();
    expect(months.map(({ month, metrics }) => [month, four(metrics)])).to.deep.equal([
      ['2026-12', [1, 1, 0, 0]],
    ]);
    await fixture.hit({ time: midnight - 81_000 });
    expect(await fixture.usage.months()).to.have.length(2);
  });

  it('counts an item once a session: a user within one hour of the clock', async () => {
    const eleven = Date.UTC(2026, 10, 21, 11);
    for (const minutes of [-59, -1, 0, 1, 30, 59])
      await fixture.hit({ kind: 'request', time: eleven + minutes * 60_000 });
    expect(await fixture.countsOf()).to.deep.equal([6, 2, 6, 2]);
    await fixture.hit({ time: eleven + 2 * 60_000 });
    expect(await fixture.countsOf()).to.deep.equal([7, 2, 6, 2]);
  });

  it('knows one address in any of its spellings', async () => {
    const [, other = ''] = fixture.items;
    for (const address of ['192.0.2.1', '::ffff:192.0.2.1', ' 192.0.2.1 ']) await fixture.hit({ address });
    expect(await fixture.countsOf()).to.deep.equal([1, 1, 0, 0]);
    for (const address of ['2001:DB8::1', '2001:db8:0:0:0:0:0:1']) await fixture.hit({ key: other, address });
    expect(await fixture.countsOf(other)).to.deep.equal([1, 1, 0, 0]);
  });

  it('leaves out addresses of the institution, and says how many', async () => {
    const usage = fixture.fresh({ internal: ['198.51.100.0/24', '2001:db8::7'] });
    const outcomes = ['198.51.100.9', '2001:db8::7', '2001:db8::8', '198.51.101.9'].map((address) =>
      usage.record(fixture.event({ address })),
    );
    expect(await Promise.all(outcomes)).to.deep.equal(['internal', 'internal', 'counted', 'counted']);
    const [month] = await usage.months();
    expect(month).to.deep.include({ internal: 2 });
    expect(month?.metrics.totalInvestigations).to.equal(2);
    expect(month?.machine.totalInvestigations).to.equal(0);
  });

  describe('refuses an event', () => {
    it('on what is not held, is another node’s, or has been withdrawn', async () => {
      const other = await aUsage();
      try {
        const { catalogue } = fixture.test;
        const { head, feeds } = other.test.catalogue;
        const page = await feeds.page(head.node, 0, { entries: 10, bytes: 1_000_000 });
        await catalogue.accept(head, page?.entries ?? []);
        fixture.usage.start();
        const [first = '', second = ''] = fixture.items;
        expect(await fixture.hit({ key: first })).to.equal('counted');
        const holding = await catalogue.holdings.get(first);
        const oaiIdentifier = holding?.oaiIdentifier ?? '';
        await catalogue.put([{ type: 'withdraw', oaiIdentifier, reason: 'Retracted' }]);
        expect(await codeOf(fixture.hit({ key: 'a'.repeat(20) }))).to.equal('USAGE_UNKNOWN_ITEM');
        expect(await codeOf(fixture.hit({ key: '../../etc/passwd' }))).to.equal('USAGE_UNKNOWN_ITEM');
        expect(await codeOf(fixture.hit({ key: other.items[0] ?? '' }))).to.equal('USAGE_NOT_OWN');
        expect(await codeOf(fixture.hit({ key: first }))).to.equal('USAGE_WITHDRAWN_ITEM');
        expect(await fixture.hit({ key: second })).to.equal('counted');
        expect(await fixture.countsOf(first)).to.deep.equal([1, 1, 0, 0]);
      } finally {
        await other.close();
      }
    });

    it('that is to come, or older than the web, or at no time', async () => {
      for (const time of [NOW + 5 * 60_000 + 1, Date.UTC(1989, 11, 31), Number.NaN, 1.5, -1, Infinity])
        expect(await codeOf(fixture.hit({ time }))).to.equal('USAGE_BAD_TIME');
      expect(await fixture.hit({ time: NOW + 5 * 60_000 })).to.equal('counted');
      expect(await fixture.hit({ time: Date.UTC(1994, 3, 1) })).to.equal('counted');
    });

    it('from an address that is none', async () => {
      for (const address of [
        '',
        '-',
        '999.1.2.3',
        '192.0.2',
        '1',
        '::g',
        'a b',
        'x'.repeat(300),
        '\u0000',
        '192.0.2.1, 10.0.0.1',
      ])
        expect(await codeOf(fixture.hit({ address })), address).to.equal('USAGE_BAD_ADDRESS');
      expect(await fixture.hit({ address: 'host-7.example.org' })).to.equal('counted');
    });

    it('and counts what it refused, in a batch with what it took', async () => {
      const taken = await fixture.usage.take([
        fixture.event(),
        fixture.event({ userAgent: '' }),
        fixture.event({ key: 'b'.repeat(20) }),
        fixture.event({ time: NOW + DAY }),
        fixture.event({ time: NOW + DAY }),
        fixture.event({ address: 'no address' }),
      ]);
      const refused = { USAGE_UNKNOWN_ITEM: 1, USAGE_BAD_TIME: 2, USAGE_BAD_ADDRESS: 1 };
      expect({ ...taken, refused: Object.fromEntries(taken.refused) }).to.deep.equal({
        taken: 2,
        robots: 1,
        internal: 0,
        refused,
      });
      expect(Object.fromEntries(fixture.usage.refusals())).to.deep.equal(refused);
      expect(await fixture.countsOf()).to.deep.equal([1, 1, 0, 0]);
    });
  });

  it('counts a flood of single events, each one time, and after a restart', async () => {
    const hits = [...Array(500).keys()].map((i) => fixture.hit({ address: `10.0.${i >> 8}.${i & 255}` }));
    expect(new Set(await Promise.all(hits))).to.deep.equal(new Set(['counted']));
    expect(await fixture.countsOf()).to.deep.equal([500, 500, 0, 0]);
    await fixture.restart();
    expect(await fixture.countsOf()).to.deep.equal([500, 500, 0, 0]);
    await fixture.hit({ address: '10.0.0.1' });
    expect(await fixture.countsOf()).to.deep.equal([500, 500, 0, 0]);
  });

  it('keeps what came before a restart and was not counted yet', async () => {
    await fixture.usage.take(
      [...Array(3_000).keys()].map((i) => fixture.event({ address: `10.1.${i >> 8}.${i & 255}` })),
    );
    await fixture.hit({ address: '192.0.2.77' });
    await fixture.restart();
    expect(await fixture.countsOf()).to.deep.equal([3_001, 3_001, 0, 0]);
  });

  it('says which months have become others, and gives them another version', async () => {
    const told: string[][] = [];
    const end = fixture.usage.onChange((months) => void told.push([...months]));
    await fixture.hit();
    await fixture.hit({ time: Date.UTC(2026, 9, 3) });
    expect((await fixture.usage.months()).map(({ month, version }) => [month, version])).to.deep.equal([
      ['2026-10', 1],
      ['2026-11', 1],
    ]);
    await fixture.hit();
    await fixture.hit({ userAgent: '' });
    expect((await fixture.usage.months()).map(({ version }) => version)).to.deep.equal([1, 2]);
    await fixture.hit({ time: NOW });
    expect((await fixture.usage.months()).map(({ version }) => version)).to.deep.equal([1, 2]);
    expect(told).to.deep.equal([['2026-10', '2026-11'], ['2026-11']]);
    end();
    await fixture.hit({ address: '192.0.2.9' });
    await fixture.usage.months();
    expect(told).to.have.length(2);
  });

  it('gives every event of a day its list of robots', async () => {
    await fixture.hit();
    const robots = { name: 'another list', isRobot: () => false };
    await fixture.restart({ robots });
    await fixture.hit({ address: '192.0.2.2' });
    const [day] = await all(fixture.usage.days({ from: '2026-11-21', to: '2026-11-21' }));
    expect(day?.robots).to.have.length(2);
    expect(day?.robots[0]).to.match(/^isbot [\da-f]{12}$/);
    expect(day?.robots[1]).to.equal('another list');
  });
});
